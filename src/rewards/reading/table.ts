/**
 * @file Tables: JSON of records, of columns, of columns and rows, bare or wrapped; Markdown, HTML, CSV and TSV; behind a sentence or
 * in a fence.
 */
import { type LooseValue, looseJson } from './loose-json.ts';
import { keyText, wordsOf } from './text/tokens.ts';

/** Cells as they were written; `columns` is empty where none are named. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Most rows that are read. */
const mostRows = 20_000;

const cellText = (value: LooseValue | undefined): string => {
  if (value === undefined) return '';
  if (value.kind === 'text') return value.text;
  if (value.kind === 'list') return value.items.map(cellText).join(', ');
  return value.fields.map(([name, item]) => `${name}: ${cellText(item)}`).join(', ');
};

type Fields = readonly (readonly [string, LooseValue])[];

function field(fields: Fields, names: RegExp): LooseValue | undefined {
  return fields.find(([name]) => names.test(name.trim()))?.[1];
}

const columnNames = /^(?:columns?|headers?|cols|fields|header_row|列|列名|表头)$/i;
const rowNames = /^(?:data|rows?|records?|values|entries|body|table_data|行|数据)$/i;

function tableOfRecords(records: readonly Fields[]): Table {
  const columns = [...new Set(records.flatMap((fields) => fields.map(([name]) => name)))];
  return {
    columns,
    rows: records.map((fields) => {
      const byName = new Map(fields);
      return columns.map((name) => cellText(byName.get(name)));
    }),
  };
}

const fieldsOf = (items: readonly LooseValue[]): Fields[] | undefined =>
  items.every((item) => item.kind === 'record') && items.length > 0
    ? items.map((item) => (item.kind === 'record' ? item.fields : []))
    : undefined;

function tableOfRows(columns: readonly string[], items: readonly LooseValue[]): Table {
  const records = fieldsOf(items);
  if (records !== undefined) {
    const table = tableOfRecords(records);
    return columns.length === 0 ? table : table;
  }
  return { columns, rows: items.map((row) => (row.kind === 'list' ? row.items.map(cellText) : [cellText(row)])) };
}

function columnList(value: LooseValue | undefined): string[] {
  if (value?.kind === 'list')
    return value.items.map((item) =>
      item.kind === 'record'
        ? cellText(field(item.fields, /^(?:name|title|header|label|field)$/i) ?? item.fields[0]?.[1])
        : cellText(item),
    );
  return value?.kind === 'text' ? value.text.split(/[,|]/).map((name) => name.trim()) : [];
}

