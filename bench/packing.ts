/**
 * @file A group in one graph of the whole model and through the layered pass: measured, beside what src/engine/local/train/packing-cost.ts
 * predicts, which one it chooses, and what the choice loses against the better one. Processor time of one thread, the best of the
 * runs, the two taking turns: a busy machine changes both alike. Exits with 1 where more than 15 % is lost.
 *
 * Run: npm run bench:packing -- [--shape micro,windows,135m] [--prompt 250,500,1000,1400,2000,4000] [--runs 3]
 */
import { parseArgs } from 'node:util';
import type { LossSpec, TrajectoryGroup } from '../src/engine/engine.ts';
import { isLayered } from '../src/engine/local/train/packing.ts';
import { unitBytes, unitWork } from '../src/engine/local/train/packing-cost.ts';
import { Trainer } from '../src/engine/local/train/trainer.ts';
import { packingLimits, toUnits } from '../src/engine/local/train/units.ts';
import type { ModelConfig } from '../src/engine/local/weights/model-config.ts';
import { initModel, makeParameters, parameterLayout } from '../src/engine/local/weights/parameters.ts';
import { random } from '../src/random.ts';
import { shapes } from './shapes.ts';

const { values } = parseArgs({
  options: {
    shape: { type: 'string', default: 'micro,windows,135m' },
    prompt: { type: 'string', default: '250,500,1000,1400,2000,4000' },
    runs: { type: 'string', default: '3' },
  },
});

/** What the choice may lose. */
const mostLost = 0.15;

const layer = { rope: 'main', windowed: false, experts: false } as const;
const windowed = { ...layer, windowed: true };
/** The larger shape with a fifth of its layers and a small vocabulary: the choice is by layer. */
const all: Readonly<Record<string, ModelConfig>> = {
  micro: shapes.micro,
  windows: { ...shapes.micro, architecture: 'qwen3', window: 64, layerKinds: [windowed, windowed, layer, layer] },
  '135m': { ...shapes['135m'], layers: 6, vocabSize: 1024 },
};
const spec: LossSpec = { type: 'importance-sampling', aggregation: 'token-mean' };

function groupOf(prompt: number, { vocabSize }: ModelConfig): TrajectoryGroup {
  const rng = random('packing', prompt);
  const tokens = (count: number) => Int32Array.from({ length: count }, () => rng.integer(0, vocabSize - 1));
  const rollouts = Array.from({ length: 8 }, () => ({
    tokens: tokens(64),
    logprobs: new Float32Array(64).fill(-7),
    advantages: new Float32Array(64).fill(0.5),
  }));
  return { prompt: tokens(prompt), rollouts };
}

async function milliseconds(trainer: Trainer, batch: readonly TrajectoryGroup[]): Promise<number> {
  const before = process.cpuUsage();
  await trainer.forwardBackward(batch, spec);
  const { user, system } = process.cpuUsage(before);
  trainer.clear();
  return (user + system) / 1e3;
}

console.log(
  '| shape | prompt | one graph, ms | layered, ms | ratio | predicted | chosen | lost | memory of one graph |',
);
console.log(`|${' --- |'.repeat(9)}`);
for (const name of values.shape.split(',')) {
  const shape = all[name];
  if (!shape) throw new Error(`--shape: got ${name}, expected ${Object.keys(all).join(' | ')}.`);
  const config = { ...shape, maxContext: 32_768 };
  const limits = packingLimits(config);
  const shared = {
    config,
    parameters: initModel(config, 1),
    gradients: makeParameters(parameterLayout(config)),
    threads: 1,
  };
  const trainer = (wholeBytes: number) => new Trainer({ ...shared, limits: { tokens: 1e9, scores: 1e12, wholeBytes } });
  const [whole, layered] = [trainer(Number.POSITIVE_INFINITY), trainer(0)];
  for (const prompt of values.prompt.split(',').map(Number)) {
    const batch = [groupOf(prompt, config)];
    const best = { whole: Number.POSITIVE_INFINITY, layered: Number.POSITIVE_INFINITY };
    for (let run = 0; run < Number(values.runs); run++) {
      best.whole = Math.min(best.whole, await milliseconds(whole, batch));
      best.layered = Math.min(best.layered, await milliseconds(layered, batch));
    }
    const [unit] = toUnits(batch);
    if (!unit) continue;
    const work = unitWork(unit, config);
    const bytes = unitBytes(unit, config);
    const chosen = isLayered(unit, config, limits) ? 'layered' : 'whole';
    const lost = best[chosen] / Math.min(best.whole, best.layered) - 1;
    const met = lost <= mostLost;
    if (!met) process.exitCode = 1;
    const cells = [
      name,
      prompt,
      best.whole.toFixed(0),
      best.layered.toFixed(0),
      (best.layered / best.whole).toFixed(2),
      (work.layered / work.whole).toFixed(2),
      chosen === 'whole' ? 'one graph' : 'layered',
      `${(100 * lost).toFixed(0)} % (${met ? 'met' : 'MISSED'})`,
      `${(bytes / 1e9).toFixed(2)} GB`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  await whole.release();
  await layered.release();
}
