/**
 * @file The words of a text as answers are compared: one token a word, number, code or Chinese character, in one spelling. Equal
 * texts for a careful person have equal tokens; `P-3307` and `P-3307B` do not.
 */
import { Recent } from '../../recent.ts';
import { datesAndNumerals } from './dates-and-numerals.ts';
import { plain } from './plain.ts';
import { spelling } from './spelling.ts';

/** A word and where it stands. */
export interface Token {
  /** In one spelling and, unless case matters, in lower case. */
  readonly key: string;
  /** As it stands in the plain text. */
  readonly raw: string;
  /** Offsets in the plain text. */
  readonly start: number;
  readonly end: number;
}

/** A text in tokens. */
export interface Words {
  /** The plain text that the offsets count in. */
  readonly text: string;
  readonly tokens: readonly Token[];
}

const cjk = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}';
const letter = `(?:(?![${cjk}])[\\p{L}\\p{M}\\p{N}_])`;
const token = new RegExp(
  `[${cjk}]|(?:(?<![\\p{L}\\p{N}_)\\]-] {0,1})[-+](?=\\.?\\p{N}))?${letter}+(?:[.'’:/,-](?=${letter})(?:(?<=[.:,])(?:(?<=\\p{N}[.:,])(?=\\p{N})|(?<=\\p{L}[.])(?=${letter}))|(?<=['’/-]))${letter}+)*|\\.\\p{N}+|[%‰§$€£¥°&+<>=→]`,
  'gu',
);
const thousands = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const initials = /^(?:\p{L}\.)+\p{L}?$/u;
const accents = /[\u0300-\u036f]/g;
const ascii = /^[\x20-\x7e]*$/;

function keyOf(raw: string, caseSensitive: boolean): string {
  let key = caseSensitive ? raw : raw.toLowerCase();
  if (!ascii.test(key))
    key = key.normalize('NFD').replace(accents, '').normalize('NFC').replace(/ß/g, 'ss').replace(/ø/g, 'o');
  const first = key.charCodeAt(0);
  if ((first >= 48 && first <= 57) || first === 45 || first === 43) {
    if (thousands.test(key)) key = key.replaceAll(',', '');
    return key.startsWith('+') ? key.slice(1) : key;
  }
  if (key.includes('.') && initials.test(key)) return key.replaceAll('.', '');
  return key.includes('/') ? key.split('/').map(spelling).join('/') : spelling(key);
}

/** Most characters of one piece that are cut into tokens: answers of single values are short. */
const longest = 20_000;

/** Longer ones are rarely met twice. */
const longestKept = 400;
const recent = new Recent<Words>(512);

/** The words of a text, dates and Chinese numerals in one form. */
export function wordsOf(text: string, caseSensitive = false): Words {
  const make = (): Words =>
    cut(datesAndNumerals(plain(text.length > longest ? text.slice(0, longest) : text)), caseSensitive);
  return text.length > longestKept ? make() : recent.get(caseSensitive ? `=${text}` : `~${text}`, make);
}

/** As `wordsOf`, of a text that is plain already. */
export function cut(text: string, caseSensitive = false): Words {
  const tokens: Token[] = [];
  for (const match of text.matchAll(token)) {
    const raw = match[0];
    tokens.push({ key: keyOf(raw, caseSensitive), raw, start: match.index, end: match.index + raw.length });
  }
  return { text, tokens };
}

const articles = new Set(['the', 'a', 'an']);

/** The keys of a text in one string, without an article at its start: what equality of short answers compares. */
export function keyText({ tokens }: Words): string {
  const from = tokens.length > 1 && articles.has(tokens[0]?.key.toLowerCase() ?? '') ? 1 : 0;
  let text = '';
  for (let i = from; i < tokens.length; i++) text += i === from ? tokens[i]?.key : ` ${tokens[i]?.key}`;
  return text;
}
