/**
 * @file T4: a figure that no cell states, reckoned from cells of the tables of a document: what rows grew by together, how far two growths are
 * apart, how a share of the total changed.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { approximate, asStated, exact, minus, rounded } from '../../views/exact.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import {
  type Growth,
  growthsOf,
  isBalance,
  isTelling,
  periodOf,
  yearsOfGrowth as years,
} from '../../views/tables/growths.ts';
import {
  columnOfYear,
  isPart,
  listed,
  proofsOf,
  type ReportTable,
  reportTables,
  sameUnit,
  told,
  yearSaid,
} from '../../views/tables/report-tables.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { ofColumns } from './columns.ts';
import { growthIn, percentOf, type Reckoned, wholeOf, wholeSaid } from './reckoned.ts';
import { solve } from './solve.ts';
import { asked, whats, withFall } from './wordings.ts';

/** Rows that are taken together. */
const together = { least: 2, most: 3 };
/** A change of a share that rounding does not make nothing of, in percentage points. */
const leastPoints = 0.2;

/** Share of the questions that may be on two lines of one column. */
const plainShare = 0.2;

const telling = (table: ReportTable): Growth[] => {
  const period = periodOf(table);
  return period === undefined ? [] : growthsOf(period).filter(isTelling);
};

/** Whether rows of a table are of one kind, so that some of them can be taken together: parts of its total, or with no balance among them. */
function addsUp(table: ReportTable): boolean {
  const period = periodOf(table);
  if (table.rows.some(({ name }) => isBalance(name)) || period === undefined) return false;
  return (
    table.rows.every(({ total }) => !total) || wholeOf(table, columnOfYear(table, period.from) ?? -1) !== undefined
  );
}

function combinedGrowth(table: ReportTable, random: Random, context: Context): Reckoned[] {
  const growths = telling(table);
  const [first] = growths;
  if (first === undefined || table.unlike || first.from.column.unit === undefined) return [];
  if (growths.length <= together.least || !addsUp(table)) return [];
  const rows = random.sample(growths, random.integer(together.least, Math.min(together.most, growths.length - 1)));
  const [from, to] = [rows.map((row) => row.from), rows.map((row) => row.to)];
  const slots = {
    rows: listed(
      rows.map(({ name }) => name),
      context.language,
    ),
    table: table.name,
    ...years(first),
  };
  return [{ kind: 'growth', slots, value: growthIn(from, to), figures: [...from, ...to] }];
}

/** Whether a total is of what is held or owed at a time, and not of what came and went in one. */
const isHeld = ({ name, from }: Growth): boolean =>
  /assets?\b|liabilit|equity|balance sheet|资产|负债|权益/i.test(`${name} ${from.table.name}`);

/** Rows of one table, or the totals of two. */
function growthsApart(tables: readonly ReportTable[], random: Random, { language }: Context): Reckoned[] {
  const totals = tables.flatMap((table) => {
    const period = periodOf(table);
    return (period === undefined ? [] : growthsOf(period)).filter(({ total }) => total);
  });
  const [seed] = random.sample(totals, 1);
  // People do not set money against cases, nor what was spent against what is owed.
  const like = totals.filter(
    (one) =>
      seed !== undefined &&
      one.to.column.unit !== undefined &&
      sameUnit(one.to.column, seed.to.column) &&
      isHeld(one) === isHeld(seed),
  );
  const alike = tables.filter((table) => !table.unlike && !table.rows.some(({ name }) => isBalance(name)));
  const pairs = [random.sample(like, 2), ...alike.map((table) => random.sample(telling(table), 2))];
  return pairs.flatMap(([a, b]): Reckoned[] => {
    if (a === undefined || b === undefined || years(a).from !== years(b).from || years(a).to !== years(b).to) return [];
    const [more, less] = a.percent > b.percent ? [a, b] : [b, a];
    const [one, other] = [growthIn([more.from], [more.to]), growthIn([less.from], [less.to])];
    if (one === undefined || other === undefined || more.percent - less.percent < leastPoints) return [];
    const named = {
      one: more.name,
      oneTable: more.from.table.name,
      other: less.name,
      otherTable: less.from.table.name,
    };
    const figures = [more.from, more.to, less.from, less.to];
    const kind = named.oneTable === named.otherTable ? 'apart' : 'totals';
    // Of two falls nobody says which grew more.
    if (more.percent <= 0) return [];
    const wholes = { one: wholeSaid(more.from, language), other: wholeSaid(less.from, language) };
    return [
      {
        kind,
        slots: { ...named, ...(kind === 'totals' ? wholes : {}), ...years(a) },
        value: minus(one, other),
        figures,
        falls: less.percent < 0,
      },
    ];
  });
}

