/**
 * @file Every file of rows in a folder through every door that reads rows, and through Python's csv, json and pyarrow: a table of what is
 * equal, and of each difference by name. Files beside which `NAME.expected.json` lies are also held against that.
 *
 * `npm run check:records -- --python VENV/bin/python [FOLDER]`; without a folder, the odd files of bench/records-files.ts. Python needs
 * pyarrow. Exit code 1 when a difference has no name.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readRows as scoreRows } from '../src/cli/shared/rows.ts';
import { importRows } from '../src/construction/import/import-rows.ts';
import { readFile } from '../src/corpus/readers/read-file.ts';
import { GolongrlError } from '../src/errors.ts';
import { type Quarantined, type Row, readFileRows, readRecords, readRows, rowFormatOf } from '../src/records/index.ts';
import { readBenchmarkRows } from '../src/refinement/decontamination/benchmark-item.ts';
import { textTable } from '../src/text-table.ts';
import { writeOddFiles } from './records-files.ts';

/** A value in the form that bench/records.py prints. */
function canonical(value: unknown): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { n: String(value) };
  if (typeof value === 'number') return { n: numberText(value) };
  if (value instanceof Uint8Array) return { b: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(canonical);
  const fields = Object.entries(value as object).map(([name, field]): [string, unknown] => [name, canonical(field)]);
  // An empty map is an empty list of pairs.
  return fields.length === 0 ? [] : { o: fields.sort(([a], [b]) => byCodePoint(a, b)) };
}

/** Python's order of texts. */
const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Number.isInteger(value) && Math.abs(value) <= 2 ** 53) return Object.is(value, -0) ? '-0' : String(value);
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(value);
  return bits.toString('hex');
}

/** A number that a double does not hold, a decimal, a time or bytes, as the files of expected rows write them. */
function expectedValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    const pairs =
      value.length > 0 &&
      value.every((pair) => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string');
    return pairs ? expectedValue(Object.fromEntries(value as [string, unknown][])) : value.map(expectedValue);
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, expectedValue(field)]));
  if (typeof value !== 'string') return value;
  const [, kind, text = ''] = /^(int|float|dec|ts|bytes):(.*)$/s.exec(value) ?? [];
  if (kind === 'int') return BigInt(text);
  if (kind === 'float') return Number(text.replace('inf', 'Infinity').replace('nan', 'NaN'));
  if (kind === 'bytes') return new Uint8Array(Buffer.from(text, 'base64'));
  return kind === undefined ? value : text;
}

/** What a door gives of a file: rows in canonical JSON, and the lines of those that it set aside. */
interface Reading {
  readonly rows: readonly string[];
  readonly bad: readonly string[];
}

const show = (value: unknown): string => JSON.stringify(canonical(value));
const badText = ({ line, reason }: Quarantined): string => `${line ?? 'file'}: ${reason}`;

async function throughRecords(file: string): Promise<Reading & { readonly items: readonly (Row | Quarantined)[] }> {
  const items: (Row | Quarantined)[] = [];
  for await (const item of readFileRows(file)) items.push(item);
  return {
    items,
    rows: items.flatMap((item) => (item.type === 'row' ? [show(item.value)] : [])),
    bad: items.flatMap((item) => (item.type === 'quarantined' ? [badText(item)] : [])),
  };
}

type Items = readonly (Row | Quarantined)[];

