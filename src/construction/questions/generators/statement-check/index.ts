/**
 * @file T2: which of four statements is true; each compares what two rows did, in tables of one report, or one row in the reports of two, or says
 * which row comes first in a column. False ones have the direction of real figures turned round, or name the second.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import {
  figuresOfGrowth,
  type Growth,
  growthsOf,
  isTelling,
  type Period,
  periodOf,
  saidYears,
  yearsKey,
  yearsOfGrowth,
} from '../../views/tables/growths.ts';
import { calledRow, contextTables, folded, proofsOf, reportTables, told } from '../../views/tables/report-tables.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { leaderQuiz } from './leaders.ts';
import { solve } from './solve.ts';
import { asked, reportMoves, rowMoves, scopes } from './wordings.ts';

const optionCount = 4;
/** Growths that are compared differ by this many percentage points. */
const leastGap = 1;

/** A row that hardly moved neither rose nor fell, in percent. */
const leastMove = 0.5;
/** Tables that four statements are drawn from. */
const leastTables = 2;

/** What two rows did; the first rose or fell by more, or rose where the other fell. */
interface Comparison {
  readonly move: keyof typeof rowMoves;
  readonly first: Growth;
  readonly second: Growth;
}

interface Quiz {
  readonly kind: 'rows' | 'reports';
  readonly scope: Readonly<Record<string, string>>;
  readonly comparisons: readonly Comparison[];
}

const tableOf = ({ from }: Growth): string => from.table.name;
const documentOf = ({ from }: Growth): string => from.table.document.title;

function compared(a: Growth, b: Growth): Comparison[] {
  const [first, second] = Math.abs(a.percent) > Math.abs(b.percent) ? [a, b] : [b, a];
  if (Math.abs(a.percent - b.percent) < leastGap || Math.abs(second.percent) < leastMove) return [];
  if (a.percent > 0 !== b.percent > 0)
    return [a.percent > 0 ? { move: 'turn', first: a, second: b } : { move: 'turn', first: b, second: a }];
  return [{ move: a.percent > 0 ? 'rise' : 'fall', first, second }];
}

/** What is left over is set against nothing. */
const isRest = /^(?:others?|miscellaneous|rest|其他|其它|其余)$/i;

/** Two rows of one table whose growths are near each other, and yet apart. */
function nearPair(period: Period, used: ReadonlySet<string>, random: Random): Comparison[] {
  const growths = random.shuffle(
    growthsOf(period).filter((one) => isTelling(one) && !isRest.test(one.name) && !used.has(folded(one.name))),
  );
  return growths.slice(0, 1).flatMap((a) => {
    const apart = ({ percent }: Growth): number => Math.abs(percent - a.percent);
    const [b] = growths.filter((other) => other !== a && apart(other) >= leastGap).sort((x, y) => apart(x) - apart(y));
    return b === undefined ? [] : compared(a, b);
  });
}

/** A pair of rows in each of four tables of one report. */
function ofRows(context: Context, random: Random): Quiz[] {
  return context.documents.flatMap((document): Quiz[] => {
    const periods = reportTables(document).flatMap((table) => periodOf(table) ?? []);
    const [seed] = random.sample(periods, 1);
    if (seed === undefined) return [];
    const own = random.shuffle(periods.filter((period) => yearsKey(period) === yearsKey(seed)));
    const used = new Set<string>();
    const comparisons: Comparison[] = [];
    // Of few tables some are asked about twice.
    for (const period of [...own, ...own, ...own, ...own])
      for (const pair of comparisons.length < optionCount ? nearPair(period, used, random) : []) {
        for (const { name } of [pair.first, pair.second]) used.add(folded(name));
        comparisons.push(pair);
      }
    if (new Set(comparisons.map(({ first }) => tableOf(first))).size < leastTables) return [];
    return [{ kind: 'rows', scope: { document: document.title, ...saidYears(seed) }, comparisons }];
  });
}

/** One row each in the reports of two bodies. */
function ofReports(context: Context, random: Random): Quiz[] {
  const growths = contextTables(context).flatMap((table) => {
    const period = periodOf(table);
    return period === undefined ? [] : growthsOf(period).filter(isTelling);
  });
  const [seed] = random.sample(growths, 1);
  if (seed === undefined) return [];
  const years = yearsOfGrowth(seed);
  const own = growths.filter((growth) => {
    const { from, to } = yearsOfGrowth(growth);
    return from === years.from && to === years.to;
  });
  const pairs = random.shuffle(own).flatMap((a) => {
    const other = own.find(
      (b) => documentOf(b) !== documentOf(a) && tableOf(b) === tableOf(a) && folded(b.name) === folded(a.name),
    );
    return other === undefined ? [] : compared(a, other);
  });
  const comparisons = pairs
    .filter(({ first }, i) => pairs.findIndex((pair) => folded(pair.first.name) === folded(first.name)) === i)
    .slice(0, optionCount);
  return [{ kind: 'reports', scope: years, comparisons }];
}

const calledIn = ({ name, from: { table } }: Growth): string => calledRow(table, name);

/** What is said of two rows in this order. */
function said(kind: Quiz['kind'], { language }: Context, move: Comparison['move'], [one, other]: Pair): string {
  const table = tableOf(one);
  return kind === 'rows'
    ? rowMoves[move].say(language, { one: calledIn(one), other: calledIn(other), table })
    : reportMoves[move].say(language, { row: calledIn(one), table, one: documentOf(one), other: documentOf(other) });
}

type Pair = readonly [Growth, Growth];

const proofOf = (comparisons: readonly Comparison[]): Proof[] =>
  proofsOf(comparisons.flatMap(({ first, second }) => [...figuresOfGrowth(first), ...figuresOfGrowth(second)]));

export const statementCheck: QuestionGenerator = {
  id: 'statement-check',
  version: 6,
  task: 'T2',
  subtask: 'evidence integration over several tables',
  asks: 'Asks which of four statements is true: on what rows did, over several tables or reports, or on which comes first in a column.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 320,
  wordings: asked,
  places: (_, facts) => tablePlaces(facts),
  draw(context, random): QuestionDraft | string {
    const all = [1, 2, 3].flatMap(() => [...ofRows(context, random), ...ofReports(context, random)]);
    const full = random.shuffle(all).filter(({ comparisons }) => comparisons.length === optionCount);
    const [quiz] = spreadFirst(full, ({ comparisons }) => spreadOf(context, proofOf(comparisons)));
    if (quiz === undefined)
      return leaderQuiz(context, random) ?? 'too few figures of several tables that differ clearly';
    const { kind, scope } = quiz;
    const comparisons = random.shuffle(quiz.comparisons);
    const right = random.integer(0, optionCount - 1);
    const options = comparisons.map(({ move, first, second }, i) =>
      said(kind, context, move, i === right ? [first, second] : [second, first]),
    );
    return {
      slots: { scope: scopes[kind].say(context.language, scope), options: optionLines(options) },
      gold: [letterOf(right)],
      rationale: comparisons
        .map(
          ({ first, second }) =>
            `${[first, second].map((growth) => `${figuresOfGrowth(growth).map(told).join(', ')}: ${growth.percent.toFixed(1)} %`).join('; ')}`,
        )
        .join('\n'),
      proof: proofOf(comparisons),
    };
  },
  solve,
};
