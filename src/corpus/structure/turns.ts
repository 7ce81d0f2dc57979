/**
 * @file Turns of a dialogue with speaker and time, in the layouts of transcripts, chats and plays, English and Chinese:
 * `Anna: text`, `[12:03] Anna: text`, `Anna (12:03:44): text`, `2024-05-01 12:03 Anna: text`, `张三：文本`, and a name in capitals
 * on its own line (`HAMLET.`) before its speech.
 */
import type { Span } from '../document.ts';

export interface Turn {
  readonly speaker: string;
  /** As the text states it, e.g. `12:03`. */
  readonly time: string | undefined;
  /** From the speaker's name to the end of what is said. */
  readonly span: Span;
  /** Where the speech begins. */
  readonly bodyStart: number;
}

const clock = '(?:\\d{4}-\\d{2}-\\d{2}[ T])?\\d{1,2}:\\d{2}(?::\\d{2})?(?: ?[AaPp][Mm])?';
const name = "(?:\\p{Lu}|\\p{Script=Han})[\\p{L}\\p{N}.'’_-]*(?: [\\p{Lu}\\p{N}][\\p{L}\\p{N}.'’_-]*){0,3}";
const labelled = new RegExp(`^(?:\\[?(${clock})\\]?[ ,-]*)?(${name})(?: ?[([](${clock})[)\\]])?[ ]?[:：]`, 'u');
const headed = /^(\p{Lu}[\p{Lu} .'’-]{1,30}?)\.?$/u;

/** A label that comes only once is a field (`Capital: Vienna`), not a speaker. */
const leastTurns = 2;
/** A dialogue has two speakers at least, and its labels come back. */
const leastSpeakers = 2;
const leastTurnsASpeaker = 1.5;

interface Head {
  readonly speaker: string;
  readonly time: string | undefined;
  readonly start: number;
  readonly bodyStart: number;
}

function headsOf(text: string, head: (line: string) => Omit<Head, 'start'> | undefined): Head[] {
  const heads: Head[] = [];
  let at = 0;
  while (at < text.length) {
    const stop = text.indexOf('\n', at);
    const end = stop < 0 ? text.length : stop;
    // Labels stand at the start; a line may be a whole book.
    const found = head(text.slice(at, Math.min(end, at + 160)));
    if (found !== undefined)
      heads.push({ ...found, start: at, bodyStart: Math.min(text.length, at + found.bodyStart) });
    at = end + 1;
  }
  return heads;
}

const labelledHead = (line: string): Omit<Head, 'start'> | undefined => {
  const match = labelled.exec(line);
  if (match === null) return undefined;
  return { speaker: match[2] ?? '', time: match[1] ?? match[3], bodyStart: match[0].length };
};
const capitalHead = (line: string): Omit<Head, 'start'> | undefined => {
  const speaker = headed.exec(line)?.[1];
  return speaker === undefined ? undefined : { speaker, time: undefined, bodyStart: line.length + 1 };
};

function turnsOf(text: string, heads: readonly Head[]): Turn[] {
  const counts = new Map<string, number>();
  for (const { speaker } of heads) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  const spoken = heads.filter(({ speaker, time }) => time !== undefined || (counts.get(speaker) ?? 0) >= leastTurns);
  const speakers = new Set(spoken.map(({ speaker }) => speaker)).size;
  if (speakers < leastSpeakers || spoken.length < leastTurnsASpeaker * speakers) return [];
  return spoken.map(({ speaker, time, start, bodyStart }, i) => {
    const next = spoken[i + 1]?.start ?? text.length;
    return { speaker, time, bodyStart, span: { start, end: start + text.slice(start, next).trimEnd().length } };
  });
}

/** The turns in text order; none where the text is no dialogue. */
export function findTurns(text: string): Turn[] {
  const [a, b] = [turnsOf(text, headsOf(text, labelledHead)), turnsOf(text, headsOf(text, capitalHead))];
  return b.length > a.length ? b : a;
}
