/**
 * @file Which share of the machine's matrix peak the engine reaches, measured in the same run: training, sampling, prefill, beside a
 * product of large matrices. Processor time of one thread, the four taking turns, medians: a busy machine changes all alike. The work
 * is that of the model's products, counted by src/planning. Prints the bound that each share is held to; exits with 1 when one is missed.
 *
 * Run: npm run bench:peak -- [--shape micro,135m] [--runs 5]
 */
import { parseArgs } from 'node:util';
import type { TrajectoryGroup } from '../src/engine/engine.ts';
import { Decoder } from '../src/engine/local/decode/decoder.ts';
import { Graph, Program } from '../src/engine/local/graph/graph.ts';
import { Trainer } from '../src/engine/local/train/trainer.ts';
import { packingLimits } from '../src/engine/local/train/units.ts';
import type { ModelConfig } from '../src/engine/local/weights/model-config.ts';
import { initModel, makeParameters, parameterLayout } from '../src/engine/local/weights/parameters.ts';
import { forwardFlops } from '../src/planning/model-shape.ts';
import { engineShape } from '../src/planning/read-model-shape.ts';
import { random } from '../src/random.ts';
import { shapes } from './shapes.ts';

const { values } = parseArgs({
  options: { shape: { type: 'string', default: 'micro,135m' }, runs: { type: 'string', default: '5' } },
});

/** Least shares; `batch` sequences of `context` tokens, or as many rollouts after one of them, of `steps` tokens. */
const bounds = { training: 0.5, sampling: 0.3, prefill: 0.8 } as const;
const [batch, context, steps, width] = [8, 512, 256, 1024];

type Task = 'peak' | keyof typeof bounds;

const milliseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
};

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] as number;

/** GFLOP/s of each task: how much work a run is, and the processor's time for it. */
async function rates(
  tasks: Readonly<Record<Task, () => Promise<{ flops: number; ms: number }>>>,
): Promise<Record<Task, number>> {
  const names = Object.keys(tasks) as Task[];
  const found: Record<Task, number[]> = { peak: [], training: [], sampling: [], prefill: [] };
  for (const name of names) await tasks[name]();
  for (let run = 0; run < Number(values.runs); run++) {
    for (const name of names) {
      const { flops, ms } = await tasks[name]();
      found[name].push(flops / ms / 1e6);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(found[name])])) as Record<Task, number>;
}

async function product(): Promise<{ run: () => Promise<{ flops: number; ms: number }>; program: Program }> {
  const graph = new Graph();
  const [a, b] = [graph.input('a', [width, width]), graph.input('b', [width, width])];
  // The sum alone comes back: copying the product is none of its time.
  graph.output(graph.reduceSum(graph.matmul(a, b), -1), 'y');
  const program = await Program.compile(graph, 1);
  const x = new Float32Array(width * width).fill(1 / width);
  const run = async () => {
    const before = milliseconds();
    await program.run({}, { a: x, b: x });
    return { flops: 2 * width ** 3, ms: milliseconds() - before };
  };
  return { run, program };
}

async function measure(config: ModelConfig): Promise<Record<Task, number>> {
  const shape = engineShape(config);
  const parameters = initModel(config, 1);
  const gradients = makeParameters(parameterLayout(config));
  const trainer = new Trainer({ config, parameters, gradients, limits: packingLimits(config), threads: 1 });
  const decoder = new Decoder({ config, parameters, threads: 1 });
  const peak = await product();
  const rng = random('peak');
  const tokens = (count: number) => Int32Array.from({ length: count }, () => rng.integer(0, config.vocabSize - 1));
  const ones = () => new Float32Array(context).fill(1);
  const rollouts = Array.from({ length: batch }, () => ({
    tokens: tokens(context),
    logprobs: ones(),
    advantages: ones(),
  }));
  const group: TrajectoryGroup = { prompt: new Int32Array(0), rollouts };
  const prompts = rollouts.map((rollout) => rollout.tokens);
  const training = async () => {
    const before = milliseconds();
    await trainer.forwardBackward([group], { type: 'cross-entropy', aggregation: 'token-mean' });
    const ms = milliseconds() - before;
    trainer.clear();
    return { flops: 3 * batch * forwardFlops(shape, 0, context), ms };
  };
  /** Processor time of the prompts, and of the steps with what is made for them: a policy is sampled from for the first time. */
  const sample = async (sampled: readonly Int32Array[], maxTokens: number) => {
    await decoder.forget();
    const start = milliseconds();
    let prefilled = start;
    await decoder.sample({
      prompts: sampled,
      rolloutsPerPrompt: batch / sampled.length,
      ...{ maxTokens, temperature: 1, stopTokens: [], seeds: sampled.map((_, i) => i) },
      onEvent: ({ type }) => {
        if (type === 'prefill-progress') prefilled = milliseconds();
      },
    });
    return { prefill: prefilled - start, steps: milliseconds() - prefilled };
  };
  const found = await rates({
    peak: peak.run,
    training,
    sampling: async () => {
      const { steps: ms } = await sample(prompts.slice(0, 1), steps);
      return { flops: batch * forwardFlops(shape, context, context + steps), ms };
    },
    prefill: async () => {
      const { prefill: ms } = await sample(prompts, 1);
      return { flops: batch * forwardFlops(shape, 0, context - 1), ms };
    },
  });
  await Promise.all([trainer.release(), decoder.release(), peak.program.release()]);
  return found;
}

let missed = false;
for (const name of values.shape.split(',')) {
  const config = Object.entries(shapes).find(([key]) => key === name)?.[1];
  if (!config) throw new Error(`--shape: got ${name}, expected ${Object.keys(shapes).join(' | ')}.`);
  const found = await measure(config);
  console.log(`${name}: a product of ${width} by ${width} reaches ${found.peak.toFixed(0)} GFLOP/s on one thread`);
  for (const [task, bound] of Object.entries(bounds) as [keyof typeof bounds, number][]) {
    const share = found[task] / found.peak;
    const met = share >= bound;
    missed ||= !met;
    console.log(
      `${name} ${task}, ${batch} x ${context}: ${found[task].toFixed(1)} GFLOP/s, ${share.toFixed(2)} of the peak (bound ${bound.toFixed(2)}, ${met ? 'met' : 'MISSED'})`,
    );
  }
}
if (missed) process.exitCode = 1;
