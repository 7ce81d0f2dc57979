/**
 * @file The language of a text and of its parts. What a script tells (kana, Hangul, Han) is read from the letters; languages that share a
 * script are told by `eld` (n-grams, Apache-2.0), which on real sentences was ahead of `tinyld` and `franc` in accuracy and speed.
 */
import type { Span } from '../document.ts';
import { languageByGrams } from './n-grams.ts';

/** A run of a text in one language. */
export interface LanguagePart {
  /** ISO 639-1, or `und`. */
  readonly language: string;
  readonly span: Span;
}

/** What letters a text has; Han, kana and Hangul count as letters of words, the others as letters. */
interface Letters {
  readonly han: number;
  readonly kana: number;
  readonly hangul: number;
  /** Of all other scripts. */
  readonly others: number;
}

/** Characters that Japanese simplified on its own: neither Chinese script has them. */
const japaneseHan = new Set(
  '県駅図変気売読円広帰検験険圧応価拡覚関観顔勧継権顕鉱済剤雑桜歯児実釈収従渋獣縦粛暁焼譲剰縄醸触粋酔髄枢瀬斉摂専戦銭潜繊禅荘捜騒蔵臓続対滞択沢単団弾遅聴鉄転伝働込峠畑枠',
);

function lettersOf(text: string): Letters {
  let [han, kana, hangul, others] = [0, 0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) {
      if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) others++;
    } else if (code >= 0x4e00 && code <= 0x9fff) han++;
    else if (code >= 0x3041 && code <= 0x30ff && code !== 0x30fb) kana++;
    else if (code >= 0xac00 && code <= 0xd7a3) hangul++;
    else if (code >= 0xc0 && code < 0x2000) others++;
    else if (code >= 0x3400 && code <= 0x4dbf) han++;
  }
  return { han, kana, hangul, others };
}

/** A Han character stands for about as much text as so many Latin letters. */
const hanWeight = 2.5;
/** Of Chinese with foreign terms, this share of the text is Han; of Japanese, this share of Han and kana is kana. */
const least = { east: 0.4, kana: 0.08, japaneseHan: 0.03, letters: 12 };
const weightOf = ({ han, kana, hangul, others }: Letters): number => hanWeight * (han + kana + hangul) + others;

/** Where Han, kana or Hangul tell the language; undefined where other letters prevail. */
function byScript(text: string, letters: Letters): string | undefined {
  const { han, kana, hangul } = letters;
  if (hanWeight * (han + kana + hangul) < least.east * weightOf(letters) || han + kana + hangul === 0) return undefined;
  if (hangul > han + kana) return 'ko';
  if (kana >= least.kana * (han + kana)) return 'ja';
  let japanese = 0;
  for (const character of text) if (japaneseHan.has(character)) japanese++;
  return japanese > 0 && japanese >= least.japaneseHan * han ? 'ja' : 'zh';
}

