/**
 * @file T4: one row as a share of another that stands in another table: how it changed from one year to another, in one report or from an older to a newer
 * one of the same body, or by how much it differs between the reports of two.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { minus, rounded } from '../../views/exact.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import { type Ratio, ratiosOf, ratioValue } from '../../views/tables/ratios.ts';
import {
  type Figure,
  isCalledTotal,
  proofsOf,
  reportTables,
  sameIssuer,
  told,
  yearSaid,
} from '../../views/tables/report-tables.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { solve } from './solve.ts';
import { asked, rows, whats } from './wordings.ts';

type Kind = keyof typeof whats;

/** Two values of a ratio: the first less the second is asked for. */
interface Reckoned {
  readonly kind: Kind;
  readonly of: readonly Ratio[];
  readonly slots: Readonly<Record<string, string>>;
}

const titleOf = ({ over }: Ratio): string => over.table.document.title;

/** What a pair asks, where it is worth asking. */
function pairOf(a: Ratio, b: Ratio): Reckoned | undefined {
  if (a === b || a.key !== b.key) return undefined;
  const [one, other] = [a.over.table.document, b.over.table.document];
  const [from, to] = [yearSaid(b.over.column), yearSaid(a.over.column)];
  if (one === other)
    return a.year > b.year ? { kind: 'change', of: [a, b], slots: { one: one.title, from, to } } : undefined;
  const same = sameIssuer(one, other);
  if (from === to && !same)
    return { kind: 'between', of: [a, b], slots: { one: one.title, other: other.title, year: to } };
  if (a.year <= b.year || !same) return undefined;
  return { kind: 'across', of: [a, b], slots: { one: other.title, other: one.title, from, to } };
}

/** Every pair of one ratio for two years or two documents. */
function pairsOf(all: readonly Ratio[]): Reckoned[] {
  const byKey = new Map<string, Ratio[]>();
  for (const ratio of all) {
    const list = byKey.get(ratio.key);
    if (list === undefined) byKey.set(ratio.key, [ratio]);
    else list.push(ratio);
  }
  return [...byKey.values()].flatMap((list) => list.flatMap((a) => list.flatMap((b) => pairOf(a, b) ?? [])));
}

const proofOf = (of: readonly Ratio[]): Proof[] => proofsOf(of.flatMap(({ over, under }) => [over, under]));

function candidates(context: Context, random: Random): Reckoned[] {
  const all = context.documents.flatMap((document) => ratiosOf(reportTables(document)));
  const pairs = random.shuffle(pairsOf(all));
  return spreadFirst(pairs, ({ of }) => spreadOf(context, proofOf(of))).slice(0, 30);
}

/** A row as a question says it: where a table has one total, by the table. */
function rowSaid({ row, table }: Figure, language: Context['language']): string {
  const only = table.rows.filter(isCalledTotal).length === 1;
  const kind = row.total && only && isBareTotal.test(row.name) ? 'total' : 'row';
  return rows[kind].say(language, { row: row.name, table: table.name });
}

/** Says that it is a total, and not of what. */
const isBareTotal = /^(?:totals?|grand total|sum|all|合计|总计|共计|小计|总额)$/i;

/** What a difference has to come to, in percentage points. */
const leastChange = 0.2;

function draftOf({ kind, of, slots }: Reckoned, { language }: Context): QuestionDraft | undefined {
  const [first, second] = of;
  if (first === undefined || second === undefined) return undefined;
  const gold = rounded(minus(ratioValue(first), ratioValue(second)), 1);
  if (gold === undefined || Math.abs(Number(gold)) < leastChange) return undefined;
  const [over, under] = [first.over, first.under].map((figure) => rowSaid(figure, language));
  return {
    slots: { what: whats[kind].say(language, { ...slots, over: over ?? '', under: under ?? '' }) },
    gold: [gold],
    rationale: of.map((entry) => `${titleOf(entry)}: ${told(entry.over)}; ${told(entry.under)}`).join('\n'),
    proof: proofOf(of),
  };
}

export const twoTables: QuestionGenerator = {
  id: 'two-tables',
  version: 5,
  task: 'T4',
  subtask: 'aggregation over several tables',
  asks: 'Asks how a row as a share of one in another table changed between years, or differs between two reports.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 160,
  turns: 2,
  wordings: asked,
  places: (_, facts) => tablePlaces(facts),
  draw(context, random) {
    for (const reckoned of candidates(context, random)) {
      const draft = draftOf(reckoned, context);
      if (draft !== undefined) return draft;
    }
    return 'no two tables whose figures make a ratio';
  },
  solve,
};
