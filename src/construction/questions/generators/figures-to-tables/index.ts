/**
 * @file T6: changes of rows that several reports have, without their report: which of them shows figures that come to that change?
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { itemLines } from '../../views/lines.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import { figuresOfGrowth, type Growth, periodOf, wholeGrowths } from '../../views/tables/growths.ts';
import { contextTables, folded, listedTitles, proofsOf, told, yearSaid } from '../../views/tables/report-tables.ts';
import { solve } from './solve.ts';
import { asked, change } from './wordings.ts';

const itemsAsked = 6;
const reportsAsked = { least: 3, most: 6 };
/** Changes of one row in two reports differ by this many percentage points. */
const leastGap = 0.5;

const titleOf = ({ from }: Growth): string => from.table.document.title;
const keyOf = ({ name, from, to }: Growth): string =>
  [folded(name), from.table.name, yearSaid(from.column), yearSaid(to.column)].join('\n');

/** With its sign and one decimal; undefined where that is half way between two. */
function percentOf({ percent }: Growth): string | undefined {
  const tenths = Math.abs(percent) * 10;
  if (Math.abs(tenths - Math.floor(tenths) - 0.5) < 0.02 || tenths < 1) return undefined;
  return `${percent > 0 ? '+' : '-'}${(Math.round(tenths) / 10).toFixed(1)}`;
}

/** Rows that several reports have for the same years, with what they did in each. */
function sharedGrowths(context: Context): Growth[][] {
  const byRow = new Map<string, Growth[]>();
  for (const table of contextTables(context)) {
    const period = periodOf(table);
    for (const growth of period === undefined ? [] : (wholeGrowths(period) ?? []))
      byRow.set(keyOf(growth), [...(byRow.get(keyOf(growth)) ?? []), growth]);
  }
  return [...byRow.values()].filter((growths) => {
    const apart = growths.every((a) => growths.every((b) => a === b || Math.abs(a.percent - b.percent) >= leastGap));
    return growths.length >= reportsAsked.least && apart;
  });
}

/** Items in turns from the reports, a row once. */
function itemsOf(rows: readonly Growth[][], titles: readonly string[], random: Random): Growth[] {
  const items: Growth[] = [];
  for (const growths of random.shuffle(rows)) {
    const counts = (title: string): number => items.filter((item) => titleOf(item) === title).length;
    const [next] = random
      .shuffle(growths.filter((growth) => titles.includes(titleOf(growth)) && percentOf(growth) !== undefined))
      .sort((a, b) => counts(titleOf(a)) - counts(titleOf(b)));
    if (next !== undefined && counts(titleOf(next)) < Math.ceil(itemsAsked / titles.length)) items.push(next);
    if (items.length === itemsAsked) break;
  }
  return random.shuffle(items);
}

export const figuresToTables: QuestionGenerator = {
  id: 'figures-to-tables',
  version: 3,
  task: 'T6',
  subtask: 'matching of derived figures to their sources',
  asks: 'Asks which of several reports each of six changes comes from.',
  languages: ['en', 'zh'],
  scope: 'documents',
  least: 6144,
  reserve: 320,
  wordings: asked,
  contract: {
    en: 'After [Answer], write one line for each change, its number and the title of the report, as in `1: title`.',
    zh: '请在[答案]后逐项写出编号和报告标题，每行一项，格式如“1: 标题”。',
  },
  places: (_, facts) => tablePlaces(facts),
  draw(context, random): QuestionDraft | string {
    const rows = sharedGrowths(context);
    const titles = [...new Set(rows.flatMap((growths) => growths.map(titleOf)))].slice(0, reportsAsked.most);
    const items = itemsOf(rows, random.shuffle(titles), random);
    if (items.length < itemsAsked) return 'too few rows that three reports have';
    const { language } = context;
    const lines = items.map((item) => {
      const { name, from, to } = item;
      const years = { from: yearSaid(from.column), to: yearSaid(to.column) };
      return change.say(language, { row: name, table: from.table.name, percent: percentOf(item) ?? '', ...years });
    });
    return {
      slots: { titles: listedTitles(random.shuffle(titles), language), items: itemLines(lines) },
      gold: items.map((item, i) => `${i + 1}: ${titleOf(item)}`),
      rationale: items.map((item) => `${titleOf(item)}: ${figuresOfGrowth(item).map(told).join('; ')}`).join('\n'),
      proof: proofsOf(items.flatMap(figuresOfGrowth)),
    };
  },
  solve,
};