/** Short lines of code, identifiers, addresses and figures are in no language. */
const code =
  /[{}]\s*$|[=(].*;\s*$|=>|:=|^\s*(?:[\w.]+\(|def \w+\(|class \w+[:({]|import [\w.{*]+|from \S+ import |(?:const|let|var) \w+ ?=|return\b.*;|#include\b|(?:if|for|while) ?\()/;
const longestCode = 120;
const identifiers = /\S*[_\d/\\@<>=$%{}()[\]|]\S*/g;

/** English says these all the time, and no other language has several of them. */
const englishWords = /\b(?:the|and|of|to|in|is|was|for|with|that|by|on|from|are)\b/g;
/** Of so many of them among so few letters, no n-grams need to be counted. */
const sureEnglish = { words: 5, kinds: 4, letters: 22 };

function isEnglish(words: string, letters: number): boolean {
  if (/[^\s -~’‘“”—–…]/.test(words)) return false;
  const found: readonly string[] = words.match(englishWords) ?? [];
  return (
    found.length >= sureEnglish.words &&
    found.includes('the') &&
    new Set(found).size >= sureEnglish.kinds &&
    found.length * sureEnglish.letters >= letters
  );
}

/** Where one language is told by the n-grams of its words. */
function byWords(text: string): string {
  const lines = text.split('\n').filter((line) => line.length > longestCode || !code.test(line));
  const words = lines.join('\n').replace(identifiers, ' ');
  const letters = weightOf(lettersOf(words));
  if (letters < least.letters) return 'und';
  if (isEnglish(words, letters)) return 'en';
  return languageByGrams(words) ?? 'und';
}

/** Pieces that are looked at, evenly spread: enough to tell, and a book costs hardly more than a page. */
const piece = { length: 250, every: 16_000, least: 3, most: 6 };

/** From the first paragraph after `at`, or else line, or else word; pieces do not overlap. */
function pieceAt(text: string, at: number): string {
  const near = text.slice(at, at + piece.length);
  const start = at === 0 ? 0 : Math.max(0, near.indexOf('\n\n'), near.indexOf('\n'), near.indexOf(' '));
  const end = text.indexOf('\n\n', at + start + 1);
  const body = text.slice(at + start, Math.min(at + start + piece.length, end < 0 ? text.length : end));
  return body.length < piece.length / 2 ? text.slice(at + start, at + start + piece.length) : body;
}

function languagesIn(text: string): Map<string, number> {
  const short = text.length <= 2 * piece.length;
  const count = short ? 1 : Math.min(piece.most, Math.max(piece.least, Math.ceil(text.length / piece.every)));
  const weights = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const looked = short ? text : pieceAt(text, Math.floor((i * text.length) / count));
    const letters = lettersOf(looked);
    const language = byScript(looked, letters) ?? byWords(looked);
    weights.set(language, (weights.get(language) ?? 0) + weightOf(letters));
  }
  return weights;
}

function prevailing(weights: ReadonlyMap<string, number>): string {
  const told = [...weights].filter(([language]) => language !== 'und').sort((a, b) => b[1] - a[1]);
  const all = told.reduce((sum, [, weight]) => sum + weight, 0);
  const [first] = told;
  // Of a text of code or figures, little may be in words.
  return first !== undefined && first[1] > 0.5 * all && all >= 0.2 * (all + (weights.get('und') ?? 0))
    ? first[0]
    : 'und';
}

/** Less than this (in Latin letters) is a quotation or a name and belongs to the part around it. */
const leastPart = 120;

/** Paragraphs by their language; neighbours of one language are one part. */
function partsBy(text: string): LanguagePart[] {
  const parts: { language: string; start: number; end: number }[] = [];
  let start = 0;
  while (start < text.length) {
    const stop = text.indexOf('\n\n', start);
    const end = stop < 0 ? text.length : stop + 2;
    const paragraph = text.slice(start, end);
    const letters = lettersOf(paragraph);
    const language = weightOf(letters) < leastPart ? 'und' : (byScript(paragraph, letters) ?? byWords(paragraph));
    const last = parts.at(-1);
    if (last === undefined || (language !== 'und' && last.language !== 'und' && language !== last.language))
      parts.push({ language, start, end });
    else {
      last.end = end;
      if (last.language === 'und') last.language = language;
    }
    start = end;
  }
  return parts.map(({ language, start, end }) => ({ language, span: { start, end } }));
}

/** A text's language and its parts. */
export interface Languages {
  /** Of more than half of the text, as ISO 639-1; `und` where there is none, or too little text to tell. */
  readonly language: string;
  /** In order and without gaps, whole paragraphs; one part where the text is in one language. */
  readonly parts: readonly LanguagePart[];
}

const east = /[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/;

/**
 * The language of a text, and of each part where they differ. Han, kana and Hangul are looked for everywhere; languages of other scripts are
 * told apart paragraph by paragraph where the pieces that are looked at differ.
 *
 * @example languagesOf('Es war einmal ein König, der hatte eine Tochter.').language // 'de'
 */
export function languagesOf(text: string): Languages {
  const weights = languagesIn(text);
  const language = prevailing(weights);
  const whole = { language, parts: [{ language, span: { start: 0, end: text.length } }] };
  const shared = [...weights.keys()].filter((code) => !['zh', 'ja', 'ko', 'und'].includes(code));
  if (shared.length <= 1 && !east.test(text)) return whole;
  const parts = partsBy(text);
  if (parts.length === 1) return whole;
  const shares = new Map<string, number>();
  for (const { language: of, span } of parts) {
    const weight = weightOf(lettersOf(text.slice(span.start, span.end)));
    shares.set(of, (shares.get(of) ?? 0) + weight);
  }
  return { language: prevailing(shares), parts };
}

/** The language of `languagesOf`, without its parts. */
export const languageOf = (text: string): string => prevailing(languagesIn(text));

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** `ja` -> `Japanese`, for reports; `und` -> `undetermined`. */
export const languageName = (code: string): string => (code === 'und' ? 'undetermined' : (names.of(code) ?? code));
