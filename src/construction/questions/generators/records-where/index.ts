/**
 * @file T3: all documents of one kind that meet two conditions at once, each on a field of its own. Those that meet one of them are the near
 * misses.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionGenerator } from '../../question.ts';
import {
  boundBetween,
  type DataRow,
  type DataTable,
  figureColumns,
  recordPlaces,
  recordTable,
  related,
} from '../../views/tables/data-table.ts';
import { nounOf, saidField } from '../../views/tables/entries.ts';
import { solve } from './solve.ts';
import { asked, conditions } from './wordings.ts';

const answers = { least: 3, most: 20 };
/** Of the documents with both fields, at most so many may be right: naming all would pay. */
const mostRight = 0.45;

interface Condition {
  readonly column: number;
  readonly kind: 'above' | 'below';
  /** With its unit. */
  readonly bound: string;
  readonly holds: (row: DataRow) => boolean;
}

/** A round bound between two of the documents' figures. */
function condition(
  table: DataTable,
  column: number,
  language: Context['language'],
  random: Random,
): Condition | undefined {
  const rows = table.rows.filter(({ cells }) => cells[column]?.number !== undefined);
  const ordered = rows.map(({ cells }) => cells[column]?.number ?? 0).sort((a, b) => a - b);
  const at = Math.floor(ordered.length * (0.25 + 0.5 * random.next()));
  const bound = boundBetween(table, column, [ordered[at - 1] ?? 0, ordered[at] ?? 0], language);
  if (bound === undefined || rows.length < 4) return undefined;
  const { number } = bound;
  const kind = random.pick(['above', 'below'] as const);
  const holds = ({ cells }: DataRow): boolean => {
    const own = cells[column]?.number;
    return own !== undefined && (kind === 'above' ? own > number : own < number);
  };
  return { column, kind, bound: bound.text, holds };
}

export const recordsWhere: QuestionGenerator = {
  id: 'records-where',
  version: 3,
  task: 'T3',
  subtask: 'rule or condition detection over documents',
  asks: 'Asks for every document that meets two conditions on its figures.',
  languages: ['en', 'zh'],
  scope: 'documents',
  several: { least: 5, most: 24, each: 80 },
  least: 2048,
  reserve: 120,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the name of each as its heading has it, one on each line.',
    zh: '请在[答案]后按文档标题写出所有符合的名称，每行一个。',
  },
  places: recordPlaces,
  draw(context, random) {
    const table = recordTable(context.documents);
    if (typeof table === 'string') return table;
    const columns = random.shuffle(figureColumns(table));
    for (const a of columns)
      for (const b of columns) {
        if (a >= b || !related(table, a, b)) continue;
        const [one, two] = [
          condition(table, a, context.language, random),
          condition(table, b, context.language, random),
        ];
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
          conditions[kind].say(context.language, { field: saidField(table.columns[column]?.header ?? ''), bound });
        return {
          slots: { nouns: nounOf(context.documents, context.language).many, one: say(one), two: say(two) },
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
