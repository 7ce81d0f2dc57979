/**
 * @file What a question quotes of a conversation: whole sentences of one speaker that stand nowhere else in the prompt.
 */
import type { Span } from '../../../../corpus/document.ts';
import type { QuestionLanguage } from '../../language.ts';
import type { Context, Proof } from '../../question.ts';
import { joined, type Speech } from './speeches.ts';

/** A sentence of a speech, its lines joined. */
export interface Remark {
  readonly text: string;
  readonly speech: Speech;
  readonly proof: Proof;
}

/** Characters of a remark that is quoted. */
const lengths: Readonly<Record<QuestionLanguage, { readonly least: number; readonly most: number }>> = {
  en: { least: 32, most: 130 },
  zh: { least: 10, most: 60 },
};

/** A question is known by fewer characters, and so is a message. */
const shorter: Readonly<Record<QuestionLanguage, number>> = { en: 18, zh: 7 };
const leastWords = { speech: 6, short: 4 } as const;

/** A point within a word (`p.m.`), before a small letter or behind a title ends no sentence. */
const sentence =
  /(?:[^.!?。！？…]|\.(?=[\p{L}\d,;:]|\s+\p{Ll})|(?<=\b(?:Mr|Mrs|Ms|Dr|St|Prof|Capt|Rev|Hon|Sgt|Gen|Col))\.(?=\s)|(?<=\bNos?)\.(?=\s+\d)|(?<=\b[ap]\.m)\.(?=\s+(?:\d|\p{Lu}\p{Ll}+day\b)))+(?:[.!?。！？…]+["”’'」』)]*|$)/gu;
/** What ends at a point that ends no sentence, and quotation marks that do not close. */
const broken = /\b(?:Mr|Mrs|Ms|Dr|St|No|vs|Prof|Capt|i\.e|e\.g)\.$|[*_#|{}\n<>]|https?:|(?:…|\.\.)["”’'」』)]*$/i;
/** What a speaker breaks off goes on behind it. */
const brokenOff = /(?:…|\.\.\.?|[—–])\s*$/u;
const counted = (text: string, marks: RegExp): number => text.match(marks)?.length ?? 0;
const paired = (text: string): boolean => counted(text, /[「『(（]/g) === counted(text, /[」』)）]/g);

/** Whether a place stands in an indented paragraph below the one with the label: of a play that is a direction, which nobody speaks. */
function isSetApart({ label }: Speech, text: string, at: number): boolean {
  const from = text.lastIndexOf('\n', label.span.start) + 1;
  const [own = '', ...below] = text.slice(from, at).split(/\n[ \t]*\n/);
  return !/^[ \t]/.test(own) && /^[ \t]{2}/.test(below.at(-1) ?? '');
}

function remarksIn(speech: Speech, { start, end }: Span, text: string, language: QuestionLanguage): Remark[] {
  const { least, most } = lengths[language];
  const isMessage = speech.time !== undefined;
  const out: Remark[] = [];
  for (const match of text.slice(start, end).matchAll(sentence)) {
    const lead = match[0].length - match[0].trimStart().length;
    const raw = match[0].trim();
    const said = joined(raw);
    const isShort = isMessage || /[?？]$/.test(said);
    if (said.length < (isShort ? shorter[language] : least) || said.length > most) continue;
    if (broken.test(said) || /["“”]/.test(said) || !paired(said)) continue;
    if (brokenOff.test(text.slice(Math.max(0, start + match.index - 4), start + match.index + lead))) continue;
    // People end a message without a point.
    const ends = /[.!?]$/.test(said) || (isMessage && start + match.index + match[0].length >= end - 1);
    const words = said.split(' ').length;
    if (language === 'en' && (!/^[\p{Lu}'’]/u.test(said) || words < leastWords[isShort ? 'short' : 'speech'] || !ends))
      continue;
    const at = start + match.index + lead;
    if (isSetApart(speech, text, at)) continue;
    out.push({
      text: said,
      speech,
      proof: { document: speech.all.document, span: { start: at, end: at + raw.length } },
    });
  }
  return out;
}

/** All sentences of a speech that can be quoted. */
export const remarksOf = (speech: Speech, language: QuestionLanguage): Remark[] =>
  speech.runs.flatMap((run) => remarksIn(speech, run, speech.all.document.text, language));

const flat = new WeakMap<Context, string>();

/** What the prompt shows of all documents, lines joined. */
function flatText(context: Context): string {
  const known =
    flat.get(context) ??
    context.documents.map(({ document, span }) => joined(document.text.slice(span.start, span.end))).join('\n');
  flat.set(context, known);
  return known;
}

/** Whether words stand once and no more in the prompt. */
export function standsOnce(context: Context, words: string): boolean {
  const text = flatText(context);
  const at = text.indexOf(words);
  return at >= 0 && text.indexOf(words, at + 1) < 0;
}

/** Signs that belong to no longer word. */
const grammar =
  /[的了着过是在和与及或也都就还又把被给让向从到对为以将由这那有没不一二三四五六七八九十个座张条只位件块片本份批台种家说叫问去来走找我你他她它们已曾正刚必须应可能会要想用再先最很太更全各每其该此并且但而所于至按据]/u;

/** Whether a Chinese word is not a piece of a longer one: 电场 in 风电场, 检修 in 检修路. */
export function isWholeZh(word: string, text: string): boolean {
  const before = new Map<string, number>();
  const after = new Map<string, number>();
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    count++;
    for (const [sides, sign] of [
      [before, text[at - 1] ?? ''],
      [after, text[at + word.length] ?? ''],
    ] as const)
      if (/\p{L}/u.test(sign) && !grammar.test(sign)) sides.set(sign, (sides.get(sign) ?? 0) + 1);
  }
  // The same sign beside it in a third of its places, twice at least, makes it a piece.
  const most = Math.max(1, count / 3);
  return [before, after].every((sides) => [...sides.values()].every((times) => times <= most));
}

/** Characters that are more than a window of 512 tokens. */
const windowLength: Readonly<Record<QuestionLanguage, number>> = { en: 2100, zh: 800 };

/** How many windows the places take up, about: those that lie close together count once. */
function windowsOf(places: readonly Proof[], language: QuestionLanguage): number {
  let [count, covered] = [0, Number.NEGATIVE_INFINITY];
  for (const start of places.map(({ span }) => span.start).sort((a, b) => a - b)) {
    if (start < covered) continue;
    count++;
    covered = start + windowLength[language];
  }
  return count;
}

/** In fewer windows places are found at one look. */
const leastWindows = 3;

/** Whether the places stand so far apart that the text has to be read for them. */
export const standApart = (places: readonly Proof[], language: QuestionLanguage): boolean =>
  windowsOf(places, language) >= leastWindows;
