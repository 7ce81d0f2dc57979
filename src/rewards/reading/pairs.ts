/**
 * @file Lines that give each item its value (SubEM): `Q1 Ivo`, `Q1: Ivo`, `Q1 → Ivo`, a table, an object. Golds without items are lines
 * that count by place or by themselves.
 */
import { type GoldItems, goldItems, type ItemContext, leadingItem, mentions, statedItems } from './gold-items.ts';
import { type Line, type ListForm, listForm, markedLines, readList, withListMarks } from './list.ts';
import { looseJson } from './loose-json.ts';
import { htmlTable, markdownTable } from './table.ts';
import { offersAlternative } from './text/hedges.ts';
import { plain } from './text/plain.ts';
import { keyText, wordsOf } from './text/tokens.ts';

/** A gold line `Q1 Ivo` in its two parts, as written. */
export interface GoldPair {
  readonly item: string;
  readonly value: string;
}

const separator = /^(.{1,200}?)\s*(?::|：|→|->|=>|=|——?|\s-\s|\t|\|)\s*(\S.*)$/s;
const numericTail = /^(.{1,200}?)\s+([-+$€£¥]?\d[\d.,]*\s?%?)$/;
const headed = /^((?:\p{L}+\s)?[\p{L}_-]*\d+[\p{L}\d._-]*|\p{L}+\s\p{Lu}(?=\s)|\S+)\s+(\S.*)$/su;

function pairOf(gold: string): GoldPair | undefined {
  const text = plain(gold).trim();
  const match = separator.exec(text) ?? numericTail.exec(text) ?? headed.exec(text);
  return match === null ? undefined : { item: (match[1] ?? '').trim(), value: (match[2] ?? '').trim() };
}

/** The golds as items with their values; undefined where they are no pairs of distinct items. */
export function goldPairs(gold: readonly string[]): GoldPair[] | undefined {
  const pairs = gold.map(pairOf);
  if (pairs.some((pair) => pair === undefined)) return undefined;
  const known = pairs as GoldPair[];
  return new Set(known.map(({ item }) => keyText(wordsOf(item)))).size === known.length ? known : undefined;
}

/** Golds prepared once for all responses; entry i of `values` and `numbers` belongs to pair i. */
export interface PreparedPairs {
  readonly items: GoldItems;
  readonly whole: GoldItems;
  readonly values: readonly GoldItems[];
  /** All values together. */
  readonly choices: GoldItems;
  readonly numbers: readonly (number | undefined)[];
  readonly form: ListForm;
  readonly commas: boolean;
}

/** `gold` and `pairs` are the same lines, whole and in parts. */
export function preparePairs(gold: readonly string[], pairs: readonly GoldPair[], context: ItemContext): PreparedPairs {
  return {
    items: goldItems(
      pairs.map(({ item }) => item),
      context,
    ),
    whole: goldItems(gold, context),
    values: pairs.map(({ value }) => goldItems([value], context)),
    choices: goldItems([...new Set(pairs.map(({ value }) => value))], context),
    numbers: pairs.map(({ item }) => {
      const digits = /\d+/.exec(wordsOf(item).text)?.[0];
      return digits === undefined ? undefined : Number(digits);
    }),
    form: listForm(gold),
    commas: pairs.some(({ value }) => /[,，、;；]/.test(value)),
  };
}

const tableRule = /^[ \t]{0,8}\|?[ \t]{0,8}:?-{2,}:?[ \t]{0,8}(?:\||$)/m;

