/**
 * @file A batch that cannot fit into the machine: refused with both numbers before anything is computed, gradients and memory as they
 * were, and the engine goes on.
 */
import { join } from 'node:path';
import { EngineCore } from '../../../src/engine/local/engine-core.ts';
import { writeModel } from '../../../src/engine/local/weights/checkpoint.ts';
import type { ModelConfig } from '../../../src/engine/local/weights/model-config.ts';
import { initModel } from '../../../src/engine/local/weights/parameters.ts';
import { EngineError } from '../../../src/errors.ts';
import type { Fault } from './main.ts';
import { expectThat } from './training.ts';

const tokensOf = (count: number) => ({
  tokens: new Int32Array(count),
  logprobs: new Float32Array(count),
  advantages: new Float32Array(count).fill(1),
});

/** Two million tokens of this need hundreds of gigabytes, even where memory grows only linearly. */
const config: ModelConfig = {
  architecture: 'llama',
  vocabSize: 64,
  hiddenSize: 256,
  intermediateSize: 256,
  layers: 32,
  heads: 16,
  kvHeads: 16,
  headDim: 16,
  normEpsilon: 1e-6,
  ropeTheta: 10_000,
  maxContext: 2_000_000,
  tied: true,
};

export const tooLarge: Fault = async ({ root }) => {
  const folder = join(root, 'long');
  await writeModel(folder, { config, parameters: initModel(config, 1) });
  const engine = await EngineCore.open({ model: folder, threads: 1 });
  const loss = { type: 'cross-entropy', aggregation: 'token-mean' } as const;
  const start = performance.now();
  const before = process.memoryUsage().rss;
  const prompt = new Int32Array(1_900_000);
  const error: unknown = await engine.forwardBackward([{ prompt, rollouts: [tokensOf(90_000)] }], loss).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const seconds = (performance.now() - start) / 1000;
  const grown = (process.memoryUsage().rss - before) / 1e6;
  expectThat(error instanceof EngineError, `It ended with ${String(error)}`);
  const { message } = error as EngineError;
  expectThat((message.match(/\d[\d.]* GB/g)?.length ?? 0) >= 2, `The error has no numbers: ${message}`);
  expectThat(seconds < 20 && grown < 500, `It took ${seconds} s and ${grown} MB to say so.`);
  const small = await engine.forwardBackward([{ prompt: new Int32Array(5), rollouts: [tokensOf(4)] }], loss);
  expectThat(Number.isFinite(small.loss), 'The engine no longer works.');
  await engine.close();
  return `"${message}" after ${seconds.toFixed(2)} s, ${Math.max(0, grown).toFixed(0)} MB; the engine goes on`;
};
