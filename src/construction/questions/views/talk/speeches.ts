/**
 * @file The speeches of plays, hearings, interviews and chats, with who speaks, and which labels are persons.
 */
import type { Span } from '../../../../corpus/document.ts';
import type { ContextDocument, Proof } from '../../question.ts';

/** What one speaker says at a time, in the order of the text. */
export interface Speech {
  readonly number: number;
  /** As the text writes it, without a point behind it but for one that belongs to it: `SEC. BRO.`; of two spellings the first. */
  readonly speaker: string;
  /** What is said, without stage directions; lines joined. */
  readonly words: string;
  /** Runs of the words that no direction interrupts, in characters of the document. */
  readonly runs: readonly Span[];
  readonly time: string | undefined;
  /** The speaker's name. */
  readonly label: Proof;
  readonly all: Proof;
}

/** Labels of many, or of nobody in particular. */
const many =
  /^(?:all|both|omnes|chorus|others?|several|crowd|audience|voices?|people|everyone|together|repl(?:y|ies)|answers?|questions?|\w*bot)\b|^(?:众人?|齐声|合唱?|大家|全体.*|其他人|旁白|附记|附注|备注|说明|[二三四]人)$|&|、|\band\b|及|和众/iu;
/** Labels that may be another person in another scene. */
const role =
  /\b(?:messenger|servants?|serv|gent(?:leman|lemen|lewoman)?|lords?|soldiers?|sold|officers?|off|attendants?|page|boy|citizens?|cit|watch|guards?|sailors?|players?|murderers?|ladies|lady|nobles?|knights?|sheriff|herald|post|keeper|mess|sentinel|senators?|sen|man|woman|caller|voice|1|2|3|4|first|second|third|fourth|i|ii|iii)\b|^\d|甲|乙|丙|仆人|士兵|侍|卫|代表$|路人|顾客|旁听/iu;
/** Labels of question and answer, whoever asks. */
const letters = /^(?:[QA]|问|答|問)$/u;

export const isPerson = (speaker: string): boolean => !many.test(speaker) && !letters.test(speaker);
/** Whether a label is one person wherever it stands. */
export const isOnePerson = (speaker: string): boolean => isPerson(speaker) && !role.test(speaker);

/** `SEC. BRO.`: both words are short for longer ones, and the last point belongs to the name. */
const twoShort = /^(?!(?:MRS?|MS|DR|ST|REV|HON|GEN|COL|CAPT|LT|SGT|PROF|SEN|REP)\.)\p{Lu}{2,4}\. \p{Lu}{3,5}\.$/u;

const bare = (label: string): string => {
  const line = label.replace(/\s+/g, ' ');
  return twoShort.test(line) ? line : line.replace(/[.:：]$/, '').trim();
};
const keyOf = (label: string): string => label.toLocaleUpperCase('en');

/** Whether two labels may be two spellings of one name: `Hor` and `Horatio`, `PRINCE` and `PRINCE HENRY`. */
export function mayBeOne(a: string, b: string): boolean {
  const [x, y] = [keyOf(a), keyOf(b)];
  if (x === y) return false;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  const words = long.split(/[\s.]+/);
  return long.startsWith(short) || short.split(/[\s.]+/).every((word) => words.includes(word));
}

/** Labels that no other label of the talk may stand for. */
export function plainSpeakers(speeches: readonly Speech[]): ReadonlySet<string> {
  const all = [...new Set(speeches.map(({ speaker }) => speaker))];
  return new Set(all.filter((one) => isOnePerson(one) && !all.some((other) => mayBeOne(one, other))));
}

/** `Glou` for Gloucester: nobody says it, and a longer word begins with it. */
function isPrefix(label: string, said: string): boolean {
  if (!/^\p{Lu}\p{Ll}{1,5}$/u.test(label)) return false;
  const longer = new RegExp(`(?<!\\p{L})${label}\\p{Ll}{2,}`, 'u');
  return longer.test(said) && !new RegExp(`(?<!\\p{L})${label}(?!\\p{L})`, 'u').test(said);
}

/** Parts that are played within a play, and what speaks without being a person. */
const noCharacter = /^(?:wall|moonshine|lion|prologue|epilogue|ghost|apparitions?|spirits?|vision)\b/iu;

/** Those of them whose labels are names that a sentence can call them by. */
export function namedSpeakers(speeches: readonly Speech[]): ReadonlySet<string> {
  const said = speeches.map(({ words }) => words).join('\n');
  return new Set([...plainSpeakers(speeches)].filter((label) => !noCharacter.test(label) && !isPrefix(label, said)));
}

/** What of the region stands outside of the skipped spans. */
function runsOf(from: number, end: number, skipped: readonly Span[]): Span[] {
  const runs: Span[] = [];
  let at = from;
  for (const span of [...skipped].sort((a, b) => a.start - b.start)) {
    if (span.end <= at) continue;
    if (span.start >= end) break;
    if (span.start > at) runs.push({ start: at, end: span.start });
    at = span.end;
  }
  if (at < end) runs.push({ start: at, end });
  return runs;
}

/** Lines joined: by a space, in Chinese by nothing. */
export const joined = (text: string): string =>
  text
    .replace(/(?<=[\p{Script=Han}，。！？：；、])\s*\n\s*(?=[\p{Script=Han}“「])/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The head of a transcript may look like a label: `COUNTY OF X: PUBLIC HEARING`. */
const isHead = (label: string, title: string): boolean =>
  label.includes(' ') && keyOf(title).startsWith(keyOf(bare(label)));

/** What stands behind such a label is said by nobody. */
const note = /^(?:附[记註注录件]?|旁白|备注|说明|[注註]|编者按|按|Notes?|Remarks?|Repl(?:y|ies))$/iu;

/** Everything that is said in a document, in order. */
export function speechesOf({ document, facts }: ContextDocument): Speech[] {
  const spelled = new Map<string, string>();
  const turns = facts.turns.filter(
    ({ speaker }, i) => !note.test(bare(speaker)) && (i > 0 || !isHead(speaker, document.title)),
  );
  return turns.map(({ speaker, person, time, span, bodyStart, directions = [], interruptions = [] }, number) => {
    const own = bare(person ?? speaker);
    const label = spelled.get(keyOf(own)) ?? own;
    spelled.set(keyOf(own), label);
    const runs = runsOf(bodyStart, span.end, [...directions, ...interruptions]);
    const words = joined(runs.map(({ start, end }) => document.text.slice(start, end)).join(' '));
    const proof = (place: Span): Proof => ({ document, span: place });
    return {
      number,
      speaker: label,
      words,
      runs,
      time,
      label: proof({ start: span.start, end: Math.max(span.start + 1, Math.min(bodyStart, span.end)) }),
      all: proof(span),
    };
  });
}
