/**
 * @file The shapes that the engine's benchmarks run: the bundled policy's and SmolLM2-135M's.
 */
import type { ModelConfig } from '../src/engine/index.ts';

const common = { architecture: 'llama', normEpsilon: 1e-5, ropeTheta: 10_000, maxContext: 8192, tied: true } as const;
export const shapes = {
  micro: {
    ...common,
    vocabSize: 1024,
    hiddenSize: 128,
    intermediateSize: 384,
    layers: 4,
    heads: 4,
    kvHeads: 4,
    headDim: 32,
  },
  '135m': {
    ...common,
    vocabSize: 49_152,
    hiddenSize: 576,
    intermediateSize: 1536,
    layers: 30,
    heads: 9,
    kvHeads: 3,
    headDim: 64,
  },
} as const satisfies Readonly<Record<string, ModelConfig>>;
