/** @file The marks that the labelled set gets: one entry for everything that was labelled or found. */

/** `right` counts as labelled and found, `miss` as labelled only, `alarm` as found only, `wrong-speaker` beside them. */
export type Outcome = 'right' | 'miss' | 'alarm' | 'wrong-speaker';

/** One thing that was labelled or found. */
export interface Mark {
  readonly kind: string;
  readonly outcome: Outcome;
  readonly what: string;
}

/** The marks of one document. */
export class MarkSheet {
  readonly marks: Mark[] = [];

  add(kind: string, outcome: Outcome, what: string): void {
    this.marks.push({ kind, outcome, what: what.replace(/\s+/g, ' ').slice(0, 160) });
  }

  /** Found in the right place with a wrong value: what was labelled is missed, and what was found is false. */
  wrong(kind: string, what: string): void {
    this.add(kind, 'miss', what);
    this.add(kind, 'alarm', what);
  }
}

/** How many were labelled, found and right. */
export interface Tally {
  readonly labelled: number;
  readonly found: number;
  readonly right: number;
  readonly wrongSpeakers: number;
}

export function tallyOf(marks: readonly Mark[]): Tally {
  const count = (outcome: Outcome): number => marks.filter((mark) => mark.outcome === outcome).length;
  const right = count('right');
  return {
    right,
    labelled: right + count('miss'),
    found: right + count('alarm'),
    wrongSpeakers: count('wrong-speaker'),
  };
}

/** Undefined where nothing was found. */
export const precisionOf = ({ right, found }: Tally): number | undefined => (found === 0 ? undefined : right / found);
/** Undefined where nothing was labelled. */
export const recallOf = ({ right, labelled }: Tally): number | undefined =>
  labelled === 0 ? undefined : right / labelled;
