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

function lineOf(line: string): Cue['lines'][number] {
  const spoken = voice.exec(line.trim());
  if (spoken?.[1] !== undefined) return { speaker: spoken[1].trim(), beside: '', words: plainWords(line) };
  const words = plainWords(line);
  const named = label.exec(words);
  const [head = '', speaker, beside = ''] = named ?? [];
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
  return cues.map(({ time, shown }) => ({ time, lines: shown.map(lineOf) }));
}

/** Whether the words go on in the next cue. */
const goesOn = (words: string): boolean => /[^.!?…。！？"”♪)\]]$/.test(words);
const isSound = (words: string): boolean => /^[[(（♪].*[\])）♪]$|^♪/.test(words);

/** Several lines of a cue without a new speaker are one. */
function turnLines(cues: readonly Cue[]): string {
  const out: string[] = [];
  let open = false;
  let said: string | undefined;
  for (const { time, lines } of cues) {
    for (const [i, { speaker, beside, words }] of lines.entries()) {
      const last = out.at(-1) ?? '';
      const dash = words.startsWith('- ');
      if (speaker !== undefined && beside === '' && i === 0 && speaker === said)
        out[out.length - 1] = `${last}${goesOn(last) ? ' ' : '\n'}${words}`;
      else if (speaker !== undefined) out.push(`${speaker}${beside} [${time}]: ${words}`);
      else if (open && !isSound(words) && !dash && (i > 0 || goesOn(last)))
        out[out.length - 1] = `${last}${i > 0 && !goesOn(last) ? '\n' : ' '}${words}`;
      else out.push(`[${time}] ${words}`);
      said = speaker ?? (out.at(-1) === `[${time}] ${words}` ? undefined : said);
      open = speaker !== undefined || (open && out.at(-1) !== `[${time}] ${words}`);
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
