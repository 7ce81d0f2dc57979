/**
 * @file Gate g1: answers the question again from the rendered prompt alone. Nothing here sees the dossier, the facts or the
 * generators: the prompt is read as a person would read it, by other patterns than those that made the facts, and every
 * task is solved anew. A mistake of the corpus readers, the generators or the renderer shows as a disagreement.
 */
import type { TaskId } from '../tasks/task.ts';
import { sameAnswer } from './gates/same-answer.ts';

/** One record as the prompt shows it. */
interface Row {
  readonly key: string;
  readonly category: string;
  readonly value: (field: string) => string | undefined;
}

/** `Chad (Africa): capital N'Djamena; highest point 3415` */
function readShort(context: string): Row[] {
  const rows: Row[] = [];
  for (const line of context.split('\n').slice(1)) {
    const open = line.indexOf(' (');
    const close = line.indexOf('): ');
    if (open < 0 || close < open) continue;
    const shown = line.slice(close + 3).split('; ');
    rows.push({
      key: line.slice(0, open),
      category: line.slice(open + 2, close),
      value: (field) => shown.find((part) => part.startsWith(`${field} `))?.slice(field.length + 1),
    });
  }
  return rows;
}

const digits = (text: string | undefined): string | undefined => text?.replace(/,/g, '');

/** Country profiles: where each field stands, as patterns of a line. */
const profileLines: Readonly<Record<string, RegExp>> = {
  capital: /^Capital - name: (.+)$/m,
  demonym: /^Nationality - adjective: (.+)$/m,
  'internet code': /^Internet country code: (.+)$/m,
  'peak height': /^Elevation extremes - highest point: .*?([\d,]+) m\b/m,
  coastline: /^Coastline: ([\d,]+) km/m,
  'airport count': /^Airports: ([\d,]+)/m,
  'independence year': /^Independence: [^\d]*(?:\d{1,2} )?[^\d]*(\d{4})/m,
  'railway length': /^Railways - total: ([\d,]+) km/m,
  'waterway length': /^Waterways: ([\d,]+) km/m,
};

function readProfile(key: string, text: string): Row | undefined {
  const references = /^Map references: (.+)$/m.exec(text)?.[1];
  if (references === undefined) return undefined;
  return {
    key,
    category: references.replace(/^Central America and the /, ''),
    value: (field) => {
      const found = profileLines[field]?.exec(text)?.[1];
      return found !== undefined && /^[\d,]+$/.test(found) ? digits(found) : found;
    },
  };
}

function readMessage(key: string, text: string): Row | undefined {
  const heading = /^President: .+?\. Year: (\d+)\. Party: (.+?)\. Words: (\d+)\.$/.exec(
    text.slice(0, text.indexOf('\n')),
  );
  if (heading === null) return undefined;
  return { key, category: heading[2] ?? '', value: (field) => ({ year: heading[1], 'word count': heading[3] })[field] };
}

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Where a name first stands as a whole word; Infinity where it does not. */
function firstMention(text: string, name: string): number {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + name.length])) return at;
  }
  return Number.POSITIVE_INFINITY;
}