function tableOfRecord(fields: Fields, depth: number): Table | undefined {
  const rows = field(fields, rowNames);
  const columns = columnList(field(fields, columnNames));
  if (rows?.kind === 'list' && (columns.length > 0 || fields.length === 1)) return tableOfRows(columns, rows.items);
  if (rows?.kind === 'record' && columns.length > 0) return tableOfRecord(rows.fields, depth + 1);
  if (columns.length > 0 && rows === undefined) return undefined;
  const [only] = fields;
  if (fields.length === 1 && only !== undefined && only[1].kind !== 'text') return tableOfValue(only[1], depth + 1);
  // Columns by name: lists of one length, or one record of scalars.
  const lists = fields.map(([, value]) => (value.kind === 'list' ? value.items : undefined));
  const length = lists[0]?.length ?? 0;
  if (
    lists.every((list) => list?.length === length) &&
    length > 0 &&
    lists.every((list) => list?.every(({ kind }) => kind === 'text'))
  )
    return {
      columns: fields.map(([name]) => name),
      rows: Array.from({ length }, (_, i) => lists.map((list) => cellText(list?.[i]))),
    };
  const records = fieldsOf(fields.map(([, value]) => value));
  if (records !== undefined) return tableOfRecords(records);
  if (fields.length > 1 && fields.every(([, value]) => value.kind === 'text')) return tableOfRecords([fields]);
  for (const [, value] of fields) {
    const inner = value.kind === 'text' || depth > 3 ? undefined : tableOfValue(value, depth + 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function tableOfValue(value: LooseValue, depth = 0): Table | undefined {
  if (depth > 4 || value.kind === 'text') return undefined;
  if (value.kind === 'record') return tableOfRecord(value.fields, depth);
  if (value.items.length === 0) return undefined;
  const records = fieldsOf(value.items);
  if (records !== undefined) {
    const [first] = records;
    if (records.length === 1 && first !== undefined) return tableOfRecord(first, depth + 1);
    return tableOfRecords(records);
  }
  if (value.items.every(({ kind }) => kind === 'list')) {
    const [head, ...rows] = value.items.map((row) => (row.kind === 'list' ? row.items.map(cellText) : []));
    return { columns: head ?? [], rows };
  }
  return undefined;
}

const splitBars = (line: string): string[] =>
  line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|').trim());

const ruleLine = /^[\s|:+=-]*-[\s|:+=-]*$/;

/** The first Markdown table: lines with bars, with a rule below the header where there is one. */
export function markdownTable(text: string): Table | undefined {
  if (!text.includes('|') && !text.includes('｜')) return undefined;
  const lines = text.replaceAll('｜', '|').split('\n');
  const start = lines.findIndex((line) => line.includes('|') && !/^\s*[[{]/.test(line));
  if (start < 0) return undefined;
  const block: string[] = [];
  for (let i = start; i < lines.length && block.length < mostRows; i++) {
    const line = lines[i] ?? '';
    if (!line.includes('|')) break;
    block.push(line);
  }
  const rule = block.findIndex((line) => ruleLine.test(line));
  const cells = block.filter((line) => !ruleLine.test(line)).map(splitBars);
  if (rule === 1 || (rule < 0 && cells.length > 1)) {
    const [head = [], ...rows] = cells;
    return { columns: rule === 1 ? head : [], rows: rule === 1 ? rows : cells };
  }
  return cells.length > 0 ? { columns: [], rows: cells } : undefined;
}

const inner = (html: string): string => html.replace(/<[^<>]{0,300}>/g, '').trim();

/** The first HTML table. */
export function htmlTable(text: string): Table | undefined {
  if (!/<tr[\s>]/i.test(text)) return undefined;
  const rows = text
    .split(/<tr(?:\s[^<>]{0,200})?>/i)
    .slice(1, mostRows)
    .map((row) => ({
      head: /<th[\s>]/i.test(row),
      cells: row
        .split(/<t[dh](?:\s[^<>]{0,200})?>/i)
        .slice(1)
        .map((cell) => inner(cell.split(/<\/t[dhr]>/i)[0] ?? '')),
    }));
  const head = rows.findIndex((row) => row.head);
  const body = rows.filter((_, i) => i !== head).map(({ cells }) => cells);
  return { columns: head < 0 ? [] : (rows[head]?.cells ?? []), rows: body };
}

function splitCsv(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line.charAt(i);
    if (char === '"') {
      if (quoted && line.charAt(i + 1) === '"') cell += line.charAt(++i);
      else quoted = !quoted;
    } else if (char === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  return [...cells, cell.trim()];
}

/** Lines of cells between commas, tabs or semicolons, from the one that names the columns on. */
function separatedTable(text: string, columns: readonly string[]): Table | undefined {
  const lines = text.split('\n', mostRows);
  for (const separator of ['\t', ',', ';', '，']) {
    const head = lines.slice(0, 40).findIndex((line) => {
      const cells = line.includes(separator) || columns.length === 1 ? splitCsv(line, separator) : [];
      return (
        cells.length === columns.length &&
        cells.every((cell) => columns.some((name) => columnKey(name) === columnKey(cell)))
      );
    });
    if (head < 0) continue;
    const rows: string[][] = [];
    for (const line of lines.slice(head + 1)) {
      if (line.trim() === '') {
        if (rows.length > 0) break;
        continue;
      }
      const cells = splitCsv(line, separator);
      if (cells.length !== columns.length) break;
      rows.push(cells);
    }
    return { columns: splitCsv(lines[head] ?? '', separator), rows };
  }
  return undefined;
}

/** What the names of two equal columns share. */
export const columnKey = (name: string): string => keyText(wordsOf(name.replaceAll('_', ' ')));

const size = ({ columns, rows }: Table): number => rows.length * 1000 + columns.length;

/** Whether the first row of a table without names is its header. */
function withHeader(table: Table, columns: readonly string[]): Table {
  const [first] = table.rows;
  if (table.columns.length > 0 || first === undefined) return table;
  const keys = new Set(columns.map(columnKey));
  return first.filter((cell) => keys.has(columnKey(cell))).length >= Math.max(1, columns.length)
    ? { columns: first, rows: table.rows.slice(1) }
    : table;
}

function jsonTable(text: string): Table | undefined {
  let best: Table | undefined;
  for (const { value } of looseJson(text)) {
    const table = tableOfValue(value);
    if (table !== undefined && (best === undefined || size(table) > size(best))) best = table;
  }
  return best;
}

const fence = /(?:```|~~~)[^\n`]{0,30}\n([\s\S]*?)(?:```|~~~|$)/;

/** The table that an answer holds, or undefined. @param columns the names that were asked for: they tell a header in plain text. */
export function readTable(answer: string, columns: readonly string[] = []): Table | undefined {
  const fenced = fence.exec(answer)?.[1];
  const text = (fenced?.trim() ?? '') === '' ? answer : (fenced ?? answer);
  const found = jsonTable(text) ?? htmlTable(text) ?? markdownTable(text) ?? separatedTable(text, columns);
  return found === undefined ? undefined : withHeader(found, columns);
}