/** Each says what it has otherwise than the rows of the file; nothing where it agrees. */
const doors: Readonly<Record<string, (file: string, items: Items) => Promise<string | undefined>>> = {
  import: async (file, items) => {
    const released = { dataset: 'check', licence: 'unknown', profiles: ['hardened'] } as const;
    const found: string[] = [];
    for await (const item of importRows(readRows([file]), { released }))
      found.push('sample' in item ? 'sample' : item.quarantined.row);
    const wanted = items.map(({ id }) => id.replace(file, path.basename(file)));
    return differing(found, wanted);
  },
  corpus: async (file, items) => {
    const first = items.find((item) => item.type === 'row');
    const fields = first?.type === 'row' ? Object.entries(first.value) : [];
    const textField = fields.find(([, value]) => typeof value === 'string')?.[0] ?? 'text';
    const found: string[] = [];
    for await (const item of readFile(file, file, { textField }))
      found.push(`${item.id} ${item.type === 'document' ? item.text : 'bad'}`);
    const wanted = items.map((item) => {
      const text = item.type === 'row' ? item.value[textField] : undefined;
      return `${item.id} ${typeof text === 'string' && text.trim() !== '' ? text : 'bad'}`;
    });
    return differing(found, wanted);
  },
  'eval run': async (file, items) => untilBad(items, readRecords(file)),
  decontaminate: async (file, items) => untilBad(items, valuesOf(readBenchmarkRows(file))),
  score: async (file, items) => {
    const wanted: string[] = [];
    const found: string[] = [];
    const ended = items.find((item) => item.type === 'quarantined' && item.line === undefined);
    for (const item of items)
      if (item !== ended) wanted.push(`${item.line} ${item.type === 'row' ? show(item.value) : 'bad'}`);
    try {
      for await (const row of scoreRows(file, (value) => value))
        found.push(`${row.line} ${'value' in row ? show(row.value) : 'bad'}`);
    } catch (error) {
      if (!(error instanceof GolongrlError) || ended === undefined) throw error;
    }
    return differing(found, wanted);
  },
};

async function* valuesOf(rows: AsyncIterable<{ readonly row: unknown }>): AsyncGenerator<unknown> {
  for await (const { row } of rows) yield row;
}

/** A door that ends at the first bad row gives those before it. */
async function untilBad(items: Items, values: AsyncIterable<unknown>): Promise<string | undefined> {
  const bad = items.findIndex(({ type }) => type === 'quarantined');
  const wanted = items
    .slice(0, bad < 0 ? items.length : bad)
    .map((item) => (item.type === 'row' ? show(item.value) : ''));
  const found: string[] = [];
  try {
    for await (const value of values) found.push(show(value));
    if (bad >= 0) return 'no error at the bad row';
  } catch (error) {
    if (!(error instanceof GolongrlError) || bad < 0) throw error;
  }
  return differing(found, wanted);
}

function differing(found: readonly string[], wanted: readonly string[]): string | undefined {
  const at = wanted.findIndex((text, i) => text !== found[i]);
  if (at >= 0)
    return `row ${at + 1}: got ${(found[at] ?? 'nothing').slice(0, 80)}, expected ${wanted[at]?.slice(0, 80)}`;
  return found.length > wanted.length ? `${found.length - wanted.length} rows more` : undefined;
}

/** What golongrl does otherwise than Python on purpose, by what it says of the row. docs/records.md gives the reasons. */
const named: readonly (readonly [RegExp, string])[] = [
  [/got \d+ fields, expected \d+/, 'wide and narrow records are set aside'],
  [/quoted field is never closed/, 'an open quote is set aside'],
  [/two columns are named/, 'a column named twice refuses the file'],
  [/NUL character/, 'a NUL is set aside'],
  [/surrogate/, 'a lone surrogate is set aside'],
  [/not UTF-8/, 'an encoding that cannot be told is refused'],
  [/nested more than/, 'nested deeper than 900'],
  [/gzip data/, 'a cut gzip file is named'],
  [/expected a JSON object/, 'a value that is no object is set aside'],
  [
    /not JSON|between JSON values|text after the end|does not end|no JSON object|is missing/,
    'what is no JSON is set aside',
  ],
  [/not readable as Parquet/, 'a damaged Parquet file is refused'],
  [/server has cut/, 'cut cells are set aside'],
];

