/**
 * @file T2: many labelled rows and a rule of known form: a screen with a bound on each of two columns kept some rows and dropped others. The
 * bounds are not told; what was kept and dropped decides which of four further rows it must have kept.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { optionLines } from '../../views/lines.ts';
import {
  type DataTable,
  dataTables,
  figureColumns,
  leastRows,
  recordPlaces,
  recordTable,
  related,
  tablePlaces,
} from '../../views/tables/data-table.ts';
import { nounOf } from '../../views/tables/entries.ts';
import { listed, shortName } from '../../views/tables/report-tables.ts';
import { solve } from './solve.ts';
import { asked, bounds, subjects } from './wordings.ts';

/** Rows that are told as kept and as dropped; four more are options. */
const kept = { least: 2, most: 6 };
const dropped = { least: 3, most: 8 };
const options = 4;

interface Point {
  readonly name: string;
  readonly proof: readonly Proof[];
  /** By column, turned round where the rule has a maximum: the rule asks for more of both. */
  readonly at: readonly [number, number];
}

type Side = 0 | 1;

/** Whether a row must have been kept: it has no less of both than kept rows have. */
const mustKeep = ({ at }: Point, shown: readonly Point[]): boolean =>
  ([0, 1] satisfies Side[]).every((side) => at[side] >= Math.min(...shown.map((point) => point.at[side])));

/** Whether a row must have been dropped: it has no more on one side than a row that failed on that side alone. */
const mustDrop = ({ at }: Point, keptShown: readonly Point[], droppedShown: readonly Point[]): boolean =>
  ([0, 1] satisfies Side[]).some((side) => {
    const other: Side = side === 0 ? 1 : 0;
    const passed = Math.min(...keptShown.map((point) => point.at[other]));
    return droppedShown.some((point) => point.at[other] >= passed && at[side] <= point.at[side]);
  });

interface Screen {
  readonly kept: readonly Point[];
  readonly dropped: readonly Point[];
  readonly right: Point;
  readonly wrong: readonly Point[];
}

/** Half of the rows pass each bound; what was kept and dropped is shown, but for four. */
function screenOf(points: readonly Point[], random: Random): Screen | undefined {
  const bound = (side: Side): number => {
    const ordered = points.map(({ at }) => at[side]).sort((a, b) => a - b);
    return ordered[Math.floor(ordered.length * (0.2 + 0.25 * random.next()))] ?? 0;
  };
  const limits = [bound(0), bound(1)] as const;
  const passes = ({ at }: Point): boolean => at[0] > limits[0] && at[1] > limits[1];
  const [good, bad] = [random.shuffle(points.filter(passes)), random.shuffle(points.filter((one) => !passes(one)))];
  for (const right of good) {
    const keptShown = good.filter((one) => one !== right).slice(0, kept.most);
    if (keptShown.length < kept.least || !mustKeep(right, keptShown)) continue;
    const wrong: Point[] = [];
    for (const one of bad) {
      const rest = bad.filter((other) => other !== one && !wrong.includes(other));
      const all = [...wrong, one];
      if (all.every((other) => mustDrop(other, keptShown, rest))) wrong.push(one);
      if (wrong.length === options - 1) break;
    }
    const droppedShown = bad.filter((one) => !wrong.includes(one)).slice(0, dropped.most);
    const sure = wrong.every((one) => mustDrop(one, keptShown, droppedShown));
    if (wrong.length === options - 1 && droppedShown.length >= dropped.least && sure)
      return { kept: keptShown, dropped: droppedShown, right, wrong };
  }
  return undefined;
}

function pointsOf(table: DataTable, [a, b]: readonly [number, number], signs: readonly [number, number]): Point[] {
  return table.rows.flatMap(({ name, cells }): Point[] => {
    const [one, other] = [cells[a], cells[b]];
    if (one?.number === undefined || other?.number === undefined) return [];
    return [{ name, proof: [one.proof, other.proof], at: [signs[0] * one.number, signs[1] * other.number] }];
  });
}

