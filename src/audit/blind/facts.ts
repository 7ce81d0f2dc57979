/**
 * @file What an answer can be made of without understanding a word: things of the same form that stand in a question or a context.
 */
import { optionsOf } from '../../rewards/reading/options.ts';

/** Rows of a table, or of records in one line each. */
export interface ContextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** All parts are bounded: see `most` and the lengths below. */
export interface Facts {
  /** The beginning and the end of the context. */
  readonly lead: string;
  readonly tail: string;
  /** Lists of like things by where they stand, in the order given, each once. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly tables: readonly ContextTable[];
}

/** Most items of a list, rows of a table, tables. */
const most = 400;
const mostTables = 4;
const leadLength = 2500;
const tailLength = 1200;
/** Characters of a context that lists are read from: identifiers of a hundred pages stand further down, and are as many. */
const readLength = 400_000;

const all = (text: string, pattern: RegExp): string[] => {
  const found = new Set<string>();
  for (const match of text.matchAll(pattern)) {
    if (found.size >= most) break;
    const item = (match[1] ?? '').trim();
    if (item !== '') found.add(item);
  }
  return [...found];
};

/** What a question lists behind its last colon, or between brackets. */
function listed(question: string): string[] {
  const [line = ''] = /[:：]\s*([^\n]+)/.exec(question)?.slice(1) ?? [];
  const pieces = line
    .replace(/[.?!。？！]\s*$/, '')
    .split(/\s*[,，、;；]\s*(?:and |和)?/)
    .filter((piece) => piece !== '');
  return pieces.length > 1 ? [...new Set(pieces)].slice(0, most) : [];
}

const record = /^([^\n:：|()[\]]{1,80}?) \(([^()\n]{1,60}(?:\([^()\n]*\))?[^()\n]{0,20})\): ([^\n]+)$/gm;

function recordTables(context: string): ContextTable[] {
  const rows = [...context.matchAll(record)].slice(0, most).map(([, name = '', group = '', rest = '']) => ({
    name,
    group,
    fields: rest.split('; ').map((field) => /^(.*?) (\S+)$/.exec(field)?.slice(1) ?? [field, '']),
  }));
  const [first] = rows;
  if (first === undefined) return [];
  const columns = ['name', '(group)', ...first.fields.map(([label = '']) => label)];
  return [
    {
      columns,
      rows: rows.map(({ name, group, fields }) => [
        name,
        group,
        ...columns.slice(2).map((label) => fields.find(([own]) => own === label)?.[1] ?? ''),
      ]),
    },
  ];
}

const cells = (line: string): string[] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** Tables with bars or tabs: runs of lines with as many cells. */
function barredTables(context: string): ContextTable[] {
  const tables: ContextTable[] = [];
  let run: string[][] = [];
  const close = (): void => {
    const [columns, ...rows] = run.filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell)));
    if (columns !== undefined && rows.length > 0 && tables.length < mostTables)
      tables.push({ columns, rows: rows.slice(0, most) });
    run = [];
  };
  for (const line of context.split('\n')) {
    const row = line.includes('|') ? cells(line.trim()) : line.includes('\t') ? line.split('\t') : [];
    if (row.length < 2 || (run[0] !== undefined && run[0].length !== row.length)) close();
    if (row.length >= 2) run.push(row);
  }
  close();
  return tables;
}

/** The facts of a prompt. The question is looked for at its end; all before it is context. */
export function factsOf(prompt: string, question: string): Facts {
  const at = question === '' ? -1 : prompt.lastIndexOf(question);
  const whole = at > 0 ? prompt.slice(0, at).trimEnd() : prompt;
  const context = whole.slice(0, readLength);
  const tables = [...recordTables(context), ...barredTables(context)].slice(0, mostTables);
  const lists: Record<string, readonly string[]> = {
    'listed in the question': listed(question),
    'quoted in the question': all(question, /[“"「『]([^”"」』\n]{1,300})[”"」』]/g),
    'heads of the question': all(question, /^(?:- )?([^\s:：]{1,12})[:：]/gm),
    'names of the question': all(question, /(?<![\p{L}])(\p{Lu}[\p{L}\p{N}'’.-]*(?: \p{Lu}[\p{L}\p{N}'’.-]*)*)/gu),
    'numbers of the question': all(question, /(\d[\d,.]*\d|\d)/g),
    'options of the question': Object.values(optionsOf(question, undefined)),
    'identifiers of the context': all(context, /^\[?([A-Z]{1,3}\d{1,5})[\]:.]/gm),
    'speakers of the context': all(context, /^(?:\[[A-Z]\d+\] )?([\p{L}][\p{L} .'-]{0,30})[:：]\s/gmu),
    'headings of the context': all(context, /^#+ (.{1,200})$/gm),
    'names of the context': tables.flatMap(({ rows }) => rows.map(([name = '']) => name)).slice(0, most),
    'groups of the context': [...new Set(tables.flatMap(({ rows }) => rows.map((row) => row[1] ?? '')))],
    'numbers of the context': all(context.slice(0, leadLength), /(\d[\d,.]*\d|\d)/g),
  };
  return {
    lead: whole.slice(0, leadLength),
    tail: whole.slice(-tailLength),
    lists: Object.fromEntries(Object.entries(lists).filter(([, items]) => items.length > 0)),
    tables,
  };
}
