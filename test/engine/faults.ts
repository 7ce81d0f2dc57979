/**
 * @file `npx tsx test/engine/faults.ts [KILLS] [SEED]`: a small training with the real engine is killed with SIGKILL at
 * random moments and resumed, again and again, until it is done. Its last checkpoint and its metrics must be those of the
 * run that nobody killed, byte for byte. Exits with 1 if they are not, or if a resume fails.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCheckpoint } from '../../src/engine/local/checkpoint.ts';
import { openLocalEngine } from '../../src/engine/local/local-engine.ts';
import { loadTokenizer } from '../../src/engine/tokenizer.ts';
import { random } from '../../src/random.ts';
import { openRunDirectory } from '../../src/runs/run-directory.ts';
import type { Sample } from '../../src/samples/sample.ts';
import { train } from '../../src/training/loop.ts';
import { completeConfig } from '../../src/training/parse-config.ts';
import { writeChainPolicy } from '../chain-policy.ts';
import { fakeSamples } from '../fake-policy.ts';

const steps = 40;

/** The policy guesses a letter or digit: with this answer, some guesses of a group are right, so there is a gradient. */
const guessable = (sample: Sample): Sample => ({
  ...sample,
  reward: { metric: 'EM', gold: ['A'], language: 'en' },
});

/** The child: trains, or goes on training, until the steps are done. */
async function trainHere(path: string, model: string): Promise<void> {
  const { run } = await openRunDirectory({ path, kind: 'train', ifExists: 'resume', versions: {} });
  const engine = await openLocalEngine({ model, threads: 1 });
  const config = completeConfig({
    model,
    data: { train: 'train.jsonl' },
    steps,
    rollout: { prompts: 4, group: 16, maxTokens: 8 },
    dynamicSampling: { enabled: false, draw: 1, maxDraws: 1 },
    optimizer: { learningRate: 1e-3, warmupSteps: 2, schedule: 'cosine' },
    checkpoint: { every: 2, keep: 2 },
  });
  const tokenizer = await loadTokenizer(model);
  await train({ engine, tokenizer, config, samples: fakeSamples().map(guessable), run, resume: true });
  await engine.close();
}

/** Resolves to the exit code, or to undefined when it was killed. */
function child(path: string, model: string, killAfter?: number): Promise<number | undefined> {
  const self = fileURLToPath(import.meta.url);
  const process_ = spawn(process.execPath, [...process.execArgv, self, '--train', path, model], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const timer = killAfter === undefined ? undefined : setTimeout(() => process_.kill('SIGKILL'), killAfter);
  return new Promise((resolve, reject) => {
    process_.on('error', reject);
    process_.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code ?? undefined);
    });
  });
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

/** Every checkpoint that a killed run records must load. */
async function checkRecorded(path: string): Promise<void> {
  const { run } = await openRunDirectory({ path, kind: 'train', ifExists: 'resume', versions: {} });
  for (const checkpoint of await run.checkpoints()) await readCheckpoint(run.file(checkpoint.path));
}

async function killAndCompare(kills: number, seed: number): Promise<boolean> {
  const root = await mkdtemp(join(tmpdir(), 'golongrl-faults-'));
  const model = await writeChainPolicy();
  const [whole, broken] = [join(root, 'whole'), join(root, 'broken')];
  await Promise.all([whole, broken].map((path) => mkdir(path)));
  try {
    const start = performance.now();
    if ((await child(whole, model)) !== 0) throw new Error('The unbroken run failed.');
    const duration = performance.now() - start;
    const lines = (await readFile(join(whole, 'metrics.jsonl'), 'utf8')).trim().split('\n');
    const trained = lines.filter((line) => /"gradientNorm":[^0n]/.test(line) || /"gradientNorm":0\.0*[1-9]/.test(line));
    if (trained.length < steps / 4) throw new Error(`Only ${trained.length} of ${steps} steps have a gradient.`);
    const rng = random(seed, 'kill');
    let killed = 0;
    let code: number | undefined;
    while (code === undefined) {
      code = await child(broken, model, killed < kills ? duration * (0.1 + 0.6 * rng.next()) : undefined);
      if (code === undefined) {
        killed += 1;
        await checkRecorded(broken);
      } else if (code === 0 && killed < kills) {
        // Done before its time: what remains of the kills meets a fresh run.
        await compare(whole, broken);
        await rm(broken, { recursive: true });
        await mkdir(broken);
        code = undefined;
      }
    }
    if (code !== 0) throw new Error(`A resumed run failed after ${killed} kills, exit code ${code}.`);
    await compare(whole, broken);
    process.stdout.write(`${killed} kills, ${steps} steps: the resumed runs equal the unbroken one byte for byte.\n`);
    return true;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  } finally {
    await rm(root, { recursive: true });
    await rm(join(model, '..'), { recursive: true });
  }
}

async function compare(whole: string, broken: string): Promise<void> {
  const [expected, got] = [await outcome(whole), await outcome(broken)];
  if (expected.size !== got.size) throw new Error(`Files: got ${[...got.keys()]}, expected ${[...expected.keys()]}.`);
  for (const [file, bytes] of expected)
    if (!got.get(file)?.equals(bytes)) throw new Error(`${file} differs from the unbroken run's.`);
}

const [first, second, third] = process.argv.slice(2);
if (first === '--train') await trainHere(second as string, third as string);
else process.exitCode = (await killAndCompare(Number(first ?? 20), Number(second ?? 1))) ? 0 : 1;
