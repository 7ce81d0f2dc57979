/**
 * @file `npm run check:skyrl -- --venv DIR`: the Tinker client against a real SkyRL server (JAX on the CPU, a tiny random Qwen3).
 * create, sample, ten GRPO steps, save, restart the server, resume; another restart in the middle of training. Proofs:
 * per-token log-probabilities of trainer and sampler agree within 1e-4, and the gradient norm that the server reports equals the
 * embedded engine's on the same weights, adapter and batch within 1e-3, for each aggregation of the loss. Exits with 1 if not.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Completion, LossSpec, TrajectoryGroup } from '../../src/engine/engine.ts';
import { openLocalEngine } from '../../src/engine/local/local-engine.ts';
import { openTinkerEngine, type TinkerEngine } from '../../src/engine/tinker/tinker-engine.ts';
import { loadTokenizer } from '../../src/engine/tokenizer.ts';
import { random } from '../../src/random.ts';
import { writeChainPolicy } from '../../test/chain-policy.ts';
import { guessableSamples } from '../../test/fake-policy.ts';
import { lostSteps, metricsOf, trainProcess } from '../../test/train-process.ts';
import { type SkyrlServer, skyrlServer } from './server.ts';

const rank = 4;
const steps = 14;
const adam = { learningRate: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, gradientClip: 0 };

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function demand(ok: boolean, what: string): void {
  if (!ok) throw new Error(`FAILED: ${what}`);
  say(`  ok  ${what}`);
}

/** A completion without its last tokens: the normalisations differ only where lengths do. */
const cut = ({ tokens, logprobs }: Completion, by: number): Completion => ({
  tokens: tokens.slice(0, Math.max(1, tokens.length - by)),
  logprobs: logprobs.slice(0, Math.max(1, tokens.length - by)),
  stopReason: 'length',
});

/** Groups with the sampler's own log-probabilities and advantages of both signs. */
const groupsOf = (prompts: readonly Int32Array[], completionsPG: readonly Completion[][]): TrajectoryGroup[] =>
  prompts.map((prompt, p) => ({
    prompt,
    rollouts: (completionsPG[p] ?? []).map(({ tokens, logprobs }, g) => ({
      tokens,
      logprobs,
      advantages: new Float32Array(tokens.length).fill(((g % 3) - 1) * (1 + p) || 0.5),
    })),
  }));

/** The rollout policy as if it were another one: some ratios then leave the clips, and some the bounds. */
const aged = (groups: readonly TrajectoryGroup[]): TrajectoryGroup[] =>
  groups.map((group, p) => ({
    ...group,
    rollouts: group.rollouts.map((rollout, g) => {
      const rng = random(3, 'aged', p, g);
      return { ...rollout, logprobs: rollout.logprobs.map((value) => value + 2.4 * (rng.next() - 0.5)) };
    }),
  }));

async function logprobsAgree(engine: TinkerEngine, groups: readonly TrajectoryGroup[], when: string): Promise<void> {
  const trainer = await engine.trainerLogprobs(groups);
  const rollouts = groups.flatMap(({ rollouts }) => rollouts);
  const differences = rollouts.flatMap(({ logprobs }, d) =>
    Array.from(logprobs, (value, t) => Math.abs(value - (trainer[d]?.[t] ?? Number.NaN))),
  );
  const most = Math.max(...differences);
  demand(
    most < 1e-4,
    `${when}: trainer and sampler differ by at most ${most.toExponential(1)} over ${differences.length} tokens (bound 1e-4)`,
  );
}

/** The newest adapter that the server wrote for its sampler, as a folder. */
async function newestAdapter(data: string, into: string): Promise<string> {
  const root = join(data, 'checkpoints');
  const files = (await readdir(root, { recursive: true }))
    .filter((name) => /sampler_weights.*\.tar\.gz$/.test(name))
    .map((name) => join(root, name));
  const times = await Promise.all(files.map(async (file) => ({ file, time: (await stat(file)).mtimeMs })));
  const newest = times.sort((a, b) => b.time - a.time)[0];
  if (newest === undefined) throw new Error(`no sampler checkpoint under ${root}`);
  await mkdir(into, { recursive: true });
  execFileSync('tar', ['-xzf', newest.file, '-C', into], { stdio: 'ignore' });
  return into;
}

