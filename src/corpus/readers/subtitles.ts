/**
 * @file SRT and WebVTT subtitles: who speaks in a line each, `ANNA [00:00:01,000]: words`, or, where no speaker is named, the words alone.
 * What is heard and not said stands apart, `[00:00:06,000] (DOG BARKING)`.
 */
import { collectBytes, decodeUtf8 } from '../../records/bytes.ts';
import { QuarantineError } from '../../records/reader.ts';
import { cueLine, isCueNumber } from '../conversation/cues.ts';
import type { Reader } from './reader.ts';

/** What is shown at a time: a line for each voice. */
interface Cue {
  readonly time: string;
  readonly lines: readonly { readonly speaker: string | undefined; readonly beside: string; readonly words: string }[];
}

const voice = /^<v(?:\.[^\s>]+)*[ \t]+([^>]+)>/;
const label =
  /^(?:>> ?|- ?)?([\p{Lu}\p{Lo}][\p{L}\p{N}.'’ -]{0,40}?)((?: ?[([（][^)\]）]{1,40}[)\]）])?)(?:: +|：\s*)(?=\S)/u;
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': ' ',
  '&lrm;': '',
  '&rlm;': '',
};

const plainWords = (line: string): string =>
  line
    .replace(/<\/?[a-z\d][^>]*>|\{\\[^}]*\}/gi, '')
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => entities[entity] ?? entity)
    .trim();

/** A longer Chinese label is narration before a quotation, unless it comes back. */
const longestOnce = 5;

/** Labels that name who speaks: `去年有个学生问我：“…”` names nobody. */
function speakersOf(lines: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const speaker = label.exec(plainWords(line))?.[1];
    if (speaker !== undefined) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  }
  const isNamed = ([speaker, count]: readonly [string, number]): boolean =>
    count > 1 || !/\p{Script=Han}/u.test(speaker) || speaker.length <= longestOnce;
  return new Set([...counts].filter(isNamed).map(([speaker]) => speaker));
}

function lineOf(line: string, speakers: ReadonlySet<string>): Cue['lines'][number] {
  const spoken = voice.exec(line.trim());
  if (spoken?.[1] !== undefined) return { speaker: spoken[1].trim(), beside: '', words: plainWords(line) };
  const words = plainWords(line);
  const named = label.exec(words);
  const [head = '', speaker, beside = ''] = speakers.has(named?.[1] ?? '') ? (named ?? []) : [];
  return { speaker, beside, words: words.slice(head.length) };
}

/** The lines below each time, to the blank line or the number of the next one; the header, notes and styles have no time. */
function cuesOf(text: string): Cue[] {
  const cues: { time: string; shown: string[] }[] = [];
  let open: (typeof cues)[number] | undefined;
  for (const line of text.split('\n')) {
    const words = line.trim();
    const time = cueLine(words);
    if (time !== undefined) {
      if (isCueNumber(open?.shown.at(-1) ?? '')) open?.shown.pop();
      open = { time, shown: [] };
      cues.push(open);
    } else if (words === '') open = undefined;
    else open?.shown.push(words);
  }
  const speakers = speakersOf(cues.flatMap(({ shown }) => shown));
  return cues.map(({ time, shown }) => ({ time, lines: shown.map((line) => lineOf(line, speakers)) }));
}

/** Whether the words go on in the next cue. */
const goesOn = (words: string): boolean => /[^.!?…。！？"”♪)\]]$/.test(words);
const isSound = (words: string): boolean => /^[[(（♪].*[\])）♪]$|^♪/.test(words);

/** Chinese and Japanese are written without blanks. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、；：？！“”「」]/u;

function joined(last: string, words: string): string {
  if (!goesOn(last)) return `${last}\n${words}`;
  return unspaced.test(last.at(-1) ?? '') && unspaced.test(words[0] ?? '') ? last + words : `${last} ${words}`;
}

/** Several lines of a cue without a new speaker are one, and so is a sentence that goes on in the next cue. */
function turnLines(cues: readonly Cue[]): string {
  const out: string[] = [];
  /** Whether the last line may go on, and who says it. */
  let open = false;
  let said: string | undefined;
  for (const { time, lines } of cues) {
    for (const [i, { speaker, beside, words }] of lines.entries()) {
      const last = out.at(-1) ?? '';
      const follows = open && !isSound(words) && !words.startsWith('- ') && (i > 0 || goesOn(last));
      if (speaker !== undefined && beside === '' && i === 0 && speaker === said)
        out[out.length - 1] = joined(last, words);
      else if (speaker !== undefined) {
        out.push(`${speaker}${beside} [${time}]: ${words}`);
        said = speaker;
      } else if (follows) out[out.length - 1] = joined(last, words);
      else {
        out.push(`[${time}] ${words}`);
        said = undefined;
      }
      open = !isSound(words);
    }
  }
  return out.join('\n');
}

/** One file is one document. @throws QuarantineError when no cue is in it. */
export const readSubtitles: Reader = async function* ({ id, bytes, limits }) {
  const text = decodeUtf8(await collectBytes(bytes, limits)).replace(/\r\n?/g, '\n');
  const cues = cuesOf(text);
  if (cues.length === 0 && text.trim() !== '')
    throw new QuarantineError('corrupt', 'no cue of a subtitle is in it: a line with "00:00:01,000 --> 00:00:04,000"');
  const speaks = cues.some(({ lines }) => lines.some(({ speaker }) => speaker !== undefined));
  const plain = (): string => cues.map(({ lines }) => lines.map(({ words }) => words).join('\n')).join('\n');
  yield { type: 'document', id, text: speaks ? turnLines(cues) : plain(), metadata: {} };
};
