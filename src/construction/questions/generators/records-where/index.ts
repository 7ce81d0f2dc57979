/**
 * @file T3: all documents of one kind that meet two conditions at once, each on a field of its own. Those that meet one of them are the near
 * misses.
 */
import type { Random } from '../../../../random.ts';
import type { QuestionGenerator } from '../../question.ts';
import {
  type DataRow,
  type DataTable,
  figureColumns,
  recordPlaces,
  recordTable,
} from '../../views/tables/data-table.ts';
import { solve } from './solve.ts';
import { asked, conditions } from './wordings.ts';

const answers = { least: 2, most: 20 };
/** Of the documents with both fields, at most so many may be right: naming all would pay. */
const mostRight = 0.45;

interface Condition {
  readonly column: number;
  readonly kind: 'above' | 'below';
  /** As a document states it. */
  readonly bound: string;
  readonly holds: (row: DataRow) => boolean;
}

/** A bound that lies at one of the documents' own figures, so that the one it is taken from does not meet it. */
function condition(table: DataTable, column: number, random: Random): Condition | undefined {
  const rows = table.rows.filter(({ cells }) => cells[column]?.number !== undefined);
  const ordered = [...rows].sort((a, b) => (a.cells[column]?.number ?? 0) - (b.cells[column]?.number ?? 0));
  const cut = ordered[Math.floor(ordered.length * (0.3 + 0.4 * random.next()))]?.cells[column];
  if (cut?.number === undefined || rows.length < 4) return undefined;
  const { number } = cut;
  const kind = random.pick(['above', 'below'] as const);
  const holds = ({ cells }: DataRow): boolean => {
    const own = cells[column]?.number;
    return own !== undefined && (kind === 'above' ? own > number : own < number);
  };
  // What stands beside the figure, a year or a note, is not part of the bound.
  const bound = cut.value.replace(/ \([^)]*\)$/, '');
  return { column, kind, bound, holds };
}

export const recordsWhere: QuestionGenerator = {
  id: 'records-where',
  version: 1,
  task: 'T3',
  subtask: 'rule or condition detection over documents',
  asks: 'Asks for every document that meets two conditions on its figures.',
  languages: ['en', 'zh'],
  scope: 'documents',
  least: 2048,
  reserve: 120,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the title of every such document, one on each line.',
    zh: '请在[答案]后写出所有符合的文档标题，每行一个。',
  },
  places: recordPlaces,
  draw(context, random) {
    const table = recordTable(context.documents, '');
    if (table === undefined) return 'the documents have too few fields in common';
    const columns = random.shuffle(figureColumns(table));
    for (const a of columns)
      for (const b of columns) {
        if (a >= b) continue;
        const [one, two] = [condition(table, a, random), condition(table, b, random)];
        if (one === undefined || two === undefined) continue;
        const stating = table.rows.filter(
          ({ cells }) => cells[a]?.number !== undefined && cells[b]?.number !== undefined,
        );
        const right = stating.filter((row) => one.holds(row) && two.holds(row));
        const near = stating.filter((row) => one.holds(row) !== two.holds(row));
        if (
          right.length < answers.least ||
          right.length > answers.most ||
          right.length > mostRight * stating.length ||
          near.length < 2
        )
          continue;
        const say = ({ column, kind, bound }: Condition): string =>
          conditions[kind].say(context.language, { field: table.columns[column]?.header ?? '', bound });
        return {
          slots: { one: say(one), two: say(two) },
          gold: right.map(({ name }) => name),
          rationale: right.map(({ name, cells }) => `${name}: ${cells[a]?.value}; ${cells[b]?.value}`).join('\n'),
          // Every document has to be looked at.
          proof: [...right, ...stating.filter((row) => !right.includes(row))].flatMap(({ cells }) =>
            [cells[a]?.proof ?? [], cells[b]?.proof ?? []].flat(),
          ),
        };
      }
    return 'no two conditions that a few documents meet';
  },
  solve,
};
