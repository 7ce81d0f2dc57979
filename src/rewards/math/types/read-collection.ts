/** @file Lists, sets, tuples, vectors, systems: texts of several items, each read on its own. */
import { strictParse } from '../parse/strict-parse.ts';
import { isEnclosed, splitOutside } from './split.ts';
import type { Collection, Value } from './value.ts';

const separators =
  /\s*(?:,\s*(?:and|or)\b|,|;|\n|\\\\|\s(?:and|or|&)\s|\band\b(?=\s*[\d(\\-])|(?<=[)\]}\d])(?:or|and)(?=[\s(\\\dA-Za-z-])|\s*(?:或者|以及|和|或|与|及)\s*|\\(?:quad|qquad|land|lor|wedge|vee)\b)\s*/y;
const mostItems = 100;

/** Texts still to be read, and the word that joins them. */
export interface Items {
  readonly texts: readonly string[];
  readonly joint: Collection['joint'];
}

/** The items of a text that separates some; undefined for a single one. */
export function itemsOf(text: string): Items | undefined {
  if (!/[,;\n&和或与及]|\\\\|\band\b|\bor\b|\\[ql]|(?<=[)\]}\d])or|\\[wv]e/.test(text)) return undefined;
  const groups = splitOutside(text, /\s*;\s*/y);
  const nested = groups.length > 1 && groups.some(({ text: group }) => splitOutside(group, /\s*,\s*/y).length > 1);
  const parts = (nested ? groups : splitOutside(text, separators)).filter((part) => part.text !== '');
  if (parts.length < 2 || parts.length > mostItems) return undefined;
  const said = parts.map(({ separator }) => separator).join(' ');
  const joint = /\bor\b|或|lor|vee/.test(said) ? 'or' : /\band\b|和|且|land|wedge|&/.test(said) ? 'and' : 'comma';
  return { texts: parts.map((part) => part.text), joint };
}

type Form = Collection['form'];

/** What stands inside the brackets of a set or tuple, with its form. */
export function inBrackets(text: string): { inner: string; form: Form; square: boolean } | undefined {
  if (isEnclosed(text, '\\{', '\\}')) return { inner: text.slice(2, -2), form: 'set', square: false };
  if (text.startsWith('{') && isEnclosed(text, '{', '}'))
    return { inner: text.slice(1, -1), form: 'bare', square: false };
  if (isEnclosed(text, '(', ')')) return { inner: text.slice(1, -1), form: 'tuple', square: false };
  if (isEnclosed(text, '[', ']')) return { inner: text.slice(1, -1), form: 'tuple', square: true };
  const vector = /^\\langle\s*(.*?)\s*\\rangle$/s.exec(text)?.[1] ?? /^<(.*)>$/s.exec(text)?.[1];
  return vector === undefined ? undefined : { inner: vector, form: 'tuple', square: false };
}

/** `a ± b` as its two values; undefined where no such sign stands. */
export function plusMinus(text: string): Items | undefined {
  if (!/\\(?:pm|mp)(?![a-zA-Z])/.test(text)) return undefined;
  const upper = text.replace(/\\pm(?![a-zA-Z])/g, '+').replace(/\\mp(?![a-zA-Z])/g, '-');
  const lower = text.replace(/\\pm(?![a-zA-Z])/g, '-').replace(/\\mp(?![a-zA-Z])/g, '+');
  const tidy = (side: string): string => side.replace(/(^|[=(,{]\s*)\+\s*/g, '$1');
  return { texts: [tidy(upper), tidy(lower)], joint: 'or' };
}

const cases =
  /^(?:\\\{)?\s*\\begin\s*\{(cases|aligned|align\*?|gathered|array|split)\}(?:\{[lcr|\s]*\})?(.*?)\\end\s*\{\1\}$/s;

/** The lines of `\begin{cases}` where each is a relation of its own; undefined for anything else. */
export function caseLines(text: string): Items | undefined {
  const match = cases.exec(text);
  if (match === null || (match[1] === 'array' && !/=/.test(match[2] ?? ''))) return undefined;
  const lines = (match[2] ?? '')
    .split(/\\\\/)
    .flatMap((line) => splitOutside(line.replaceAll('&', ' '), /\s*[,;]\s*/y).map((part) => part.text))
    .filter((line) => line !== '');
  return { texts: lines, joint: 'and' };
}

const unitVector = /⇀([ijk])/;

/** `3i - 4j` with upright unit vectors: the components, each with the others at zero. */
export function vectorItems(text: string): Items | undefined {
  if (!unitVector.test(text)) return undefined;
  const axes = text.includes('⇀k') ? ['i', 'j', 'k'] : ['i', 'j'];
  const texts = axes.map((axis) => text.replace(/⇀([ijk])/g, (_, letter: string) => (letter === axis ? '(1)' : '(0)')));
  return texts.every((component) => strictParse(component) !== undefined) ? { texts, joint: 'comma' } : undefined;
}

/** `items` holds the readings of each item. */
export const collection = (form: Form, joint: Collection['joint'], items: Collection['items']): Value => ({
  type: 'collection',
  form,
  joint,
  items,
});
