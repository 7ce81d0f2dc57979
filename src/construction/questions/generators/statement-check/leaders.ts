/** @file Four statements on one table: which row leads those that a condition on another column leaves. */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft } from '../../question.ts';
import { optionLines } from '../../views/lines.ts';
import { countedRows, drawFigures, type Filter, filtersOf, kindsOf, whereOf } from '../../views/tables/filters.ts';
import { type Figure, proofsOf, type ReportTable, told } from '../../views/tables/report-tables.ts';
import { scopes, statements } from './wordings.ts';

const optionCount = 4;
/** Rows that a condition leaves. */
const leastLeft = 3;
/** The first is ahead of the second by this share. */
const leastLead = 0.005;
/** Pairs of a condition and a column that are looked at. */
const tries = 40;
/** Lines that a bound can set some apart of. */
const leastRows = 5;

/** The rows that a condition leaves in the order of another column. */
interface Race {
  readonly filter: Filter;
  readonly column: string;
  readonly order: readonly Figure[];
}

function raceOf(table: ReportTable, filter: Filter, random: Random): Race[] {
  const order = drawFigures(filter, table, random)?.toSorted((a, b) => b.number - a.number) ?? [];
  const [first, second] = order;
  if (first === undefined || second === undefined || order.length < leastLeft) return [];
  if (first.number - second.number <= leastLead * Math.abs(first.number)) return [];
  return [{ filter, column: first.column.header, order }];
}

/** Four races, of as many columns as there are. */
function racesOf(table: ReportTable, context: Context, random: Random): Race[] {
  // Of four lines nobody sets some apart by a bound.
  const fitting = countedRows(table).length < leastRows ? kindsOf : filtersOf;
  const filters = random.sample(fitting(table, context.language), tries);
  const all = filters.flatMap((filter) => raceOf(table, filter, random));
  const leaders = all.filter((race, i) => all.findIndex(({ column }) => column === race.column) === i);
  const rest = all.filter((race) => !leaders.includes(race));
  return [...leaders, ...rest].slice(0, optionCount);
}

/** A quiz on one table; undefined where none has rows enough. */
export function leaderQuiz(
  tables: readonly ReportTable[],
  context: Context,
  random: Random,
): QuestionDraft | undefined {
  for (const table of random.shuffle(tables)) {
    const races = random.shuffle(racesOf(table, context, random));
    if (races.length < optionCount) continue;
    const right = random.integer(0, optionCount - 1);
    const options = races.map(({ filter, column, order }, i) => {
      const row = (i === right ? order[0] : order[1])?.row.name ?? '';
      return statements.leads.say(context.language, { condition: filter.said, row, column });
    });
    const looked = races.flatMap(({ filter, order }) => [...order, ...filter.looked]);
    return {
      slots: {
        scope: scopes.leads.say(context.language, { where: whereOf(table, context.language) }),
        options: optionLines(options),
      },
      gold: [String.fromCharCode(65 + right)],
      rationale: races.map(({ filter, order }) => `${filter.said}: ${order.map(told).join('; ')}`).join('\n'),
      proof: proofsOf(looked),
    };
  }
  return undefined;
}
