/** @file Four statements on the tables of one document: which row comes first or last in a column. */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { comparable, comparableColumns, countedRows, extremeSaid, isAlone } from '../../views/tables/filters.ts';
import { areOneVariable } from '../../views/tables/one-variable.ts';
import { type Figure, proofsOf, type ReportTable, reportTables, told } from '../../views/tables/report-tables.ts';
import { areBands, areCodes, isAccount, isSpell } from '../../views/tables/row-kinds.ts';
import { aside, leads, leadsAlone, scopes } from './wordings.ts';

const optionCount = 4;
/** Rows that one of them leads. */
const leastRows = 4;
/** Rows and columns of a table that is asked about by itself: of a small one four statements are read at a glance. */
const ofOne = { rows: 8, columns: 3 };
/** Rows that are right in one statement or another: with one only, it would be told by its name. */
const leastLeaders = 2;
/** The first is ahead of the second by this share. */
const leastLead = 0.005;

/** The rows of a table in the order of a column, from one end. */
interface Race {
  readonly table: ReportTable;
  readonly column: number;
  readonly isLow: boolean;
  readonly order: readonly Figure[];
}

function raceOf(table: ReportTable, column: number, isLow: boolean): Race[] {
  const sign = isLow ? 1 : -1;
  const order = (comparable(table, column) ?? []).toSorted((a, b) => sign * (a.number - b.number));
  const [first, second] = order;
  if (first === undefined || second === undefined || order.length < countedRows(table).length) return [];
  return Math.abs(first.number - second.number) <= leastLead * Math.abs(first.number)
    ? []
    : [{ table, column, isLow, order }];
}

/** Races for the columns that say something of their own, from one end each before any is run from the other. */
function racesOf(table: ReportTable, random: Random): Race[] {
  if (countedRows(table).length < leastRows || areBands(table) || areCodes(table) || isAccount(table)) return [];
  const columns = comparableColumns(table).filter((at) => {
    const column = table.columns[at];
    return column !== undefined && !isSpell(column);
  });
  const own = columns.filter((at, i) => columns.slice(0, i).every((before) => !areOneVariable(table, at, before)));
  const drawn = random.shuffle(own).map((column) => ({ column, isLow: random.chance(0.4) }));
  const turned = drawn.map(({ column, isLow }) => ({ column, isLow: !isLow }));
  return [...drawn, ...turned].flatMap(({ column, isLow }) => raceOf(table, column, isLow));
}

/** Four races, of as many tables as there are; fewer where one table is too small to be asked about alone. */
function chosen(tables: readonly ReportTable[], random: Random): Race[] {
  const byTable = random.shuffle(tables.map((table) => racesOf(table, random)).filter(({ length }) => length > 0));
  const [only, ...others] = byTable;
  const isSmall = (races: readonly Race[]): boolean =>
    new Set(races.map(({ column }) => column)).size < ofOne.columns || (races[0]?.order.length ?? 0) < ofOne.rows;
  if (only === undefined || (others.length === 0 && isSmall(only))) return [];
  const rounds = Math.max(...byTable.map(({ length }) => length));
  const inTurn = Array.from({ length: rounds }, (_, i) => byTable.flatMap((races) => races[i] ?? [])).flat();
  return inTurn.slice(0, optionCount);
}

/** A quiz on the tables of one document; undefined where none has enough of them. */
export function leaderQuiz(context: Context, random: Random): QuestionDraft | undefined {
  const { language } = context;
  for (const document of random.shuffle(context.documents)) {
    const races = random.shuffle(chosen(reportTables(document), random));
    const leaders = new Set(races.map(({ order }) => order[0]?.row.name));
    if (races.length < optionCount || leaders.size < leastLeaders) continue;
    const alone = races.every(({ table }) => isAlone(table));
    const right = random.integer(0, optionCount - 1);
    const options = races.map(({ table, column, isLow, order }, i) => {
      const row = (i === right ? order[0] : order[1])?.row.name ?? '';
      const head = table.columns[column];
      const extreme = head === undefined ? '' : extremeSaid(head, isLow, language);
      return (alone ? leadsAlone : leads).say(language, { table: table.name, row, extreme });
    });
    const scope = scopes[alone ? 'alone' : 'leads'].say(language, { document: document.title });
    const totals = races.some(({ table }) => table.rows.some(({ total }) => total));
    return {
      slots: { scope: totals ? aside.say(language, { scope }) : scope, options: optionLines(options) },
      gold: [letterOf(right)],
      rationale: races.map(({ order }) => order.map(told).join('; ')).join('\n'),
      proof: proofsOf(races.flatMap(({ order }) => order)),
    };
  }
  return undefined;
}
