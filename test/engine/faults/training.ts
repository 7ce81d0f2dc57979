/**
 * @file The training that the fault tests break: small, with the real engine, in a process of its own (child.ts) or in this one;
 * and what a run amounts to, to compare it with the run that nothing happened to.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../../../src/engine/engine.ts';
import type { ComputeDevice } from '../../../src/engine/local/compute.ts';
import { openLocalEngine } from '../../../src/engine/local/local-engine.ts';
import { readCheckpoint } from '../../../src/engine/local/weights/checkpoint.ts';
import { loadTokenizer } from '../../../src/engine/tokenizer.ts';
import { openRunDirectory } from '../../../src/runs/run-directory.ts';
import { train } from '../../../src/training/loop.ts';
import { completeConfig } from '../../../src/training/parse-config.ts';
import { guessableSamples } from '../../fake-policy.ts';

export const steps = 40;

/** A training other than the usual one: on a device, or of so many steps. */
export interface Variant {
  readonly device?: ComputeDevice | undefined;
  readonly steps?: number | undefined;
}

/** Trains, or goes on training, until the steps are done. */
export async function trainHere(
  path: string,
  model: string,
  opened?: Engine,
  { device, steps: count = steps }: Variant = {},
): Promise<void> {
  const { run } = await openRunDirectory({ path, kind: 'train', ifExists: 'resume', versions: {} });
  const engine = opened ?? (await openLocalEngine({ model, threads: 1, device }));
  const config = completeConfig({
    model,
    data: { train: 'train.jsonl' },
    steps: count,
    rollout: { prompts: 4, group: 16, maxTokens: 8 },
    dynamicSampling: { enabled: false, draw: 1, maxDraws: 1 },
    optimizer: { learningRate: 1e-3, warmupSteps: 2, schedule: 'cosine' },
    checkpoint: { every: 2, keep: 2 },
  });
  const tokenizer = await loadTokenizer(model);
  try {
    await train({ engine, tokenizer, config, samples: guessableSamples(), run, resume: true });
  } finally {
    await engine.close();
  }
}

export interface Child {
  readonly process: ChildProcess;
  /** Its exit code (undefined when it was killed), and what it said. */
  readonly ended: Promise<{ code: number | undefined; said: string }>;
}

/** Starts the training in a process of its own; `shell` runs before it in the same shell. */
export function startTraining(
  path: string,
  model: string,
  shell?: string,
  { device, steps: count }: Variant = {},
): Child {
  const command = [process.execPath, ...process.execArgv, fileURLToPath(new URL('./child.ts', import.meta.url))];
  const whole = [...command, path, model, device ?? 'cpu', String(count ?? steps)];
  const [program, ...args] = shell === undefined ? whole : ['bash', '-c', `${shell}; exec "$@"`, '-', ...whole];
  const child = spawn(program as string, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<{ code: number | undefined; said: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? undefined, said }));
  });
  return { process: child, ended };
}

/** Trains to the end in a process of its own. @throws with what it said when it fails. */
export async function finishTraining(path: string, model: string, variant: Variant = {}): Promise<void> {
  await mkdir(path, { recursive: true });
  const { code, said } = await startTraining(path, model, undefined, variant).ended;
  if (code !== 0) throw new Error(`The training in ${path} ended with ${code}: ${said}`);
}

/** Bytes of what a run amounts to: its last checkpoint and its metrics. */
async function outcome(path: string): Promise<Map<string, Buffer>> {
  const last = join(path, 'checkpoints', (await readdir(join(path, 'checkpoints'))).sort().at(-1) ?? '');
  await readCheckpoint(last);
  const files = [join(path, 'metrics.jsonl'), ...(await readdir(last)).map((name) => join(last, name))];
  return new Map(
    await Promise.all(files.map(async (file) => [file.slice(path.length + 1), await readFile(file)] as const)),
  );
}

/** @throws unless both runs amount to the same bytes. */
export async function compare(whole: string, broken: string): Promise<void> {
  const [expected, got] = [await outcome(whole), await outcome(broken)];
  if (expected.size !== got.size) throw new Error(`Files: got ${[...got.keys()]}, expected ${[...expected.keys()]}.`);
  for (const [file, bytes] of expected)
    if (!got.get(file)?.equals(bytes)) throw new Error(`${file} differs from the unbroken run's.`);
}

/** Loads every checkpoint that a run records; returns their steps. @throws when one does not load. */
export async function checkRecorded(path: string): Promise<number[]> {
  const { run } = await openRunDirectory({ path, kind: 'train', ifExists: 'resume', versions: {} });
  const recorded = await run.checkpoints();
  for (const checkpoint of recorded) await readCheckpoint(run.file(checkpoint.path));
  return recorded.map(({ step }) => step);
}

/** Steps in the metrics so far. */
export async function stepsDone(path: string): Promise<number> {
  const text = await readFile(join(path, 'metrics.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

export function expectThat(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}