/** Lines that may each give a pair. */
function pairLines(answer: string, { form, commas }: PreparedPairs): Line[] {
  // Lines `item | value` without a rule under a head are no table.
  const table = htmlTable(answer) ?? (tableRule.test(answer) ? markdownTable(answer) : undefined);
  if (table !== undefined && table.rows.length > 0)
    return table.rows.map((cells) => ({ text: plain(cells.join(': ')), marked: true, paragraph: false }));
  const [json, ...more] = /^\s*(?:```\w*\s*)?[[{]/.test(answer) ? looseJson(answer) : [];
  // A name that is a bare number is the number of an item, and no mark of a list.
  if (
    more.length === 0 &&
    json?.value.kind === 'record' &&
    json.value.fields.every(([, value]) => value.kind === 'text')
  )
    return json.value.fields.map(([name, value]) => ({
      text: plain(`${name}: ${value.kind === 'text' ? value.text : ''}`),
      marked: true,
      paragraph: false,
    }));
  if (json !== undefined) return readList(answer, form).map((text) => ({ text, marked: true, paragraph: false }));
  const lines = markedLines(plain(withListMarks(answer)), form);
  return lines.flatMap((line) => {
    const pieces = line.text.split(/\s*[;；]\s*/);
    if (pieces.length > 1 || commas || lines.length > 1)
      return pieces.filter((text) => text !== '').map((text) => ({ ...line, text }));
    return line.text.split(/\s*[,，、]\s*(?:and\s)?/).map((text) => ({ ...line, text }));
  });
}

const behindItem = /^[\s:：=→>|,，.)）\]*"'—–-]+/;
const link = /^(?:is|was|are|were|goes to|belongs to|comes from|has|had|为|是|属于|出自|来自|在)\s*(?![a-z])/i;

/** The index of the item that a line begins with, and what it says of it. */
function itemOf(
  line: Line,
  prepared: PreparedPairs,
  caseSensitive: boolean,
): { index: number; value: string } | undefined {
  const words = wordsOf(line.text, caseSensitive);
  const found = leadingItem(prepared.items, words);
  if (found === undefined) return undefined;
  const value = words.text.slice(words.tokens[found.words - 1]?.end ?? 0).replace(behindItem, '');
  return { index: found.index, value: value.replace(/^\(([^()]*)\)?\.?$/, '$1') };
}

/** Whether a value is several, one beside the other: `E1 E2 E3`, `Ann or Bo`. */
function statesSeveral({ choices }: PreparedPairs, value: string): boolean {
  const words = wordsOf(value);
  const found = mentions(choices, words);
  return found.some(({ index, to }, i) => {
    const next = found[i + 1];
    if (next === undefined || next.index === index) return false;
    const between = words.text.slice(words.tokens[to - 1]?.end ?? 0, words.tokens[next.from]?.start);
    return /^[\s,，、;；/|&+]*(?:(?:and|or|和|或|与)\s+)?$/i.test(between);
  });
}

/** Whether a value offers another one beside it: `Act or Regulations`. */
const hedges = (value: string, { golds }: GoldItems): boolean =>
  offersAlternative(value) && !golds.some(({ text }) => offersAlternative(text));

/** For each gold whether the answer gives it its value; an item with two values has none. */
export function readPairs(
  answer: string,
  prepared: PreparedPairs,
  caseSensitive = false,
): { right: boolean[]; lines: number } {
  const right = prepared.values.map(() => false);
  const said = prepared.values.map(() => '');
  const lines = pairLines(answer, prepared);
  const mark = (index: number, value: string, fits: boolean): void => {
    const key = keyText(wordsOf(value));
    if (said[index] !== '' && said[index] !== key) right[index] = false;
    else if (said[index] === '') right[index] = fits;
    said[index] = said[index] === '' ? key || '-' : `${said[index]}`;
    if (said[index] !== (key || '-')) right[index] = false;
  };
  let stated = 0;
  const numbered = lines.filter(({ number }) => number !== undefined).length === prepared.values.length;
  for (const line of lines) {
    const found = itemOf(line, prepared, caseSensitive);
    if (found !== undefined) {
      stated++;
      const values = prepared.values[found.index];
      const fits =
        values !== undefined &&
        !statesSeveral(prepared, found.value) &&
        !hedges(found.value, values) &&
        (statedItems(values, found.value).length > 0 || statedItems(values, found.value.replace(link, '')).length > 0);
      mark(found.index, found.value, fits);
      continue;
    }
    const [whole] = statedItems(prepared.whole, line.text);
    const byNumber = numbered ? prepared.numbers.indexOf(line.number) : -1;
    if (whole !== undefined) {
      stated++;
      mark(whole, prepared.whole.golds[whole]?.text ?? '', true);
    } else if (byNumber >= 0) {
      stated++;
      const values = prepared.values[byNumber];
      mark(byNumber, line.text, values !== undefined && statedItems(values, line.text).length > 0);
    }
  }
  // Remarks around the pairs are few; a context that is copied is all lines.
  return { right, lines: Math.max(stated, lines.length - prepared.values.length - 3) };
}
