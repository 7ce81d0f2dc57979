/** @file Changes of lines of one report, to be matched with the lines that they are of. */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft } from '../../question.ts';
import { itemLines } from '../../views/lines.ts';
import {
  figuresOfGrowth,
  type Growth,
  isTelling,
  periodOf,
  wholeGrowths,
  yearsOfGrowth,
} from '../../views/tables/growths.ts';
import { calledRow, folded, proofsOf, reportTables, told } from '../../views/tables/report-tables.ts';
import { percentOf } from './percent.ts';
import { bare, line } from './wordings.ts';

/** Changes that are asked about, and lines to choose from. */
const asked = { least: 4, most: 6 };
const mostLines = 10;
/** Two changes differ by this many percentage points. */
const leastGap = 0.5;

const period = (growth: Growth): string => {
  const { from, to } = yearsOfGrowth(growth);
  return `${from}\n${to}`;
};

/** Growths that no other of them is near, a name once. */
function apart(growths: readonly Growth[]): Growth[] {
  const kept: Growth[] = [];
  for (const growth of growths) {
    const fits = kept.every(
      ({ name, percent }) => folded(name) !== folded(growth.name) && Math.abs(percent - growth.percent) >= leastGap,
    );
    if (fits && percentOf(growth) !== undefined) kept.push(growth);
  }
  return kept;
}

/** The lines of one report that tell the same two years. */
function groupsOf(context: Context): Growth[][] {
  return context.documents.flatMap((document) => {
    const all = reportTables(document).flatMap((table) => {
      const own = periodOf(table);
      return own === undefined ? [] : (wholeGrowths(own) ?? []).filter(isTelling);
    });
    return [...new Set(all.map(period))].map((years) => all.filter((growth) => period(growth) === years));
  });
}

/** A question over the lines of one report; undefined where none has enough. */
export function linesDraft(context: Context, random: Random): QuestionDraft | undefined {
  const { language } = context;
  for (const group of random.shuffle(groupsOf(context))) {
    const choices = apart(random.shuffle(group)).slice(0, mostLines);
    const items = choices.slice(0, Math.min(asked.most, choices.length - 1));
    const [first] = items;
    if (first === undefined || items.length < asked.least) continue;
    const lines = random.shuffle(choices).map(({ name, from: { table } }) => {
      return `- ${line.say(language, { row: calledRow(table, name), table: table.name })}`;
    });
    return {
      slots: {
        document: first.from.table.document.title,
        ...yearsOfGrowth(first),
        lines: lines.join('\n'),
        items: itemLines(items.map((item) => bare.say(language, { percent: percentOf(item) ?? '' }))),
      },
      gold: items.map(({ name, from: { table } }, i) => `${i + 1}: ${calledRow(table, name)}`),
      rationale: items.map((item) => figuresOfGrowth(item).map(told).join('; ')).join('\n'),
      proof: proofsOf(choices.flatMap(figuresOfGrowth)),
    };
  }
  return undefined;
}
