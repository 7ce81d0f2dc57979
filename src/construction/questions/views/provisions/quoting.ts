/** @file Words of a document as a question quotes them: one line, found only once in what the prompt shows. */
import type { Context, ContextDocument } from '../../question.ts';

/** White space as one blank, marks of emphasis left out. */
export const oneLine = (text: string): string =>
  text
    .replace(/\*\*|`/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\*([^\s*](?:[^*]{0,80}[^\s*])?)\*/g, '$1')
    .trim();

/** What a prompt shows of a document, in one line. */
const known = new WeakMap<ContextDocument, string>();
export function shownLine(entry: ContextDocument): string {
  const line = known.get(entry) ?? oneLine(entry.document.text.slice(entry.span.start, entry.span.end));
  known.set(entry, line);
  return line;
}

/** How often the documents of a prompt have some words. */
export function timesIn({ documents }: Pick<Context, 'documents'>, words: string): number {
  let times = 0;
  for (const entry of documents) {
    const line = shownLine(entry);
    for (let at = line.indexOf(words); at >= 0 && times < 3; at = line.indexOf(words, at + 1)) times++;
  }
  return times;
}

/** A word that was parted at the end of a line: `en- tity`; `pre- and post-war` is none. */
const partedWord = /\p{Ll}- (?!(?:and|or|to|und|nor|versus|vs)\b)\p{Ll}/u;

/** Words that can be put in quotation marks in a question and read back. */
export const quotable = (words: string): boolean =>
  !/[“”{}|#<>\n`*]|\]\(|https?:/.test(words) && !partedWord.test(words);

/** Whether the brackets and quotation marks of some words are closed. */
export const isClosed = (words: string): boolean =>
  words.split('"').length % 2 === 1 &&
  marks.every(([open = '', close = '']) => words.split(open).length === words.split(close).length);

/** The beginning of some words, at a word's end; in Chinese at any sign. */
export function beginning(words: string, longest: number): string {
  if (words.length <= longest) return words;
  const cut = words.slice(0, longest);
  const clause = Math.max(...[...'，；、：'].map((sign) => cut.lastIndexOf(sign)));
  const end = /\p{Script=Han}/u.test(cut) ? (clause > longest / 3 ? clause : cut.length) : cut.lastIndexOf(' ');
  return cut.slice(0, Math.max(0, end)).replace(/[\s,，;；、:：(（]+$/, '');
}

/** The end of some words, from a word's beginning. */
export function ending(words: string, longest: number): string {
  if (words.length <= longest) return words;
  const cut = words.slice(-longest);
  const clause = /[，；、：]/.exec(cut)?.index ?? longest;
  const from = /\p{Script=Han}/u.test(cut) ? (clause < (2 * longest) / 3 ? clause + 1 : 0) : cut.indexOf(' ') + 1;
  return cut.slice(from).replace(/^[\s,，;；、:：)）]+/, '');
}

/** Without the number that a provision or a paragraph begins with. */
export const withoutNumber = (words: string): string =>
  words.replace(
    /^(?:第[一二三四五六七八九十百\d]+条[\s　]*|\d+(?:\.\d+)*\.?\s+|[（(][a-z\d一二三四五六七八九十]+[)）]\s*)/,
    '',
  );

/** Leads into what is above or below. */
const leading =
  /^(?:and|but|or|so|then|this|that|these|those|it|its|they|their|he|she|his|her|such|here|there|both|neither|otherwise|however|therefore|thus|also|table|figure|note|as in|for example|recommendation)\b|^(?:这|那|其|该|此|它|他|但|而|并|且|另|又|因此|所以|不过|否则|前款|上述|其中|表|图|注)/i;
const marks = ['()', '（）', '[]', '《》', '「」'] as const;

/** Whether a sentence can be read alone: whole, without what points back, brackets and quotation marks closed. */
export const isWhole = (sentence: string): boolean =>
  !leading.test(sentence) && !/[:：]\s*\d+[.)]|\s[-–•]\s\p{Lu}/u.test(sentence) && isClosed(sentence);