/** A table with what its rows are called. */
function tablesOf(context: Context): { readonly table: DataTable; readonly subject: string }[] {
  const { language, documents } = context;
  const records = recordTable(documents);
  const own = documents.flatMap((document) => dataTables(document));
  const named = own.filter(
    ({ name }) => own.filter((other) => other.name === name).length === 1 && !/[“”\n]/.test(name),
  );
  return [
    ...(records === undefined
      ? []
      : [{ table: records, subject: subjects.records.say(language, { nouns: nounOf(documents, language).many }) }]),
    ...named.map((table) => ({
      table,
      subject: subjects.rows.say(language, { table: shortName(table.name), document: table.document?.title ?? '' }),
    })),
  ];
}

/** Share of a column's values that differ. */
const leastVaried = 0.7;

function isVaried({ rows }: DataTable, column: number): boolean {
  const values = rows.flatMap(({ cells }) => cells[column]?.number ?? []);
  return new Set(values).size >= leastVaried * values.length;
}

function draftOf(context: Context, table: DataTable, subject: string, random: Random): QuestionDraft | undefined {
  const columns = random.shuffle(figureColumns(table));
  for (const a of columns)
    for (const b of columns) {
      if (a === b || (table.document === undefined && !related(table, a, b))) continue;
      // Of few values many rows are at the bound.
      if (![a, b].every((column) => isVaried(table, column))) continue;
      const sides = [random.pick(['least', 'most'] as const), random.pick(['least', 'most'] as const)] as const;
      const signs = [sides[0] === 'least' ? 1 : -1, sides[1] === 'least' ? 1 : -1] as const;
      const screen = screenOf(pointsOf(table, [a, b], signs), random);
      if (screen === undefined) continue;
      const { language } = context;
      const all = random.shuffle([screen.right, ...screen.wrong]);
      const say = (side: 0 | 1, column: number): string =>
        bounds[sides[side]].say(language, { column: table.columns[column]?.header ?? '' });
      const names = (points: readonly Point[]): string =>
        listed(
          points.map(({ name }) => name),
          language,
        );
      return {
        slots: {
          subject,
          one: say(0, a),
          other: say(1, b),
          kept: names(screen.kept),
          dropped: names(screen.dropped),
          options: optionLines(all.map(({ name }) => name)),
        },
        gold: [String.fromCharCode(65 + all.indexOf(screen.right))],
        rationale: [screen.right, ...screen.kept, ...screen.dropped, ...screen.wrong]
          .map(({ name, at }) => `${name}: ${at.map(Math.abs).join(', ')}`)
          .join('\n'),
        proof: [screen.right, ...screen.kept, ...screen.dropped, ...screen.wrong].flatMap(({ proof }) => proof),
      };
    }
  return undefined;
}

export const ruleInduction: QuestionGenerator = {
  id: 'rule-induction',
  version: 1,
  task: 'T2',
  subtask: 'rule induction from labelled rows',
  asks: 'Tells what a screen with two unknown bounds kept and dropped, and asks which of four further rows it kept.',
  languages: ['en', 'zh'],
  scope: 'documents',
  several: { least: 6, most: 24, each: 80 },
  least: 1024,
  reserve: 260,
  wordings: asked,
  places: (document, facts) => {
    const records = recordPlaces(document, facts);
    if (typeof records !== 'string') return records;
    const tables = facts.tables.filter(({ rows }) => rows.length >= kept.least + dropped.least + leastRows);
    return tables.length === 0 ? 'no records, and no table with many rows' : tablePlaces({ ...facts, tables });
  },
  draw(context, random): QuestionDraft | string {
    for (const { table, subject } of random.shuffle(tablesOf(context))) {
      const draft = draftOf(context, table, subject, random);
      if (draft !== undefined) return draft;
    }
    return 'no rows that two bounds divide clearly';
  },
  solve,
};