function shareChange(table: ReportTable, random: Random, { language }: Context): Reckoned[] {
  const period = periodOf(table);
  if (period === undefined) return [];
  const [a, b] = [period.from, period.to].map((year) => wholeOf(table, columnOfYear(table, year) ?? -1));
  if (a === undefined || b === undefined) return [];
  return random.sample(a.parts, 2).flatMap((part): Reckoned[] => {
    const later = b.parts.find(({ row }) => row === part.row);
    if (later === undefined || isPart(part.row.name) || part.number === 0) return [];
    const shares = [
      percentOf(exact(part.number), exact(a.total.number)),
      percentOf(exact(later.number), exact(b.total.number)),
    ];
    const [before, after] = shares;
    if (before === undefined || after === undefined) return [];
    const value = minus(after, before);
    if (Math.abs(approximate(value)) < leastPoints) return [];
    const slots = {
      row: part.row.name,
      whole: wholeSaid(a.total, language),
      table: table.name,
      from: yearSaid(a.total.column),
      to: yearSaid(b.total.column),
    };
    return [{ kind: 'share', slots, value, figures: [part, a.total, later, b.total] }];
  });
}

function reckonings(context: Context, random: Random): (Reckoned & { readonly document: string })[] {
  return context.documents.flatMap((document) => {
    const tables = reportTables(document);
    const all = [
      ...growthsApart(tables, random, context),
      ...tables.flatMap((table) => [
        ...combinedGrowth(table, random, context),
        ...shareChange(table, random, context),
        ...ofColumns(table, random, context.language),
      ]),
    ];
    return all.map((one) => ({ ...one, document: document.title }));
  });
}

export const tableCalculation: QuestionGenerator = {
  id: 'table-calculation',
  version: 6,
  task: 'T4',
  subtask: 'single-document table calculation',
  asks: 'Asks for a growth, the difference of two growths or figures, a share of the total or its change, a ratio, a sum or an average over rows of one kind, from the tables of a document.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 384,
  reserve: 120,
  turns: 2,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the number alone, without a percent sign or unit.',
    zh: '请在[答案]后只写数字，不写百分号和单位。',
  },
  places: (_, facts) => tablePlaces(facts),
  draw(context, random): QuestionDraft | string {
    const shuffled = random.shuffle(Object.keys(whats) as (keyof typeof whats)[]);
    // What one line less another comes to is asked where nothing else can be, and now and then.
    const isPlain = (kind: keyof typeof whats): boolean => kind === 'difference' || kind === 'times';
    const kinds = random.chance(plainShare)
      ? shuffled
      : [...shuffled.filter((kind) => !isPlain(kind)), ...shuffled.filter(isPlain)];
    const all = random.shuffle(reckonings(context, random));
    // Kinds take turns: of some every table has several.
    const inTurn = kinds.flatMap((kind) => all.filter((one) => one.kind === kind).slice(0, 2));
    for (const one of spreadFirst(inTurn, ({ figures }) => spreadOf(context, proofsOf(figures)))) {
      const { kind, slots, value, figures, decimals = 1, falls = false } = one;
      const gold = value && (decimals === 'stated' ? asStated(value) : rounded(value, decimals));
      if (gold === undefined || Number(gold) === 0) continue;
      const what = whats[kind].say(context.language, slots);
      return {
        slots: { document: one.document, what: falls ? withFall.say(context.language, { what }) : what },
        gold: [gold],
        rationale: figures.map(told).join('; '),
        proof: proofsOf(figures),
      };
    }
    return 'no table whose figures can be reckoned with';
  },
  solve,
};