async function gradientsAgree(
  engine: TinkerEngine,
  groups: readonly TrajectoryGroup[],
  { data, folder, when }: { data: string; folder: string; when: string },
): Promise<void> {
  const local = await openLocalEngine({ model: await newestAdapter(data, folder), threads: 1 });
  const clips = { clipLow: 0.2, clipHigh: 0.28, dualClip: 3, ratioBounds: [0.5, 5], ratioVeto: 1e-4 } as const;
  const losses: [string, LossSpec, readonly TrajectoryGroup[]][] = [
    ['ppo, token mean', { type: 'ppo', aggregation: 'token-mean', ...clips }, groups],
    ['ppo, token mean, old rollouts', { type: 'ppo', aggregation: 'token-mean', ...clips }, aged(groups)],
    ['ppo, sequence mean', { type: 'ppo', aggregation: 'sequence-mean-token-mean', ...clips }, groups],
    ['ppo, constant', { type: 'ppo', aggregation: 'constant', normalizer: 64, ...clips }, groups],
    ['cispo, token mean', { type: 'cispo', aggregation: 'token-mean', clipLow: 0.2, clipHigh: 0.28 }, aged(groups)],
    ['importance sampling', { type: 'importance-sampling', aggregation: 'token-mean' }, aged(groups)],
  ];
  for (const [name, loss, batch] of losses) {
    const theirs = await engine.forwardBackward(batch, loss);
    // A learning rate of 0 reports the norm and leaves the weights.
    const { gradientNorm } = await engine.optimStep(adam);
    const ours = await local.forwardBackward(batch, loss);
    const { gradientNorm: expected } = await local.optimStep(adam);
    const off = Math.abs(gradientNorm / expected - 1);
    const masked = `masked ${(100 * theirs.maskedFraction).toFixed(0)} %, clipped ${(100 * theirs.clipFraction).toFixed(0)} %`;
    demand(
      off < 1e-3 && Math.abs(theirs.loss - ours.loss) < 1e-3 * Math.max(1, Math.abs(ours.loss)),
      `${when}: ${name}: gradient norm ${gradientNorm.toPrecision(6)} on the server, ${expected.toPrecision(6)} embedded (off by ${off.toExponential(1)}; ${masked})`,
    );
  }
  await local.close();
}

interface Place {
  readonly root: string;
  readonly data: string;
  readonly model: string;
}

/** Samples and compares, on the weights that `prepare` leaves. */
async function proofs(
  server: SkyrlServer,
  { root, data, model }: Place,
  { when, checkpoint }: { when: string; checkpoint?: string },
): Promise<void> {
  const engine = await openTinkerEngine({ url: server.url, baseModel: model, rank, seed: 1 });
  try {
    demand(engine.kind === 'skyrl-jax', `${when}: the server is known as ${engine.kind}, a model is created`);
    if (checkpoint !== undefined) await engine.load({ path: checkpoint });
    const tokenizer = await loadTokenizer(model);
    const prompts = await tokenizer.encodePrompts(['Which one?', 'And which letter comes then?']);
    const request = {
      prompts,
      rolloutsPerPrompt: 4,
      maxTokens: 12,
      // Hot, so that responses differ in text and length; log-probabilities are the model's own at any temperature.
      temperature: 3,
      stopTokens: tokenizer.stopTokens,
      seeds: [11, 12],
    };
    const completions = (await engine.sample(request)).map((group, p) => group.map((one, g) => cut(one, 2 * g + p)));
    const lengths = completions.flat().map(({ tokens }) => tokens.length);
    demand(lengths.length === 8, `${when}: 8 completions, taken as ${lengths.join(', ')} tokens`);
    const groups = groupsOf(prompts, completions);
    await logprobsAgree(engine, groups, when);
    const old = await engine.sampler();
    await gradientsAgree(engine, groups, { data, folder: join(root, `adapter-${when.replaceAll(' ', '-')}`), when });
    const refused = await old.sample(request).then(
      () => false,
      (error: unknown) => error instanceof Error && 'code' in error && error.code === 'sampler-old',
    );
    demand(refused, `${when}: sampling from weights of before an update is refused, not sent`);
  } finally {
    await engine.close();
  }
}

