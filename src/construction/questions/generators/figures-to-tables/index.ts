/**
 * @file T6: changes of rows without the report that they are of, or without the row: whose figures come to that change?
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { itemLines } from '../../views/lines.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import { figuresOfGrowth, type Growth, periodOf, wholeGrowths } from '../../views/tables/growths.ts';
import { contextTables, folded, listedTitles, proofsOf, told, yearSaid } from '../../views/tables/report-tables.ts';
import { linesDraft } from './lines.ts';
import { percentOf } from './percent.ts';
import { solve } from './solve.ts';
import { asked, change } from './wordings.ts';

const itemsAsked = 6;
const reportsAsked = { least: 3, most: 6 };
/** Changes of one row in two reports differ by this many percentage points. */
const leastGap = 0.5;

const titleOf = ({ from }: Growth): string => from.table.document.title;
const keyOf = ({ name, from, to }: Growth): string =>
  [folded(name), from.table.name, yearSaid(from.column), yearSaid(to.column)].join('\n');

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
  version: 6,
  task: 'T6',
  subtask: 'matching of derived figures to their sources',
  asks: 'Asks which of several reports, or which line of one, each of some changes comes from.',
  languages: ['en', 'zh'],
  scope: 'documents',
  least: 2048,
  reserve: 360,
  wordings: asked,
  contract: {
    en: 'After [Answer], write one line for each change, its number and what it belongs to, the title of the report or the name of the line alone, as in `1: name`.',
    zh: '请在[答案]后逐项写出编号和所属的报告标题或项目名（不写表名），每行一项，格式如“1: 名称”。',
  },
  places: (_, facts) => tablePlaces(facts),
  draw(context, random): QuestionDraft | string {
    const rows = sharedGrowths(context);
    const titles = [...new Set(rows.flatMap((growths) => growths.map(titleOf)))].slice(0, reportsAsked.most);
    const items = itemsOf(rows, random.shuffle(titles), random);
    if (items.length < itemsAsked) return linesDraft(context, random) ?? 'too few rows whose changes lie apart';
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
