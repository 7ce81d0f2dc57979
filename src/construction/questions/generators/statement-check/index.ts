/**
 * @file T2: which of four statements is true; each compares two growths that no table states, of rows of two tables or of one row in the reports
 * of two. False ones have the direction of real figures turned round.
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
import { contextTables, folded, proofsOf, reportTables, told } from '../../views/tables/report-tables.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { leaderQuiz } from './leaders.ts';
import { solve } from './solve.ts';
import { asked, scopes, statements } from './wordings.ts';

const optionCount = 4;
/** Growths that are compared differ by this many percentage points. */
const leastGap = 1;

/** Two growths, the greater one first. */
interface Comparison {
  readonly more: Growth;
  readonly less: Growth;
}

interface Quiz {
  readonly kind: 'rows' | 'reports';
  readonly scope: Readonly<Record<string, string>>;
  readonly comparisons: readonly Comparison[];
}

const tableOf = ({ from }: Growth): string => from.table.name;
const documentOf = ({ from }: Growth): string => from.table.document.title;

const compared = (a: Growth, b: Growth): Comparison[] =>
  Math.abs(a.percent - b.percent) < leastGap
    ? []
    : [a.percent > b.percent ? { more: a, less: b } : { more: b, less: a }];

/** Two rows of one table whose growths are near each other, and yet apart. */
function nearPair(period: Period, used: ReadonlySet<string>, random: Random): Comparison[] {
  const growths = random.shuffle(growthsOf(period).filter((one) => isTelling(one) && !used.has(folded(one.name))));
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
        for (const { name } of [pair.more, pair.less]) used.add(folded(name));
        comparisons.push(pair);
      }
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
    .filter(({ more }, i) => pairs.findIndex((pair) => folded(pair.more.name) === folded(more.name)) === i)
    .slice(0, optionCount);
  return [{ kind: 'reports', scope: years, comparisons }];
}

/** What is said of two growths in this order. */
function said(kind: Quiz['kind'], { language }: Context, one: Growth, other: Growth): string {
  const two = { one: one.name, other: other.name, table: tableOf(one) };
  if (kind === 'rows') return statements.rows.say(language, two);
  const row = { row: one.name, table: tableOf(one), one: documentOf(one), other: documentOf(other) };
  return statements.reports.say(language, row);
}

const proofOf = (comparisons: readonly Comparison[]): Proof[] =>
  proofsOf(comparisons.flatMap(({ more, less }) => [...figuresOfGrowth(more), ...figuresOfGrowth(less)]));

export const statementCheck: QuestionGenerator = {
  id: 'statement-check',
  version: 5,
  task: 'T2',
  subtask: 'evidence integration over several tables',
  asks: 'Asks which of four comparisons of growths, over several tables or reports, or of four leaders among rows of one table, is true.',
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
      return leaderQuiz(contextTables(context), context, random) ?? 'too few growths that differ clearly';
    const { kind, scope } = quiz;
    const comparisons = random.shuffle(quiz.comparisons);
    const right = random.integer(0, optionCount - 1);
    const options = comparisons.map(({ more, less }, i) =>
      i === right ? said(kind, context, more, less) : said(kind, context, less, more),
    );
    return {
      slots: { scope: scopes[kind].say(context.language, scope), options: optionLines(options) },
      gold: [letterOf(right)],
      rationale: comparisons
        .map(
          ({ more, less }) =>
            `${[more, less].map((growth) => `${figuresOfGrowth(growth).map(told).join(', ')}: ${growth.percent.toFixed(1)} %`).join('; ')}`,
        )
        .join('\n'),
      proof: proofOf(comparisons),
    };
  },
  solve,
};
