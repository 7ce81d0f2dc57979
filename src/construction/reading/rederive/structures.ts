/**
 * @file Second derivations of T5 and T6.
 */
import { type ShownUnit, tally } from '../read-prompt.ts';
import { listed, type ReadingSolver, tablesOf, unitWith } from './solver.ts';

const table = (columns: readonly string[], data: readonly (readonly string[])[]): string[] => [
  JSON.stringify({ columns, data }),
];

const tableSelect: ReadingSolver = ({ shown = '', field = '', bound }, { units }) => {
  const [found] = tablesOf(units);
  const at = (name: string): number => found?.columns.indexOf(name) ?? -1;
  const rows = (found?.rows ?? []).filter((row) => Number(row[at(field)]) > Number(bound));
  return table(
    ['name', shown],
    rows.map((row) => [row[0] ?? '', row[at(shown)] ?? '']),
  );
};

const tableJoin: ReadingSolver = ({ category = '', field = '', value }, { units }) => {
  const tables = tablesOf(units);
  const groups = tables.find(({ columns }) => columns[1] === category);
  const numbers = tables.find(({ columns }) => columns[1] === field);
  const data = (groups?.rows ?? [])
    .filter((row) => row[1] === value)
    .map(([name = '']) => [name, numbers?.rows.find((row) => row[0] === name)?.[1] ?? '']);
  return table(['name', field], data);
};

const groupCount: ReadingSolver = ({ category = '', field = '' }, { units }) => {
  const rows = tablesOf(units)[0]?.rows ?? [];
  const names = [...new Set(rows.map((row) => row[1] ?? ''))];
  const data = names.flatMap((name) => {
    const values = rows
      .filter((row) => row[1] === name)
      .map((row) => Number(row[2]))
      .sort((a, b) => b - a);
    return values.length < 2 ? [] : [[name, String(values[0])]];
  });
  return table([category, `largest ${field}`], data);
};

const speakerTable: ReadingSolver = (_, { units }) => {
  const names = [...new Set(units.map(({ speaker }) => speaker))];
  const data = names.map((name) => {
    const turns = units.filter(({ speaker }) => speaker === name);
    return [name, String(turns.length), turns.at(-1)?.id ?? ''];
  });
  return table(['speaker', 'turns', 'last'], data);
};

const mentionTable: ReadingSolver = ({ terms = '' }, { units }) => {
  const data = terms.split(/, |、/).map((quoted) => {
    const term = quoted.slice(1, -1);
    const hosts = units.filter(({ text }) => tally(text, term) > 0);
    return [term, hosts[0]?.id ?? '', String(hosts.length)];
  });
  return table(['term', 'first', 'parts'], data);
};

const matched = (
  text: string | undefined,
  units: readonly ShownUnit[],
  show: (unit: ShownUnit) => string,
): string[] | undefined => {
  const lines = listed(text).map(({ label, wording }) => ({ label, host: unitWith(units, wording) }));
  return lines.every(({ host }) => host !== undefined)
    ? lines.map(({ label, host }) => `${label} ${host === undefined ? '' : show(host)}`)
    : undefined;
};

const headTailMatch: ReadingSolver = ({ heads, ends }, { units }) => {
  const tails = listed(ends);
  const lines = listed(heads).map(({ label, wording }) => {
    const fits = tails.filter((tail) => units.some(({ text }) => text.includes(wording + tail.wording)));
    return fits.length === 1 ? `${label} ${fits[0]?.label}` : undefined;
  });
  return lines.every((line) => line !== undefined) ? lines : undefined;
};

const sourceCluster: ReadingSolver = ({ ids = '' }, { units }) => {
  const asked = ids.split(', ').map((id) => units.find((unit) => unit.id === id)?.title ?? '');
  return [...new Set(asked)].map((title) => {
    const share = asked.filter((other) => other === title).length / asked.length;
    return `${title} ${(share * 100).toFixed(2)}%`;
  });
};

/** The hypotheses that a reader would try: each takes a word apart in another way than the generator puts its code together. */
const hypotheses: readonly ((letters: readonly string[]) => string)[] = [
  (letters) => letters.slice(0, 2).join('') + letters.length,
  (letters) => `${letters.slice(letters.length - 3).join('')}-${letters[0]}`,
  (letters) => letters.toReversed().join(''),
  (letters) => letters.filter((letter) => !'AEIOU'.includes(letter)).join(''),
  (letters) => [letters[0], letters.length, letters.at(-1)].join(''),
];

const ruleApply: ReadingSolver = ({ words = '' }, { units }) => {
  const split = (word: string): string[] => [...word.toUpperCase()];
  const shown = units.flatMap(({ text }) => [
    ...text.matchAll(/(?:word |单词)“([a-z]+)”(?: is filed under |的代码是)([A-Z0-9-]+)/g),
  ]);
  const fitting = hypotheses.filter((rule) => shown.every((match) => rule(split(match[1] ?? '')) === match[2]));
  const answers = fitting.map((rule) => words.split(', ').map((word) => `${word} ${rule(split(word))}`));
  const distinct = new Set(answers.map((lines) => lines.join('\n')));
  return shown.length === 6 && distinct.size === 1 ? answers[0] : undefined;
};

/** Second derivations of T5 and T6, by id of the generator. */
export const structureSolvers: Readonly<Record<string, ReadingSolver>> = {
  'table-select': tableSelect,
  'table-join': tableJoin,
  'group-count': groupCount,
  'speaker-table': speakerTable,
  'mention-table': mentionTable,
  'excerpt-match': ({ excerpts }, { units }) => matched(excerpts, units, ({ id }) => id),
  'head-tail-match': headTailMatch,
  'source-cluster': sourceCluster,
  'rule-apply': ruleApply,
  'speaker-match': ({ quotes }, { units }) => matched(quotes, units, ({ speaker }) => speaker),
};