/** Chapters and parts. `names` are those that the prompt's notes list. */
function readPart(key: string, text: string, names: readonly string[]): Row | undefined {
  const end = text.indexOf('\n');
  const heading = /^(?:Chapter|Part) (\d+)\..* (\d+) words\.$/.exec(text.slice(0, end));
  if (heading === null) return undefined;
  const prose = text.slice(end).trim();
  const mentions = names.map((name) => ({ name, at: firstMention(prose, name) })).sort((a, b) => a.at - b.at);
  const words = prose
    .replace(/[^A-Za-z0-9]+$/, '')
    .slice(-60)
    .split(/[^A-Za-z'-]+/);
  const fields: Readonly<Record<string, string | undefined>> = {
    chapter: heading[1],
    part: heading[1],
    'word count': heading[2],
    'last word': words.at(-1)?.replace(/^['-]+/, ''),
  };
  return { key, category: mentions[0]?.name ?? '', value: (field) => fields[field] };
}

/** The documents of a long prompt, each under its `# title`. */
function readLong(context: string, notes: string): Row[] {
  const names = /^- first named: .*: (.+)$/m.exec(notes)?.[1]?.split(', ') ?? [];
  const family = /include \d+ (\w+)\./.exec(notes)?.[1];
  const read: Readonly<Record<string, (key: string, text: string) => Row | undefined>> = {
    countries: readProfile,
    messages: readMessage,
    chapters: (key, text) => readPart(key, text, names),
    parts: (key, text) => readPart(key, text, names),
  };
  const blocks = `\n\n${context}`.split('\n\n# ').slice(1);
  return blocks.flatMap((block) => {
    const end = block.indexOf('\n\n');
    const row = read[family ?? '']?.(block.slice(0, end), block.slice(end + 2));
    return row === undefined ? [] : [row];
  });
}

/** Rows whose category ends the phrase (`region Africa`); the longest category wins (`Southeast Asia` over `Asia`). */
function rowsOfPhrase(rows: readonly Row[], phrase: string): Row[] {
  const named = [...new Set(rows.map((row) => row.category))]
    .filter((category) => phrase.endsWith(` ${category}`))
    .sort((a, b) => b.length - a.length)[0];
  return rows.filter((row) => row.category === named);
}

/** The rows that a question names after its colon; undefined where it names none, or one that is not there. */
function rowsNamed(rows: readonly Row[], question: string): Row[] | undefined {
  const named = (/: (.+)[.?]$/.exec(question)?.[1] ?? '').split(', ').map((key) => byKey(rows, key));
  return named.every((row) => row !== undefined) ? named : undefined;
}

type Solve = (question: string, rows: readonly Row[]) => string[] | undefined;

const byKey = (rows: readonly Row[], key: string | undefined): Row | undefined => rows.find((row) => row.key === key);

function lookup(question: string, rows: readonly Row[]): string | undefined {
  const row = rows
    .filter((candidate) => question.endsWith(` of ${candidate.key}`))
    .sort((a, b) => b.key.length - a.key.length)[0];
  return row?.value(question.slice(0, -` of ${row.key}`.length));
}

const sortedBy = (rows: readonly Row[], field: string, direction: 1 | -1): string[] | undefined => {
  const pairs = rows.map((row) => ({ key: row.key, number: Number(row.value(field) ?? Number.NaN) }));
  if (pairs.some((pair) => Number.isNaN(pair.number)) || new Set(pairs.map((pair) => pair.number)).size < pairs.length)
    return undefined;
  return pairs.sort((a, b) => direction * (a.number - b.number)).map((pair) => pair.key);
};

const solvers: Readonly<Record<Exclude<TaskId, 'T9'>, Solve>> = {
  T1: (question, rows) => {
    const value = lookup(/^What is the (.+)\?$/.exec(question)?.[1] ?? '', rows);
    return value === undefined ? undefined : [value];
  },
  T2: (question, rows) => {
    const [, asked, listed] = /^Which is the (.+?): (.+)\?$/.exec(question) ?? [];
    const value = lookup(asked ?? '', rows);
    const options = (listed ?? '').split(/(?<=\([A-Z]\)), /).map((option) => /^(.+) \(([A-Z])\)$/.exec(option));
    const letters = options.filter((option) => option?.[1] === value).map((option) => option?.[2] ?? '');
    return letters.length === 1 ? letters : undefined;
  },
  T3: (question, rows) =>
    rowsOfPhrase(rows, /^Which \w+ have the (.+)\?$/.exec(question)?.[1] ?? '').map((row) => row.key),
  T4: (question, rows) => {
    const matches = rowsNamed(rows, question) ?? rowsOfPhrase(rows, / have the (.+)\?$/.exec(question)?.[1] ?? '');
    if (question.startsWith('How many ')) return [String(matches.length)];
    const [, aggregate, field] =
      /^What is the (largest|smallest) (.+) of (?:the \w+ that have|these) /.exec(question) ?? [];
    const ranked = matches.map((row) => Number(row.value(field ?? '') ?? Number.NaN)).sort((a, b) => a - b);
    const answer = aggregate === 'largest' ? ranked.at(-1) : ranked[0];
    return answer === undefined || ranked.some(Number.isNaN) ? undefined : [String(answer)];
  },
  T5: (question, rows) => {
    const [, field, phrase] = /^Make a table of name and (.+) of the \w+ that have the (.+)\.$/.exec(question) ?? [];
    const listed = rowsNamed(rows, question);
    const asked = listed === undefined ? field : /^Make a table of name and (.+) of these /.exec(question)?.[1];
    const data = (listed ?? rowsOfPhrase(rows, phrase ?? '')).map((row) => [row.key, row.value(asked ?? '')]);
    return [JSON.stringify({ columns: ['name', asked], data })];
  },
  T6: (question, rows) =>
    (/: (.+)\.$/.exec(question)?.[1] ?? '').split(', ').map((key) => `${key}: ${byKey(rows, key)?.category ?? ''}`),
  T7: (question, rows) => {
    const [, count, field] =
      /^Rank the (\d+) (?:of these )?\w+ with the largest (.+), largest first[.:]/.exec(question) ?? [];
    return sortedBy(rowsNamed(rows, question) ?? rows, field ?? '', -1)?.slice(0, Number(count));
  },
  T8: (question, rows) => {
    const [, field, listed] = /^Order by (.+), smallest first: (.+)\.$/.exec(question) ?? [];
    const asked = (listed ?? '').split(', ').map((key) => byKey(rows, key));
    return asked.every((row) => row !== undefined) ? sortedBy(asked, field ?? '', 1) : undefined;
  },
};

/** A sentence about one record names it, its category and all its values, and no number that the record lacks. */
function summaryHolds(question: string, rows: readonly Row[], reference: string, fields: readonly string[]): boolean {
  const row = rows
    .filter((candidate) => question.includes(` ${candidate.key} `))
    .sort((a, b) => b.key.length - a.key.length)[0];
  if (row === undefined) return false;
  const values = fields.map((field) => row.value(field));
  if (![row.key, row.category, ...values].every((part) => part !== undefined && reference.includes(part))) return false;
  const rest = [row.key, ...values].reduce<string>((text, part) => text.replace(part ?? '', ''), reference);
  return !/\d/.test(rest.replace(row.category, ''));
}

/** A rendered sample as g1 sees it: nothing of the dossier but labels of fields. */
export interface RederiveInput {
  readonly task: TaskId;
  readonly rendering: 'short' | 'long';
  /** The whole prompt. */
  readonly prompt: string;
  readonly question: string;
  readonly gold: readonly string[];
  /** T9 only: the field labels that the reference should mention. */
  readonly fields: readonly string[];
}

/** Undefined when the prompt proves the gold; otherwise what was found instead. */
export function rederive(input: RederiveInput): string | undefined {
  const { task, prompt, question, gold } = input;
  const tail = prompt.lastIndexOf(`\n${question}\n`);
  if (tail < 0) return 'the prompt does not contain the question';
  const before = prompt.slice(0, tail);
  const cut = input.rendering === 'short' ? before.length : before.lastIndexOf('\n\nThe documents above include ');
  const rows =
    input.rendering === 'short' ? readShort(before.trimEnd()) : readLong(before.slice(0, cut), before.slice(cut));
  if (new Set(rows.map((row) => row.key)).size < rows.length) return 'two records of the prompt share a name';
  if (task === 'T9') {
    const holds = summaryHolds(question, rows, gold[0] ?? '', input.fields);
    return holds ? undefined : 'the reference does not agree with the record in the prompt';
  }
  const found = solvers[task](question, rows);
  if (found === undefined || found.length === 0) return 'the prompt does not answer the question';
  return sameAnswer(task, found, gold) ? undefined : `the prompt says ${found.join(' | ')}`;
}
