/**
 * @file T4: a ratio of two rows that stand in two tables: how it changed from one year to another, in one report or from an older to a newer
 * one of the same body, or by how much it differs between the reports of two.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { type Exact, minus, rounded } from '../../views/exact.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import { comparable, counts, type Ratio, ratiosOf, ratioValue } from '../../views/tables/ratios.ts';
import { proofsOf, reportTables, sameIssuer, told, unitOf, yearSaid } from '../../views/tables/report-tables.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { solve } from './solve.ts';
import { asked, precisionOf, ratios, whats } from './wordings.ts';

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
  if (a === b || !comparable(a, b)) return undefined;
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

/** Decimals that show three digits or more. */
function decimalsFor(value: Exact): number {
  const size = Math.abs(Number(value.over) / Number(value.under));
  return size >= 20 ? 1 : size >= 1 ? 2 : 4;
}

const proofOf = (of: readonly Ratio[]): Proof[] => proofsOf(of.flatMap(({ over, under }) => [over, under]));

function candidates(context: Context, random: Random): Reckoned[] {
  const all = context.documents.flatMap((document) => ratiosOf(reportTables(document)));
  const pairs = random.shuffle(pairsOf(all));
  return spreadFirst(pairs, ({ of }) => spreadOf(context, proofOf(of))).slice(0, 30);
}

function draftOf({ kind, of, slots }: Reckoned, { language }: Context): QuestionDraft | undefined {
  const [first, second] = of;
  if (first === undefined || second === undefined) return undefined;
  const people = counts(first.under) ? (language === 'zh' ? '人' : 'people') : undefined;
  const [overUnit, underUnit] = [unitOf(first.over.column, language), unitOf(first.under.column, language) ?? people];
  if (!first.percent && (overUnit === undefined || underUnit === undefined)) return undefined;
  const value = minus(ratioValue(first), ratioValue(second));
  const decimals = decimalsFor(ratioValue(first));
  const gold = rounded(value, decimals);
  // A difference that rounding makes nothing of says nothing.
  if (gold === undefined || gold.replace(/\D/g, '').replace(/^0+/, '').length < 2) return undefined;
  const ratio = ratios[first.percent ? 'percent' : 'each'].say(language, {
    over: first.over.row.name,
    overTable: first.over.table.name,
    under: first.under.row.name,
    underTable: first.under.table.name,
    overUnit: overUnit ?? '',
    underUnit: underUnit ?? '',
  });
  return {
    slots: {
      what: whats[kind].say(language, { ...slots, ratio, precision: precisionOf(decimals, first.percent, language) }),
    },
    gold: [gold],
    rationale: of.map((entry) => `${titleOf(entry)}: ${told(entry.over)}; ${told(entry.under)}`).join('\n'),
    proof: proofOf(of),
  };
}

export const twoTables: QuestionGenerator = {
  id: 'two-tables',
  version: 3,
  task: 'T4',
  subtask: 'aggregation over several tables',
  asks: 'Asks for a ratio of rows of two tables, how it changed between years, or how it differs between two reports.',
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