/** Rows of the one that the other has not, in order. */
function missing(rows: readonly string[], from: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of from) left.set(row, (left.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}

interface Verdict {
  readonly text: string;
  readonly fault: boolean;
}

/** How a reading stands to one that is right: only rows that golongrl sets aside by name may be missing. */
function compare(ours: Reading, theirs: Reading): Verdict {
  const [extra, lost] = [missing(ours.rows, theirs.rows), missing(theirs.rows, ours.rows)];
  if (theirs.rows.length === 0 && theirs.bad.length > 0 && ours.bad.length > 0)
    return { text: ours.rows.length === 0 ? 'equal' : 'rows before a damage are kept', fault: false };
  if (extra.length > 0)
    return { text: `DIFFERS: ${extra[0]?.slice(0, 100)}, not ${lost[0]?.slice(0, 100)}`, fault: true };
  const reasons = [
    ...new Set(ours.bad.map((bad) => named.find(([pattern]) => pattern.test(bad))?.[1] ?? `DIFFERS: ${bad}`)),
  ];
  if (lost.length === 0 && (ours.bad.length === 0) === (theirs.bad.length === 0))
    return { text: 'equal', fault: false };
  if (lost.length > 0 && reasons.length === 0)
    return { text: `DIFFERS: ${lost[0]?.slice(0, 100)} is lost`, fault: true };
  const text = reasons.length === 0 ? `DIFFERS: Python refuses ${theirs.bad[0]?.slice(0, 80)}` : reasons.join('; ');
  return { text, fault: text.includes('DIFFERS') };
}

function expectedOf(file: string): Reading | undefined {
  const beside = `${file}.expected.json`;
  if (!existsSync(beside)) return undefined;
  const { rows, bad } = JSON.parse(readFileSync(beside, 'utf8')) as { rows: unknown[] | null; bad: unknown[] };
  // Nothing for a file that is refused as a whole.
  return { rows: (rows ?? []).map((row) => show(expectedValue(row))), bad: bad.map((one) => JSON.stringify(one)) };
}

interface PythonReading {
  readonly rows: readonly unknown[];
  readonly bad: readonly (readonly [number, string])[];
}

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    options: { python: { type: 'string', default: 'python3' } },
    allowPositionals: true,
  });
  const made = positionals[0] === undefined ? mkdtempSync(path.join(tmpdir(), 'golongrl-records-')) : undefined;
  const folder = positionals[0] ?? made ?? '';
  if (made !== undefined) writeOddFiles(made);
  try {
    const files = readdirSync(folder).filter(
      (name) => rowFormatOf(name).format !== undefined && !name.endsWith('.expected.json'),
    );
    const script = path.join(import.meta.dirname, 'records.py');
    const printed = execFileSync(values.python, [script, folder, ...files], { encoding: 'utf8', maxBuffer: 2 ** 30 });
    const python = JSON.parse(printed) as Record<string, PythonReading>;
    const table = [['file', 'rows', 'set aside', 'Python', 'expected', 'other doors']];
    let faults = 0;
    for (const name of files) {
      const file = path.join(folder, name);
      const ours = await throughRecords(file);
      const { rows = [], bad = [] } = python[name] ?? {};
      const theirs = { rows: rows.map((row) => JSON.stringify(row)), bad: bad.map((one) => JSON.stringify(one)) };
      const verdict = compare(ours, theirs);
      const expected = expectedOf(file);
      const held = expected === undefined ? { text: '', fault: false } : compare(ours, expected);
      const others: string[] = [];
      for (const [door, read] of Object.entries(doors)) {
        const difference = await read(file, ours.items);
        if (difference !== undefined) others.push(`${door} DIFFERS: ${difference}`);
      }
      if (verdict.fault || held.fault || others.length > 0) faults++;
      const aside = ours.bad.length === 0 ? '0' : `${ours.bad.length} (${ours.bad[0]?.slice(0, 60)})`;
      table.push([name, String(ours.rows.length), aside, verdict.text, held.text, others.join('; ') || 'equal']);
    }
    console.log(textTable(table));
    console.log(`${files.length} files, ${faults} with a difference that has no name`);
    return faults === 0;
  } finally {
    if (made !== undefined) rmSync(made, { recursive: true });
  }
}

process.exitCode = (await main()) ? 0 : 1;
