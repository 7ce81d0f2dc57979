/**
 * @file `npm run check:serve-restarts -- [RESTARTS] [SEED]`: training on `golongrl engine serve`, which is killed with SIGKILL at
 * random moments and started again. The run goes on by itself, each restart costs at most the step in flight, and without
 * staleness its metrics are those of the run on a server that nobody killed, but for rounding: which requests of a server run
 * together depends on when they arrive. The same with sampling ahead, where the
 * run must be whole and no rollout too old; and with the trainer killed too and resumed. Exits with 1 if not.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../integrations/skyrl/server.ts';
import { type Random, random } from '../../src/random.ts';
import { writeChainPolicy } from '../chain-policy.ts';
import { guessableSamples } from '../fake-policy.ts';
import { executable, lostSteps, type Moment, metricsOf, trainProcess } from '../train-process.ts';

const steps = 30;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function demand(ok: boolean, what: string): void {
  if (!ok) throw new Error(`FAILED: ${what}`);
  say(`  ok  ${what}`);
}

/** The server; killed and started on the same port and folder. */
function serverOf(model: string, checkpoints: string, port: number) {
  let child: ChildProcess | undefined;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
    async start() {
      const flags = [
        '--model',
        model,
        '--port',
        String(port),
        '--checkpoints',
        checkpoints,
        '--threads',
        '1',
        '--no-token',
      ];
      child = spawn(process.execPath, [executable, 'engine', 'serve', ...flags], { stdio: 'ignore' });
      for (let attempt = 0; attempt < 300; attempt++) {
        if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
        const up = await fetch(`${url}/api/v1/healthz`).then(
          ({ ok }) => ok,
          () => false,
        );
        if (up) return;
        await delay(100);
      }
      throw new Error('The server did not start within 30 s.');
    },
  };
}

/** Of numbers in the same place, relative above 1; infinite where anything else differs. */
function largestDifference(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) / Math.max(1, Math.abs(a));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return a === b ? 0 : Number.POSITIVE_INFINITY;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  if (left.length !== right.size) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...left.map(([key, value]) => largestDifference(value, right.get(key))));
}

/** Random steps, a random while after which the server goes, and comes back. */
function restarts(server: ReturnType<typeof serverOf>, count: number, rng: Random): Moment[] {
  const at = Array.from({ length: count }, (_, i) => 2 + Math.floor(((i + rng.next()) * (steps - 4)) / count));
  return at.map((step) => ({
    step,
    act: async () => {
      await delay(300 * rng.next());
      await server.kill();
      await delay(300 * rng.next());
      await server.start();
    },
  }));
}

async function main(count: number, seed: number): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'golongrl-restarts-'));
  const model = await writeChainPolicy();
  const server = serverOf(model, join(root, 'server'), await freePort());
  const guessable = guessableSamples();
  await writeFile(join(root, 'train.jsonl'), guessable.map((sample) => `${JSON.stringify(sample)}\n`).join(''));
  const config = join(root, 'config.yaml');
  await writeFile(
    config,
    [
      `model: ${model}`,
      'lora: { rank: 4 }',
      'data: { train: train.jsonl }',
      `steps: ${steps}`,
      'rollout: { prompts: 4, group: 16, maxTokens: 8 }',
      'dynamicSampling: { enabled: false }',
      'optimizer: { learningRate: 1.0e-3, warmupSteps: 2 }',
      '',
    ].join('\n'),
  );
  const run = (name: string) => join(root, name);
  const start = (name: string, staleness: number) => [
    ...['train', config, '--out', run(name), '--engine', `tinker:${server.url}`],
    ...['--pipeline.maxStaleness', String(staleness)],
  ];
  const demandSame = async (name: string) => {
    const [ours, whole] = [await metricsOf(run(name)), await metricsOf(run('whole'))];
    const off = largestDifference(ours, whole);
    demand(
      off < 1e-5,
      `its metrics are those of the unbroken run (largest difference ${off.toExponential(1)}, bound 1e-5)`,
    );
  };
  try {
    await server.start();
    const whole = await trainProcess(start('whole', 0), run('whole'));
    if (whole.code !== 0) say(whole.err);
    const gradients = (await metricsOf(run('whole'))).filter(({ gradientNorm }) => gradientNorm > 0).length;
    demand(whole.code === 0 && gradients > steps / 3, `an unbroken run: ${steps} steps, ${gradients} with a gradient`);

    const broken = await trainProcess(start('broken', 0), run('broken'), restarts(server, count, random(seed, 'kill')));
    if (broken.code !== 0) say(broken.err);
    const lost = lostSteps(broken.err);
    demand(broken.code === 0 && lost.length > 0, `${count} restarts of the server: the run ended by itself`);
    demand(
      lost.every((cost) => cost <= 1),
      `${lost.length} of them were noticed, steps lost: ${lost.join(', ')}`,
    );
    await demandSame('broken');

    const ahead = await trainProcess(start('ahead', 1), run('ahead'), restarts(server, count, random(seed, 'ahead')));
    if (ahead.code !== 0) say(ahead.err);
    const metrics = await metricsOf(run('ahead'));
    demand(
      ahead.code === 0 && metrics.every(({ step }, index) => step === index + 1) && metrics.length === steps,
      `sampling ahead, ${count} restarts (${lostSteps(ahead.err).length} noticed): every step once`,
    );
    const old = metrics.filter(({ staleness }) => staleness === 1).length;
    demand(
      metrics.every(({ staleness }) => staleness <= 1) && old > steps / 2,
      `${old} of ${steps} steps were sampled one update before, none earlier`,
    );

    const kill: Moment = { step: 8, act: async (pid) => void process.kill(pid, 'SIGKILL') };
    await trainProcess(start('killed', 0), run('killed'), [kill]);
    await server.kill();
    await server.start();
    const resumed = await trainProcess(['train', '--resume', run('killed')], run('killed'));
    if (resumed.code !== 0) say(resumed.err);
    demand(resumed.code === 0, 'trainer and server killed: train --resume ends the run');
    await demandSame('killed');
  } finally {
    await server.kill();
    await rm(root, { recursive: true, force: true });
    await rm(join(model, '..'), { recursive: true, force: true });
  }
}

main(Number(process.argv[2] ?? 6), Number(process.argv[3] ?? 1)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
