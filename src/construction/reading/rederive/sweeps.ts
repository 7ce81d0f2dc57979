/**
 * @file Second derivations of T3 and T4.
 */
import { type ShownUnit, tally } from '../read-prompt.ts';
import { mentions, type ReadingSolver, tablesOf, unitWith } from './solver.ts';

/** Four-digit numbers between 1500 and 2099, found by walking over runs of digits. */
function years(text: string): number[] {
  const found: number[] = [];
  for (const match of text.matchAll(/[\d.,]*\d[\d.,]*/g)) {
    const run = match[0].replace(/[.,]+$/, '');
    if (/^\d{4}$/.test(run) && Number(run) >= 1500 && Number(run) <= 2099) found.push(Number(run));
  }
  return found;
}

const idsWhere = (units: readonly ShownUnit[], holds: (unit: ShownUnit) => boolean): string[] =>
  units.filter(holds).map(({ id }) => id);

const typoSweep: ReadingSolver = (_, { units }) => {
  const counts = new Map<string, number>();
  for (const { text } of units)
    for (const word of text.split(/[^\p{L}-]+/u))
      if (/^[a-z]{6,14}$/.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const wrong: string[] = [];
  for (const [word, count] of counts) {
    if (count > 1) continue;
    for (let i = 1; i < word.length - 2; i++) {
      const right = word.slice(0, i) + word.charAt(i + 1) + word.charAt(i) + word.slice(i + 2);
      if (right !== word && counts.has(right) && !wrong.includes(word)) wrong.push(word);
    }
  }
  return wrong;
};

const versionDiff: ReadingSolver = (_, { units }) => {
  const [first, second] = tablesOf(units);
  const before = new Map((first?.rows ?? []).map(([name = '', value = '']) => [name, value]));
  return (second?.rows ?? []).filter(([name = '', value]) => before.get(name) !== value).map(([name = '']) => name);
};

const tableAggregate: ReadingSolver = ({ value, operation, field = '' }, { units }) => {
  const [table] = tablesOf(units);
  const column = table?.columns.indexOf(field) ?? -1;
  const numbers = (table?.rows ?? []).filter((row) => row[1] === value).map((row) => Number(row[column]));
  const sum = numbers.reduce((a, b) => a + b, 0);
  if (operation === 'sum') return [String(sum)];
  if (operation === 'mean') return [(Math.round((10 * sum) / numbers.length) / 10).toFixed(1)];
  const sorted = [...numbers].sort((a, b) => a - b);
  return [String((sorted.at(-1) ?? 0) - (sorted[0] ?? 0))];
};

const ledger: ReadingSolver = ({ step }, { units }) => {
  let level = 0;
  for (const { text } of units) {
    for (const match of text.matchAll(/[(（](?:Entry |第)(\d+)(?:: |条记录：)(.+?)[.。][)）]/g)) {
      if (Number(match[1]) > Number(step)) continue;
      const amount = Number(/\d+/.exec(match[2] ?? '')?.[0]);
      level += /leave|运出/.test(match[2] ?? '') ? -amount : amount;
    }
  }
  return [String(level)];
};

const yearSpan: ReadingSolver = ({ ids = '' }, { units }) => {
  const asked = new Set(ids.split(', '));
  const found = units.filter(({ id }) => asked.has(id)).flatMap(({ text }) => years(text));
  return found.length === 0 ? undefined : [String(Math.max(...found) - Math.min(...found))];
};

/** Second derivations of T3 and T4, by id of the generator. */
export const sweepSolvers: Readonly<Record<string, ReadingSolver>> = {
  'mention-sweep': ({ yes = '', no = '' }, { units }) =>
    idsWhere(units, ({ text }) => tally(text, yes) > 0 && tally(text, no) === 0),
  'year-sweep': ({ low, high }, { units }) =>
    idsWhere(units, ({ text }) => years(text).some((year) => year >= Number(low) && year <= Number(high))),
  'citation-align': ({ statement = '' }, { units }) => {
    const hosts = statement.split(' … ').map((quote) => unitWith(units, quote)?.id);
    return hosts.every((id) => id !== undefined) ? hosts : undefined;
  },
  'typo-sweep': typoSweep,
  'version-diff': versionDiff,
  'table-aggregate': tableAggregate,
  'mention-count': ({ term = '' }, { units }) => [String(mentions(units, term))],
  ledger,
  'year-span': yearSpan,
};
