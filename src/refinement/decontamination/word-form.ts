/**
 * @file What counts as a word when texts are compared, as tables over UTF-16 units, so that a scanner can read a text without
 * building strings. A unit whose word needs its neighbours (combining marks, ligatures, surrogates) is `slow`: its token is split by
 * the form's regular expressions instead.
 */
import { comparedWords } from './words.ts';

/** What a UTF-16 unit does in a word; a `single` is a word of its own. */
export const unitClasses = { separator: 0, letter: 1, single: 2, apostrophe: 3, skip: 4, slow: 5, digit: 6 } as const;

/** A definition of words, as tables for a scanner. */
export interface WordForm {
  /** Class of each UTF-16 unit. */
  readonly classes: Uint8Array;
  /** The unit that a letter, digit or single stands for. */
  readonly mapped: Uint16Array;
  /** Words of a token (no blanks in it), the definition that the tables follow. */
  readonly words: (text: string) => string[];
  /** A number becomes "0", and a word with digits and letters is split by `words`. */
  readonly foldsNumbers: boolean;
  /** Pieces of a text that can be read one by one. */
  readonly piece: RegExp;
  /** Words that are read as several. */
  readonly splits: readonly string[];
}

const isWord = /^[\p{L}\p{N}]$/u;
const isHan = /^\p{Script=Han}$/u;
/** Marks and Hangul letters compose with their neighbours; a capital sigma depends on its place in the word. */
const composes = /^[\p{M}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ffΣ\ud800-\udfff]$/u;

/**
 * Words as a leak keeps them: an apostrophe in a word and invisible characters do not count, and a Han character is a word after a
 * number or a Latin letter too.
 */
export const leakWords = (text: string): string[] =>
  comparedWords(
    text
      .replace(/(?<=\p{L})['’](?=\p{L})|\p{Cf}/gu, '')
      .normalize('NFKC')
      .replace(/\p{Script=Han}/gu, ' $& '),
  );

function classify(unit: string): { kind: number; to: number } {
  const none = { kind: unitClasses.separator, to: 0 };
  if (unit === "'" || unit === '’') return { kind: unitClasses.apostrophe, to: 0 };
  if (/^\p{Cf}$/u.test(unit)) return { kind: unitClasses.skip, to: 0 };
  if (composes.test(unit)) return { kind: unitClasses.slow, to: 0 };
  const folded = unit.normalize('NFKC').toLowerCase();
  if (folded.length !== 1) return leakWords(folded).length === 0 ? none : { kind: unitClasses.slow, to: 0 };
  if (!isWord.test(folded) && !isHan.test(folded)) return none;
  return { kind: isHan.test(folded) ? unitClasses.single : unitClasses.letter, to: folded.charCodeAt(0) };
}

/** Tables for a classification of units. */
export function unitTables(of: (unit: string) => { kind: number; to: number }): Pick<WordForm, 'classes' | 'mapped'> {
  const classes = new Uint8Array(1 << 16);
  const mapped = new Uint16Array(1 << 16);
  for (let code = 0; code < 1 << 16; code++) {
    const { kind, to } = of(String.fromCharCode(code));
    classes[code] = kind;
    mapped[code] = to;
  }
  return { classes, mapped };
}

const leakPiece = /\p{Script=Han}|[^\s\p{Script=Han}]+/gu;

let leak: WordForm | undefined;

/** The form of `leakWords`. */
export function leakForm(): WordForm {
  leak ??= { ...unitTables(classify), words: leakWords, piece: leakPiece, foldsNumbers: false, splits: [] };
  return leak;
}
