/**
 * @file Our rewards beside the Python reference's, on the same rows in the same run: one core each, rows in memory, file
 * reading excluded, rows per second of processor time on both sides.
 *
 *   REFERENCE_DIR=checkout PYTHON=venv/bin/python npx tsx bench/rewards.ts
 *
 * The virtual environment holds math-verify, rouge, pytrec-eval-terrier and jieba. Without it only our side is measured, and
 * the output says so.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgeAnswer } from '../src/rewards/math/judge.ts';
import { readAnswer } from '../src/rewards/reading/reading.ts';

import { scoreUpstream } from '../src/rewards/score.ts';
import type { UpstreamRow } from '../src/rewards/upstream.ts';

type GoldenRow = UpstreamRow & { readonly score: number };

const read = <T>(name: string): T[] =>
  readFileSync(new URL(`../test/golden/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

interface MathRow {
  readonly solution_str: string;
  readonly ground_truth: string;
  readonly score: number;
}

const sets: Readonly<Record<string, readonly GoldenRow[]>> = {
  mix: read<GoldenRow>('rewards.jsonl'),
  mathematics: read<MathRow>('math_verify.jsonl').map(({ solution_str, ground_truth, score }) => ({
    data_source: 'math_longcot_math_verify',
    solution_str: `<think></think>${solution_str}`,
    ground_truth: { golden_label: ground_truth },
    extra_info: {},
    score,
  })),
};

/** Optimising compilers take some thirty rounds to settle; the reference has none. */
const rounds = 40;
/** Rows that the reference scores: it is slow, and its rate does not depend on their number. */
const referenceRows = Number(process.env.REFERENCE_ROWS ?? 1000);

const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Rows per second of processor time in the first round and in the median of the last ten; the first includes compilation.
 * Processor time of all threads: other work on the machine does not change it much, and what runs beside on another core
 * (compiler, collector) counts.
 */
function ours<Row>(rows: readonly Row[], score: (row: Row) => unknown): { first: number; steady: number } {
  const rates = Array.from({ length: rounds }, () => {
    const start = processorMs();
    for (const row of rows) score(row);
    return (rows.length / (processorMs() - start)) * 1000;
  });
  return { first: rates[0] ?? 0, steady: rates.slice(-10).sort((a, b) => a - b)[5] ?? 0 };
}

function reference(rows: readonly GoldenRow[], directory: string): { rate: number; agree: number } {
  const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-bench-'));
  try {
    const file = path.join(folder, 'rows.jsonl');
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
    const script = fileURLToPath(new URL('./rewards_reference.py', import.meta.url));
    const run = spawnSync(process.env.PYTHON ?? 'python3', [script, directory, file, String(referenceRows)], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (run.status !== 0) throw new Error(`the reference failed:\n${run.stderr.slice(-2000)}`);
    const lines = run.stdout.trim().split('\n');
    const result = JSON.parse(lines.at(-1) ?? '') as { rows: number; seconds: number; scores: number[] };
    const equal = result.scores.filter((score, i) => {
      const row = rows[i];
      return row !== undefined && Math.abs(scoreUpstream(row, 'paper').score - score) < 1e-6;
    });
    return { rate: result.rows / result.seconds, agree: equal.length / result.rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The hardened side of the same mathematics: extraction and typed judgement. */
function typed({ solution_str, ground_truth }: MathRow): boolean {
  const { answer, state } = readAnswer(solution_str, { metric: 'math_verify' });
  return state === 'answered' && judgeAnswer(ground_truth, answer).verdict === 'equal';
}

const judged = ours(read<MathRow>('math_verify.jsonl'), typed);
process.stdout.write(
  `mathematics, typed: ours ${Math.round(judged.first)} rows/s in the first round, ${Math.round(judged.steady)} in steady state\n`,
);

const directory = process.env.REFERENCE_DIR;
const present = directory !== undefined && existsSync(directory);
if (!present) {
  const why = directory === undefined ? 'REFERENCE_DIR IS NOT SET' : `REFERENCE_DIR=${directory} DOES NOT EXIST`;
  process.stdout.write(`${why}: ONLY OUR SIDE IS MEASURED, NOTHING IS COMPARED.\n`);
}
for (const [name, rows] of Object.entries(sets)) {
  const { first, steady } = ours(rows, (row) => scoreUpstream(row, 'paper'));
  process.stdout.write(
    `${name}: ours ${Math.round(first)} rows/s in the first round, ${Math.round(steady)} in steady state\n`,
  );
  if (!present) continue;
  const { rate, agree } = reference(rows, directory);
  process.stdout.write(
    `${name}: reference ${rate.toFixed(1)} rows/s; ratio ${(first / rate).toFixed(0)} first, ${(steady / rate).toFixed(0)} in steady state; ` +
      `${(100 * agree).toFixed(2)} % of scores equal\n`,
  );
}
