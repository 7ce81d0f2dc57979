import { expect, test } from 'vitest';
import { tinyConfig } from '../../../../test/engine/tiny-model.ts';
import type { TrajectoryGroup } from '../../engine.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { packBatch } from './packing.ts';
import { type PackingLimits, packingLimits } from './units.ts';

const micro: ModelConfig = {
  ...tinyConfig,
  vocabSize: 64,
  hiddenSize: 128,
  intermediateSize: 384,
  layers: 4,
  heads: 4,
  kvHeads: 4,
  headDim: 32,
  maxContext: 8192,
};
const layer = { rope: 'main', windowed: true, experts: false } as const;
const windowed: ModelConfig = { ...micro, window: 64, layerKinds: [layer, layer, layer, layer] };

function layeredUnits(config: ModelConfig, prompt: number, limits: Partial<PackingLimits> = {}): number {
  const rollout = {
    tokens: new Int32Array(16).fill(3),
    logprobs: new Float32Array(16),
    advantages: new Float32Array(16).fill(1),
  };
  const group: TrajectoryGroup = { prompt: new Int32Array(prompt).fill(2), rollouts: [rollout, rollout] };
  const memory = { wholeBytes: 4e9, ...limits };
  return packBatch([group], config, { ...packingLimits(config), ...memory }).layered.length;
}

test('what fits into one graph goes there, however many scores it has, and what does not goes layer by layer', () => {
  expect(layeredUnits(micro, 300)).toBe(0);
  expect(layeredUnits(micro, 3000)).toBe(0);
  expect(layeredUnits(micro, 3000, { wholeBytes: 640e6 })).toBe(1);
});

test('logits that one tensor cannot hold make a group go layer by layer', () => {
  // 32 tokens are predicted, of a vocabulary of 64.
  expect(layeredUnits(micro, 300, { tensorBytes: 4 * 64 * 32 })).toBe(0);
  expect(layeredUnits(micro, 300, { tensorBytes: 4 * 64 * 32 - 1 })).toBe(1);
});

test('windows make a long prompt cheaper layer by layer, and a short one not', () => {
  expect(layeredUnits(windowed, 100)).toBe(0);
  expect(layeredUnits(windowed, 3000)).toBe(1);
});
