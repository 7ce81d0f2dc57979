import { expect, test } from 'vitest';
import { gradientError } from '../../../../test/engine/finite-difference.ts';
import { tinyConfig, tinyFamilies, tinyModel, tinyQwen } from '../../../../test/engine/tiny-model.ts';
import { random } from '../../../random.ts';
import { promptMasks, segmentIndex } from '../train/segment-index.ts';
import { layerKind } from '../weights/layer-kind.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { layerShapes } from '../weights/parameters.ts';
import type { BatchShape } from './attention.ts';
import { buildBlock } from './block.ts';
import { Program, type Sizes, type TensorData } from './graph.ts';
import { ropeTables } from './rope-tables.ts';

const multiHead: ModelConfig = { ...tinyConfig, kvHeads: 4 };

/** Ragged batches: two plain sequences; and two groups, of two rollouts and of one, after prompts of 5 and 3 tokens. */
function batchOf(
  { kind, chunks }: BatchShape,
  config: ModelConfig,
): { sizes: Sizes; feeds: Record<string, TensorData> } {
  if (kind === 'dense') {
    const spans = [
      { start: 0, length: 6 },
      { start: 6, length: 4 },
    ];
    return {
      sizes: { N: 10, Np: 10, NG: 2, Q: 6 / chunks },
      feeds: {
        positions: BigInt64Array.from([0, 1, 2, 3, 4, 5, 0, 1, 2, 3], BigInt),
        ...segmentIndex('prompt', spans, config, { query: 6 / chunks, chunks, firstRow: 0 }),
      },
    };
  }
  const tails = [
    { start: 0, length: 3 },
    { start: 3, length: 2 },
    { start: 5, length: 2 },
    { start: 0, length: 0 },
  ];
  const prompts = [
    { start: 7, length: 5 },
    { start: 12, length: 3 },
  ];
  return {
    sizes: { N: 15, Nt: 7, Np: 8, NG: 2, G: 2, B: 4, S: 3, Q: 6 / chunks },
    feeds: {
      positions: BigInt64Array.from([5, 6, 7, 5, 6, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2], BigInt),
      ...promptMasks([5, 3], { length: 6, rows: 3, window: config.window }),
      ...segmentIndex('tail', tails, config, { query: 3, chunks: 1, firstRow: 0 }),
      ...segmentIndex('prompt', prompts, config, { query: 6 / chunks, chunks, firstRow: 7 }),
    },
  };
}

const normal = (count: number, label: string): Float32Array => {
  const rng = random('block', label);
  return Float32Array.from({ length: count }, () => rng.next() + rng.next() + rng.next() - 1.5);
};

for (const [name, config] of [
  ['grouped queries', tinyConfig],
  ['as many keys as queries', multiHead],
  ['qwen3, normalised heads', tinyQwen],
  ...Object.entries(tinyFamilies),
] as const) {
  for (const shape of [
    { kind: 'dense', chunks: 1 },
    { kind: 'dense', chunks: 3 },
    { kind: 'shared', chunks: 1 },
    { kind: 'shared', chunks: 2 },
  ] as const) {
    const { kind, chunks } = shape;
    test(`every gradient of a layer is that of finite differences: ${name}, ${kind}, ${chunks} chunks`, async () => {
      const parameters = tinyModel(config);
      const tensors = Object.keys(layerShapes(config, layerKind(config, 0)));
      const weights = Object.fromEntries(
        tensors.map((tensor) => [`layer.${tensor}`, parameters.views[`layer0.${tensor}`] as Float32Array]),
      );
      const { sizes, feeds } = batchOf(shape, config);
      const count = (sizes.N as number) * config.hiddenSize;
      const x = normal(count, 'x');
      // Loss: a linear functional of the output.
      const dy = normal(count, 'dy');
      const all = { ...feeds, ...weights, ...ropeTables(config), x, dy };
      const forward = await Program.compile(buildBlock(config, { ...shape, backward: false }), 1);
      const backward = await Program.compile(buildBlock(config, { ...shape, backward: true }), 1);
      const loss = async () => {
        const { y } = await forward.run(sizes, all);
        return (y as Float32Array).reduce((sum, value, i) => sum + value * (dy[i] as number), 0);
      };
      const outputs = await backward.run(sizes, all);
      expect(await gradientError(loss, x, outputs.dx as Float32Array, { probes: 40 })).toBeLessThan(2e-3);
      for (const tensor of tensors) {
        const values = weights[`layer.${tensor}`] as Float32Array;
        const error = await gradientError(loss, values, outputs[`gradient.${tensor}`] as Float32Array, { step: 1e-2 });
        expect(error, tensor).toBeLessThan(2e-3);
      }
      await forward.release();
      await backward.release();
    });
  }
}
