/**
 * @file Gate g1 for readings: what every second derivation sees, and the small readers that they share. None of them knows the
 * generators: they have the units as the prompt shows them and the slots of the question.
 */
import type { Document } from '../../../corpus/document.ts';
import type { Slots } from '../phrase.ts';
import { type ShownUnit, tally } from '../read-prompt.ts';

/** What a second derivation may look at, beside the slots of the question. */
export interface ReadingView {
  readonly units: readonly ShownUnit[];
  /** For summaries, which are checked and not derived. */
  readonly gold: readonly string[];
  /** Only where the prompt cannot hold the proof: the documents of the evidence. */
  readonly sources: readonly Document[];
}

/** Gold lines, or undefined when the prompt does not answer the question. */
export type ReadingSolver = (slots: Slots, view: ReadingView) => string[] | undefined;

/** A table as it stands in a prompt; cells are text. */
export interface ShownTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The tables among the units, in order: units that open with a caption `Table of ...`. */
export function tablesOf(units: readonly ShownUnit[]): ShownTable[] {
  return units
    .filter(({ text }) => text.startsWith('Table of '))
    .map(({ text }) => {
      const [caption = '', head = '', , ...body] = text.split('\n');
      const cells = (line: string): string[] => line.slice(2, -2).split(' | ');
      return { caption, columns: cells(head), rows: body.map(cells) };
    });
}

/** The letter of the option that equals a value. */
export function letterOf(options: string | undefined, value: string | undefined): string[] | undefined {
  const lines = (options ?? '').split('\n').map((line) => ({ letter: line.charAt(1), text: line.slice(4) }));
  const found = lines.filter(({ text }) => text === value);
  return found.length === 1 ? [found[0]?.letter ?? ''] : undefined;
}

/** The options without their letters, from lines such as `(A) Ann`. */
export const optionTexts = (options: string | undefined): string[] =>
  (options ?? '').split('\n').map((line) => line.slice(4));

/** Lines such as `F1: “wording”`. */
export const listed = (text: string | undefined): { label: string; wording: string }[] =>
  (text ?? '').split('\n').map((line) => {
    const at = line.indexOf(': “');
    return { label: line.slice(0, at), wording: line.slice(at + 3, -1) };
  });

/** The only unit that holds a wording. */
export function unitWith(units: readonly ShownUnit[], wording: string): ShownUnit | undefined {
  const found = units.filter(({ text }) => text.includes(wording));
  return found.length === 1 ? found[0] : undefined;
}

/** Sum of a term's mentions in all units. */
export const mentions = (units: readonly ShownUnit[], term: string): number =>
  units.reduce((sum, { text }) => sum + tally(text, term), 0);
