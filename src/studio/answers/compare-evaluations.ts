/** @file Two evaluations of the same samples: paired change by task and by length, and the samples that changed with both answers. */
import { comparePaired } from '../../evaluation/compare/statistics.ts';
import { type EvaluationRow, pairScores } from '../../evaluation/heldout.ts';
import type { RunDirectory } from '../../runs/run-directory.ts';
import type { ComparedResponse, ComparedSample, EvaluationComparison, HeatCell } from '../shared/api.ts';

const mostFlips = 400;
/** Characters of a prompt from which the next bin begins: about 1K, 8K, 32K, 128K tokens. */
const lengthBins = [0, 4_000, 32_000, 130_000, 520_000] as const;

interface Both {
  readonly before: readonly EvaluationRow[];
  readonly after: readonly EvaluationRow[];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const scoresOf = (rows: readonly EvaluationRow[]): number[] =>
  rows.filter(({ status }) => status === 'ok').map(({ score }) => score);

function bySample(rows: readonly EvaluationRow[]): Map<string, EvaluationRow[]> {
  const samples = new Map<string, EvaluationRow[]>();
  for (const row of rows) {
    const list = samples.get(row.sample);
    if (list === undefined) samples.set(row.sample, [row]);
    else list.push(row);
  }
  return samples;
}

const responseOf = (row: EvaluationRow): ComparedResponse => ({
  text: row.text,
  extracted: row.extracted,
  reason: row.reason,
  state: row.state ?? row.status,
});

/** Samples with a verdict on both sides. */
function pairsOf({ before, after }: Both): (ComparedSample & { readonly characters: number })[] {
  const partners = bySample(after);
  return [...bySample(before)].flatMap(([sample, rows]) => {
    const others = partners.get(sample) ?? [];
    const [first, second] = [rows[0], others[0]];
    const [own, other] = [scoresOf(rows), scoresOf(others)];
    if (first === undefined || second === undefined || own.length === 0 || other.length === 0) return [];
    const { task, question, gold, characters } = first;
    const responses = [responseOf(first), responseOf(second)] as const;
    return [{ sample, task, question, gold, characters, before: mean(own), after: mean(other), responses }];
  });
}

function cellsOf(pairs: ReturnType<typeof pairsOf>): HeatCell[] {
  const tasks = [...new Set(pairs.map(({ task }) => task))].sort();
  return tasks.flatMap((task) =>
    lengthBins.flatMap((from, i) => {
      const to = lengthBins[i + 1] ?? Number.POSITIVE_INFINITY;
      const own = pairs.filter((pair) => pair.task === task && pair.characters >= from && pair.characters < to);
      if (own.length === 0) return [];
      return [
        {
          task,
          from,
          samples: own.length,
          before: mean(own.map(({ before }) => before)),
          after: mean(own.map(({ after }) => after)),
        },
      ];
    }),
  );
}

/** The same for any two files of responses. */
export function compareRows(both: Both): EvaluationComparison {
  const pairs = pairsOf(both);
  const scores = pairScores(both.before, both.after);
  const comparison = scores.length === 0 ? undefined : comparePaired(scores, { seed: 1 });
  const flips = pairs.filter(({ before, after }) => Math.abs(after - before) > 1e-9);
  return {
    tasks: comparison?.tasks ?? {},
    mean: comparison?.mean,
    clusters: comparison?.clusters ?? 0,
    cells: cellsOf(pairs),
    flips: flips
      .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
      .slice(0, mostFlips)
      .map(({ characters: _, ...flip }) => flip),
    unchanged: pairs.length - flips.length,
  };
}

/** An evaluation of a run by its name in `eval/`. */
export interface NamedEvaluation {
  readonly run: RunDirectory;
  readonly name: string;
}

/** @throws InputError naming a line that is broken */
export async function compareEvaluations(
  before: NamedEvaluation,
  after: NamedEvaluation,
): Promise<EvaluationComparison> {
  const read = async ({ run, name }: NamedEvaluation) => (await run.readEvaluation(name)) as EvaluationRow[];
  return compareRows({ before: await read(before), after: await read(after) });
}
