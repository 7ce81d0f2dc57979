/**
 * @file Tables over the records of real documents: a name, a category and numbers, one row a document.
 */
import type { Document, Fact } from '../../corpus/document.ts';
import type { Random } from '../../random.ts';
import { families } from '../synthetic/dossier.ts';
import type { InsertedUnit } from './insert.ts';

/** One record as a row: its name, its category and its numbers. */
export interface TableRow {
  readonly document: Document;
  readonly key: string;
  readonly category: string;
  /** In the order of `fields`. */
  readonly values: readonly number[];
}

/** A table drawn from the records of one family, before it is written out. */
export interface DrawnTable {
  readonly family: string;
  readonly categoryField: string;
  readonly fields: readonly string[];
  readonly rows: readonly TableRow[];
}

const cell = (value: string): boolean => !/[|\n“”,]/.test(value);

/** Rows of distinct names whose numbers are distinct in each column; undefined when no family has as many. */
export function drawTable(
  pool: readonly Document[],
  size: { readonly rows: number; readonly fields: number },
  rng: Random,
): DrawnTable | undefined {
  const groups = [...families(pool).values()].sort((a, b) => b.length - a.length);
  for (const family of rng.shuffle(groups)) {
    const facts = family.flatMap((document) => document.record?.facts ?? []);
    const named = (type: Fact['type']): string[] =>
      [...new Set(facts.filter((f) => f.type === type).map((f) => f.field))].sort();
    const categoryField = named('category')[0];
    const fields = rng.sample(named('number'), size.fields);
    if (categoryField === undefined || fields.length < size.fields) continue;
    const used = fields.map(() => new Set<number>());
    const rows: TableRow[] = [];
    for (const document of rng.shuffle(family)) {
      const of = (field: string): string | undefined => document.record?.facts.find((f) => f.field === field)?.value;
      const category = of(categoryField);
      const key = document.record?.key ?? '';
      const values = fields.map((field) => Number(of(field) ?? Number.NaN));
      if (category === undefined || values.some((value, i) => Number.isNaN(value) || used[i]?.has(value))) continue;
      if (!cell(key) || !cell(category)) continue;
      for (const [i, value] of values.entries()) used[i]?.add(value);
      rows.push({ document, key, category, values });
      if (rows.length === size.rows) return { family: family[0]?.record?.family ?? '', categoryField, fields, rows };
    }
  }
  return undefined;
}

/** The table as a unit: a caption and Markdown rows. Its evidence is the first record's document. */
export function tableUnit(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  { rows: drawn }: DrawnTable,
): InsertedUnit | undefined {
  const document = drawn[0]?.document;
  const span = document?.record?.facts[0]?.span;
  if (document === undefined || span === undefined) return undefined;
  const lines = [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  return { text: `${caption}\n${lines.join('\n')}`, document, span };
}

/** How many rows a prompt of this many words may hold: a few in a short one, up to forty. */
export const rowsFor = (words: number): number => Math.max(6, Math.min(40, Math.floor(words / 45)));
