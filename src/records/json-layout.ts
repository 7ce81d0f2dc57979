/**
 * @file The rows of a JSON file that is one object: a list under a usual name (SQuAD, datasets-server), splits, columns, or what pandas
 * writes (`orient` split, columns, index, table; `records` is a plain list). What fits none of these is one row.
 */
import { isRecord } from '../json.ts';
import { QuarantineError } from './reader.ts';

/** Names under which files keep their rows, and are about the file otherwise. */
const wrappers = new Set(['data', 'rows', 'records', 'examples', 'instances', 'samples']);
const splits = new Set(['train', 'training', 'test', 'validation', 'valid', 'dev', 'val', 'eval', 'heldout']);

/** Whether rows may be looked for under this name of an object. */
export const isWrapper = (name: string): boolean => wrappers.has(name.toLowerCase());

/** Whether a path into records begins with a name that would be taken for a layout: its caller wants objects whole. */
export const namesLayout = (name: string): boolean => isWrapper(name) || splits.has(name.toLowerCase());

/** A row and what it is called in its file. */
export interface LayoutRow {
  readonly name: string;
  readonly value: unknown;
}

const numbered = (values: readonly unknown[]): LayoutRow[] =>
  values.map((value, i) => ({ name: String(i + 1), value }));

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isRows = (value: unknown): value is readonly Record<string, unknown>[] =>
  isList(value) && value.length > 0 && value.every(isRecord);

/**
 * An element of `rows` as the datasets-server gives it: the row inside of it.
 *
 * @throws QuarantineError where the server has cut a cell
 */
export function unwrapRow(name: string, value: unknown): unknown {
  if (name.toLowerCase() !== 'rows' || !isRecord(value) || !isRecord(value.row) || !('row_idx' in value)) return value;
  const cut = value.truncated_cells;
  if (isList(cut) && cut.length > 0)
    throw new QuarantineError('corrupt', `the server has cut the cells ${cut.slice(0, 12).join(', ')}`);
  return value.row;
}

/** `{"columns": ["a"], "data": [[1], [2]]}`. */
function splitOriented({ columns, data }: Record<string, unknown>): LayoutRow[] | undefined {
  if (!isList(columns) || !isList(data) || !columns.every((name) => typeof name === 'string')) return undefined;
  if (!data.every((cells) => isList(cells) && cells.length === columns.length)) return undefined;
  const rows = data as readonly (readonly unknown[])[];
  return numbered(rows.map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[i]]))));
}

/** `{"version": 1, "data": [{}, {}]}`. */
function wrapped(value: Record<string, unknown>): LayoutRow[] | undefined {
  const lists = Object.entries(value).filter(([name, list]) => isWrapper(name) && isList(list));
  const [name, list] = lists.find(([, found]) => isRows(found)) ?? [];
  if (name !== undefined && isRows(list)) return numbered(list);
  return lists.some(([, found]) => isList(found) && found.length === 0) ? [] : undefined;
}

/** `{"train": [{}], "test": [{}]}`. */
function splitRows(value: Record<string, unknown>): LayoutRow[] | undefined {
  const entries = Object.entries(value);
  if (!entries.every(([name, list]) => splits.has(name.toLowerCase()) && isList(list) && list.every(isRecord)))
    return undefined;
  return entries.flatMap(([name, list]) =>
    (list as unknown[]).map((row, i) => ({ name: `${name}/${i + 1}`, value: row })),
  );
}

/** `{"a": [1, 2], "b": [3, 4]}`. */
function columnLists(value: Record<string, unknown>): LayoutRow[] | undefined {
  const lists = Object.values(value);
  const [first] = lists;
  if (!isList(first) || !lists.every((list) => isList(list) && list.length === first.length)) return undefined;
  const columns = Object.entries(value) as [string, readonly unknown[]][];
  return numbered(first.map((_, i) => Object.fromEntries(columns.map(([name, list]) => [name, list[i]]))));
}

const isNumbers = (names: readonly string[]): boolean => names.every((name) => /^\d+$/.test(name));

/** `{"a": {"0": 1, "1": 2}}` by column, or `{"x": {"a": 1}, "y": {"a": 2}}` by row: objects with names in common. */
function keyed(value: Record<string, unknown>): LayoutRow[] | undefined {
  const entries = Object.entries(value);
  if (!entries.every((entry): entry is [string, Record<string, unknown>] => isRecord(entry[1]))) return undefined;
  const [[, first = {}] = []] = entries;
  const names = Object.keys(first);
  if (names.length > 0 && isNumbers(names) && !isNumbers(Object.keys(value))) {
    if (!entries.every(([, column]) => Object.keys(column).join() === names.join())) return undefined;
    return names.map((row) => ({
      name: row,
      value: Object.fromEntries(entries.map(([name, column]) => [name, column[row]])),
    }));
  }
  const all = new Set(entries.flatMap(([, row]) => Object.keys(row)));
  const common = names.filter((name) => entries.every(([, row]) => name in row));
  if (entries.length < 2 || common.length === 0 || 2 * common.length < all.size) return undefined;
  return entries.map(([name, row]) => ({ name, value: row }));
}

/**
 * The rows that the one object of a file stands for; undefined when it is a row itself.
 *
 * @example layoutRows({ a: [1, 2], b: ['x', 'y'] }) // rows named 1 and 2: { a: 1, b: 'x' } and { a: 2, b: 'y' }
 */
export function layoutRows(value: Record<string, unknown>): readonly LayoutRow[] | undefined {
  if (Object.keys(value).length === 0) return undefined;
  return splitOriented(value) ?? wrapped(value) ?? splitRows(value) ?? columnLists(value) ?? keyed(value);
}

/** The name under which rows of `wrapped` stand. */
export const wrapperOf = (value: Record<string, unknown>): string =>
  Object.keys(value).find((name) => isWrapper(name) && isRows(value[name])) ?? '';