async function trainAndRestart(server: SkyrlServer, { root, data, model }: Place): Promise<string> {
  const guessable = guessableSamples();
  await writeFile(join(root, 'train.jsonl'), guessable.map((sample) => `${JSON.stringify(sample)}\n`).join(''));
  const config = join(root, 'config.yaml');
  await writeFile(
    config,
    [
      `model: ${model}`,
      `lora: { rank: ${rank} }`,
      'data: { train: train.jsonl }',
      `steps: ${steps}`,
      'rollout: { prompts: 2, group: 16, maxTokens: 8 }',
      'dynamicSampling: { enabled: false }',
      'advantage: { type: grpo }',
      'optimizer: { learningRate: 2.0e-3, warmupSteps: 2 }',
      '',
    ].join('\n'),
  );
  const run = join(root, 'run');
  const started = ['train', config, '--out', run, '--engine', `tinker:${server.url}`];
  const interrupt = { step: 10, act: async (pid: number) => void process.kill(pid, 'SIGINT') };
  const first = await trainProcess(started, run, [interrupt]);
  const ten = await metricsOf(run);
  demand(
    first.code === 130 && ten.length >= 10 && ten.length < steps,
    `${ten.length} GRPO steps, then interrupted and saved`,
  );
  demand(ten.filter(({ gradientNorm }) => gradientNorm > 0).length >= 5, 'steps have gradients');

  await server.kill();
  await server.start();
  say('  ..  server killed and started again');
  const restart = {
    step: ten.length + 1,
    act: async () => {
      await server.kill();
      say('  ..  server killed while the run goes on');
      await server.start();
    },
  };
  const second = await trainProcess(['train', '--resume', run], run, [restart]);
  const all = await metricsOf(run);
  if (second.code !== 0) say(second.err);
  demand(second.code === 0 && all.length === steps, `resumed to step ${all.length}, over another restart`);
  const lost = lostSteps(second.err);
  demand(
    lost.length > 0 && lost.every((cost) => cost <= 1),
    `the restart cost at most the step in flight: ${lost.join(', ')}`,
  );
  demand(
    all.slice(0, ten.length).every((metrics, index) => JSON.stringify(metrics) === JSON.stringify(ten[index])),
    'the steps of before are as they were',
  );
  demand(
    all.every(({ staleness }) => staleness === 0),
    'no rollout is older than its policy (this server allows no other)',
  );
  const kl = Math.max(...all.map(({ approximateKl }) => Math.abs(approximateKl)));
  demand(kl < 1e-4, `rollouts are the policy's own in every step: largest mean log ratio ${kl.toExponential(1)}`);
  const kept = await readdir(join(run, 'checkpoints'));
  const held = (await readdir(join(data, 'checkpoints'), { recursive: true })).filter((name) =>
    /^[^/]+\/step-[^/]+$/.test(name),
  );
  // A save that a restart cut off may leave one that nobody names.
  demand(
    held.length <= kept.length + 2,
    `the server holds ${held.length} checkpoints of ${steps} steps, the run ${kept.length}`,
  );
  const last = kept.sort().at(-1) ?? '';
  return join(run, 'checkpoints', last);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { venv: { type: 'string' } } });
  if (values.venv === undefined)
    throw new Error('Give --venv DIR, an environment with skyrl: see integrations/skyrl/README.md.');
  const python = join(values.venv, 'bin', 'python');
  const versions =
    "import sys, jax; from importlib.metadata import version; print('Python', sys.version.split()[0], 'skyrl', version('skyrl'), 'jax', jax.__version__)";
  say(execFileSync(python, ['-c', versions], { encoding: 'utf8' }).trim());
  const root = await mkdtemp(join(tmpdir(), 'golongrl-skyrl-'));
  const shape = { layers: 2, hiddenSize: 64, intermediateSize: 128, heads: 4, kvHeads: 2, headDim: 16 };
  const model = await writeChainPolicy({ architecture: 'qwen3', queryKeyNorm: 'head', ...shape });
  const place = { root, data: join(root, 'server'), model };
  const server = await skyrlServer({ venv: values.venv, model, data: place.data });
  const start = performance.now();
  try {
    await server.start();
    await proofs(server, place, { when: 'new adapter' });
    const checkpoint = await trainAndRestart(server, place);
    await proofs(server, place, { when: 'trained adapter', checkpoint });
    say(`all checks passed in ${((performance.now() - start) / 1000).toFixed(0)} s`);
  } catch (error) {
    process.stderr.write(`${server.lastWords()}\n`);
    throw error;
  } finally {
    await server.kill();
    await rm(root, { recursive: true, force: true });
    await rm(join(model, '..'), { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
