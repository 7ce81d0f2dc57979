/** @file A stretch of text with the marks on it, cut where any of them begins or ends. */

/** A mark on a text; `kind` is how it looks. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  /** Names it, for jumping there. */
  readonly id: string;
}

export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly marks: readonly Mark[];
}

/** @param marks Of the whole text, in order of their starts. */
export function segmentsOf(start: number, end: number, marks: readonly Mark[]): Segment[] {
  const own = marks.filter((mark) => mark.start < end && mark.end > start);
  const cuts = new Set([start, end]);
  for (const mark of own) {
    cuts.add(Math.max(start, mark.start));
    cuts.add(Math.min(end, mark.end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(1).map((to, i) => {
    const from = places[i] ?? start;
    return { start: from, end: to, marks: own.filter((mark) => mark.start < to && mark.end > from) };
  });
}
