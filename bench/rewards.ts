/**
 * @file Our rewards beside the Python reference's, on the same rows in the same run: one core each, rows in memory, file
 * reading excluded, rows per second of processor time on both sides. Each of our measurements has a process of its own: its first
 * 4,000 rows, compilation included, stand beside the steady state.
 *
 *   REFERENCE_DIR=checkout PYTHON=venv/bin/python npx tsx bench/rewards.ts
 *
 * The virtual environment holds math-verify, rouge, pytrec-eval-terrier and jieba. Without REFERENCE_DIR, mathematics is compared
 * with Math-Verify alone (PYTHON with math-verify), and the mix with nothing: the output says so.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Profile, profiles } from '../src/rewards/reward.ts';
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

const sets = {
  mix: () => read<GoldenRow>('rewards.jsonl'),
  mathematics: () =>
    read<MathRow>('math_verify.jsonl').map(
      ({ solution_str, ground_truth, score }): GoldenRow => ({
        data_source: 'math_longcot_math_verify',
        solution_str: `<think></think>${solution_str}`,
        ground_truth: { golden_label: ground_truth },
        extra_info: {},
        score,
      }),
    ),
} as const;
type SetName = keyof typeof sets;
const names = Object.keys(sets) as SetName[];

/** Optimising compilers take some thirty rounds to settle; the reference has none. */
const rounds = 40;
const firstRows = 4000;
/** Rows that the reference scores: it is slow, and its rate does not depend on their number. */
const referenceRows = Number(process.env.REFERENCE_ROWS ?? 1000);
const python = process.env.PYTHON ?? 'python3';

const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

interface Rates {
  readonly first: number;
  readonly steady: number;
}

/**
 * Rows per second of processor time over the first 4,000 rows and in the median of the last ten rounds. Processor time of all
 * threads: other work on the machine does not change it much, and what runs beside on another core (compiler, collector) counts.
 */
function measure(rows: readonly GoldenRow[], profile: Profile): Rates {
  const rate = (count: number): number => {
    const start = processorMs();
    for (let i = 0; i < count; i++) scoreUpstream(rows[i % rows.length] as GoldenRow, profile);
    return (count / (processorMs() - start)) * 1000;
  };
  const first = rate(firstRows);
  const rates = Array.from({ length: rounds }, () => rate(rows.length));
  return { first, steady: rates.slice(-10).sort((a, b) => a - b)[5] ?? 0 };
}

/** `measure` in a fresh process. */
function ours(name: SetName, profile: Profile): Rates {
  const run = spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), name, profile], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`measuring ${name} failed:\n${run.stderr.slice(-2000)}`);
  return JSON.parse(run.stdout) as Rates;
}

const directory = process.env.REFERENCE_DIR;
const present = directory !== undefined && existsSync(directory);

/** Math-Verify as its users call it: on the whole response, in this thread. */
const mathVerify = `
import json, sys, time, logging
logging.disable(logging.CRITICAL)
from math_verify import parse, verify
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")][: int(sys.argv[2])]
def score(row):
    try: return verify(parse("\\\\boxed{" + row["ground_truth"]["golden_label"] + "}"), parse(row["solution_str"]))
    except Exception: return False
for row in rows[:5]: score(row)
start = time.process_time()
scores = [1 if score(row) else 0 for row in rows]
print(json.dumps({"rows": len(rows), "seconds": time.process_time() - start, "scores": scores}))
`;

/** The peer's rate, and how many of its scores are those of `paper`; undefined where there is no peer. */
function peer(name: SetName, rows: readonly GoldenRow[]): { rate: number; agree: number; title: string } | undefined {
  if (!present && name !== 'mathematics') return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-bench-'));
  try {
    const file = path.join(folder, 'rows.jsonl');
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
    const script = fileURLToPath(new URL('./rewards_reference.py', import.meta.url));
    const call = present ? [script, directory, file] : ['-c', mathVerify, file];
    const run = spawnSync(python, [...call, String(referenceRows)], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (run.status !== 0) {
      if (present) throw new Error(`the reference failed:\n${run.stderr.slice(-2000)}`);
      process.stdout.write(`${python} HAS NO math-verify: NOTHING IS COMPARED.\n`);
      return undefined;
    }
    const result = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '') as {
      rows: number;
      seconds: number;
      scores: number[];
    };
    const equal = result.scores.filter((score, i) => {
      const row = rows[i];
      return row !== undefined && Math.abs(scoreUpstream(row, 'paper').score - score) < 1e-6;
    });
    const title = present ? 'the reference' : 'Math-Verify';
    return { rate: result.rows / result.seconds, agree: equal.length / result.rows, title };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');

function compare(): void {
  if (!present) {
    const why = directory === undefined ? 'REFERENCE_DIR IS NOT SET' : `REFERENCE_DIR=${directory} DOES NOT EXIST`;
    process.stdout.write(`${why}: THE MIX IS COMPARED WITH NOTHING, MATHEMATICS WITH MATH-VERIFY.\n`);
  }
  for (const name of names) {
    const other = peer(name, sets[name]());
    if (other !== undefined)
      process.stdout.write(
        `${name}: ${other.title} ${other.rate.toFixed(1)} rows/s; ${(100 * other.agree).toFixed(2)} % of its scores are those of paper\n`,
      );
    for (const profile of profiles) {
      const { first, steady } = ours(name, profile);
      const ratio = (rate: number): string =>
        other === undefined ? '' : ` (${(rate / other.rate).toFixed(0)} times ${other.title})`;
      process.stdout.write(
        `${name}, ${profile}: first ${whole(firstRows)} rows ${whole(first)} rows/s${ratio(first)}, steady ${whole(steady)} rows/s${ratio(steady)}\n`,
      );
    }
  }
}

const [name, profile] = process.argv.slice(2);
const asked = names.find((known) => known === name);
if (asked === undefined) compare();
else
  process.stdout.write(JSON.stringify(measure(sets[asked](), profiles.find((known) => known === profile) ?? 'paper')));
