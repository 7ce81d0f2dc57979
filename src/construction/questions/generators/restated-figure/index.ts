/**
 * @file T4: by how much a newer report restates a figure of an older one. The row is not told: it is the one that was changed most, and the
 * tables have to be compared to find it.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { asStated, exact, minus } from '../../views/exact.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import {
  alike,
  columnOfYear,
  contextTables,
  type Figure,
  figureAt,
  isCalledTotal,
  isPlainTotal,
  listed,
  proofsOf,
  type ReportTable,
  rowNamed,
  sameIssuer,
  sameUnit,
  told,
  yearSaid,
  yearsOf,
} from '../../views/tables/report-tables.ts';
import { isAccount } from '../../views/tables/row-kinds.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

/** A row of the same year in two reports. */
interface Twice {
  readonly older: Figure;
  readonly newer: Figure;
}

interface Compared {
  readonly one: ReportTable;
  readonly other: ReportTable;
  readonly year: number;
  readonly rows: readonly Twice[];
}

/** The greatest change is this many times the next. */
const leastLead = 1.1;

const size = ({ older, newer }: Twice): number => Math.abs(newer.number - older.number);

/** The rows of a year that both tables have; none where a row lacks its figure, or the tables differ in unit. */
function rowsOf(one: ReportTable, other: ReportTable, year: number): Twice[] {
  const [a, b] = [columnOfYear(one, year), columnOfYear(other, year)];
  const [left, right] = [one.columns[a ?? -1], other.columns[b ?? -1]];
  if (a === undefined || b === undefined || left === undefined || right === undefined || !sameUnit(left, right))
    return [];
  if (yearSaid(left) !== yearSaid(right)) return [];
  const shared = one.rows.filter((row) => !isPlainTotal(row) && rowNamed(other, row.name) !== undefined);
  const rows = shared.flatMap((row): Twice[] => {
    const line = rowNamed(other, row.name);
    const [older, newer] = [figureAt(one, row, a), line === undefined ? undefined : figureAt(other, line, b)];
    return older === undefined || newer === undefined ? [] : [{ older, newer }];
  });
  return rows.length === shared.length ? rows : [];
}

function pairsOf(tables: readonly ReportTable[]): Compared[] {
  return tables.flatMap((one) =>
    tables.flatMap((other): Compared[] => {
      if (!alike(one, other) || one.name !== other.name || !sameIssuer(one.document, other.document)) return [];
      // In a statement of profits every other row sums up those above it, whatever it is called.
      if (one.unlike || other.unlike || isAccount(one)) return [];
      // The newer report is the one that goes on further.
      if ((yearsOf(one).at(-1) ?? 0) >= (yearsOf(other).at(-1) ?? 0)) return [];
      return yearsOf(one).flatMap((year) => {
        const rows = rowsOf(one, other, year);
        return rows.length === 0 ? [] : [{ one, other, year, rows }];
      });
    }),
  );
}

/** What can be put into one question: the same reports, year, unit and scale. */
function groupOf({ one, other, year, rows: [first] }: Compared): string {
  const { unit = '', scale = '' } = first?.older.column ?? {};
  return [one.document.title, other.document.title, year, unit, scale].join('\n');
}

interface Restated {
  readonly tables: readonly Compared[];
  readonly top: Twice;
}

function restatements(context: Context, random: Random): Restated[] {
  const pairs = pairsOf(contextTables(context));
  return [...new Set(pairs.map(groupOf))].flatMap((group): Restated[] => {
    const own = random.shuffle(pairs.filter((pair) => groupOf(pair) === group));
    return [1, 2, 3].flatMap((count): Restated[] => {
      const tables = own.slice(0, count);
      const order = tables.flatMap(({ rows }) => rows).sort((a, b) => size(b) - size(a));
      const [top, next] = order;
      if (top === undefined || size(top) === 0 || tables.length < count) return [];
      // Readers may differ on what is a total: such a row may be restated, but not most.
      if (top.older.row.total || isCalledTotal(top.older.row)) return [];
      return next === undefined || size(top) >= leastLead * size(next) ? [{ tables, top }] : [];
    });
  });
}

const proofOf = ({ tables }: Restated): Proof[] =>
  proofsOf(tables.flatMap(({ rows }) => rows.flatMap(({ older, newer }) => [older, newer])));

export const restatedFigure: QuestionGenerator = {
  id: 'restated-figure',
  version: 6,
  task: 'T4',
  subtask: 'consistency between sources',
  asks: 'Asks by how much a newer report restates the figure of an older one that it changes most.',
  languages: ['en', 'zh'],
  scope: 'documents',
  least: 4096,
  reserve: 160,
  turns: 2,
  wordings: asked,
  places: (_, facts) => tablePlaces(facts),
  draw(context, random): QuestionDraft | string {
    const all = random.shuffle(restatements(context, random));
    const [found] = spreadFirst(all, (restated) => spreadOf(context, proofOf(restated)));
    const [first] = found?.tables ?? [];
    if (found === undefined || first === undefined) return 'no figure that a newer report restates';
    const { top, tables } = found;
    const gold = asStated(minus(exact(top.newer.number), exact(top.older.number)));
    if (gold === undefined) return 'a change without end';
    return {
      slots: {
        year: yearSaid(top.older.column),
        tables: listed(
          tables.map(({ one }) => one.name),
          context.language,
        ),
        one: first.one.document.title,
        other: first.other.document.title,
      },
      gold: [gold],
      rationale: `${told(top.older)}; ${told(top.newer)}`,
      proof: [...proofsOf([top.newer, top.older]), ...proofOf(found)],
    };
  },
  solve,
};
