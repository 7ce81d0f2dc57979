/**
 * @file The layouts in which transcripts, chats, subtitles and plays name who speaks. Each reads a line of text on its own; whether the
 * lines that it finds make a dialogue is for `turns.ts` to say.
 */

/** The words before a speech that name its speaker; offsets are characters of the text. */
export interface TurnHead {
  readonly speaker: string;
  /** As the text states it, e.g. `12:03`. */
  readonly time: string | undefined;
  readonly start: number;
  /** Where the speech begins. */
  readonly bodyStart: number;
  /** Where the speech before it ends at the latest: the line of a subtitle's time is nobody's. */
  readonly edge: number;
}

/** A head within its line; offsets are counted from the start of the line. */
type LineHead = Pick<TurnHead, 'speaker' | 'time' | 'bodyStart'>;

/** One way to name speakers; `head` reads a line, given the line before it. */
export interface TurnLayout {
  readonly head: (line: string, before: string) => LineHead | undefined;
  /** Share of all lines that must be heads, for labels that much else looks like too. */
  readonly leastLines: number;
}

const clock = '(?:\\d{4}[-/]\\d{2}[-/]\\d{2}[ T])?\\d{1,2}:\\d{2}(?::\\d{2})?(?:[.,]\\d{1,3})?(?: ?[AaPp][Mm])?';
const name = "(?:\\p{Lu}|\\p{Script=Han})[\\p{L}\\p{N}.'’_-]*(?: [\\p{Lu}\\p{N}][\\p{L}\\p{N}.'’_-]*){0,3}";
/** A label's colon; `12:30` and `https://` have none. */
const colon = '[:：](?![\\d/:=\\\\])';
const label = `(?:[[(（【]?(${clock})[\\])）】]?[ ,-]*)?(\\*\\*|__)?(${name})(?: ?[([（【](${clock})[)\\]）】])? ?(?:${colon}\\2|\\2${colon})`;
const labelled = new RegExp(`^${label}`, 'u');
const listed = new RegExp(`^[-*•] ${label}`, 'u');
const lowerCase = new RegExp(`^(?:[-*•] )?(?:\\[?(${clock})\\]?[ ,-]*)?(\\p{Ll}[\\p{L}\\p{N}_.-]{0,30}): (?=\\S)`, 'u');
const nickname = new RegExp(`^(?:\\[?(${clock})\\]?[ ,-]*)?<[@+ ]?([\\p{L}\\p{N}_.|-]{1,30})> (?=\\S)`, 'u');
const stamped = new RegExp(`^(${name})[ \\t,]+\\[?(${clock})\\]?$`, 'u');
const capitals = /^(\p{Lu}[\p{Lu} .'’-]{1,30}?)\.?$/u;

const layout = (
  pattern: RegExp,
  groups: { readonly speaker: number; readonly times: readonly number[] },
  leastLines = 0,
): TurnLayout => ({
  leastLines,
  head: (line) => {
    const match = pattern.exec(line);
    const speaker = match?.[groups.speaker];
    if (match === null || speaker === undefined) return undefined;
    const time = groups.times.map((group) => match[group]).find((found) => found !== undefined);
    return { speaker, time, bodyStart: match[0].length };
  },
});

/** Lines in capitals one below the other are a notice. */
const isCapitals = (line: string): boolean => /\p{Lu}{2}/u.test(line) && !/\p{Ll}/u.test(line);
const named = layout(capitals, { speaker: 1, times: [] });

/** All layouts that are tried; each reads the whole text for itself. */
export const turnLayouts: readonly TurnLayout[] = [
  layout(labelled, { speaker: 3, times: [1, 4] }),
  layout(listed, { speaker: 3, times: [1, 4] }, 0.5),
  { leastLines: 0, head: (line, before) => (isCapitals(before) ? undefined : named.head(line, before)) },
  layout(stamped, { speaker: 1, times: [2] }),
  layout(nickname, { speaker: 2, times: [1] }, 0.8),
  layout(lowerCase, { speaker: 2, times: [1] }, 0.8),
];

/** `00:00:01,000 --> 00:00:04,000` of SRT and WebVTT. */
const cue = /^((?:\d{2}:)?\d{2}:\d{2}[.,]\d{3}) --> /;
/** Labels stand at the start; a line may be a whole book. */
const looked = 160;

/** The heads of one layout in text order. */
export function headsOf(text: string, { head, leastLines }: TurnLayout): TurnHead[] {
  const heads: TurnHead[] = [];
  let lines = 0;
  let before = { start: 0, line: '' };
  let open: { readonly time: string; readonly edge: number } | undefined;
  for (let at = 0; at < text.length; ) {
    const stop = text.indexOf('\n', at);
    const end = stop < 0 ? text.length : stop;
    const line = text.slice(at, Math.min(end, at + looked));
    const time = cue.exec(line)?.[1];
    const found = time === undefined ? head(line, before.line) : undefined;
    if (time !== undefined) open = { time, edge: /^\d+$/.test(before.line) ? before.start : at };
    else if (line.trim() !== '') {
      lines++;
      if (found !== undefined)
        heads.push({
          ...found,
          time: found.time ?? open?.time,
          start: at,
          bodyStart: Math.min(text.length, at + found.bodyStart),
          edge: open?.edge ?? at,
        });
      open = undefined;
    }
    before = { start: at, line };
    at = end + 1;
  }
  return heads.length < leastLines * lines ? [] : heads;
}
