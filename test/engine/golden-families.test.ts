/**
 * @file Every family against transformers' numbers (bench/parity/reference.py golden-families): log-probabilities, loss and gradients of
 * a model whose weights both sides make by one formula.
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Scorer } from '../../src/engine/local/train/scorer.ts';
import { Trainer } from '../../src/engine/local/train/trainer.ts';
import { makeParameters, type Parameters, parameterLayout } from '../../src/engine/local/weights/parameters.ts';
import { huggingFaceConfig, parseModelConfig } from '../../src/engine/local/weights/read-config.ts';
import { goldenGroup, gradientNumbers } from './golden-group.ts';

const goldenSchema = z.object({
  batch: z.object({
    prompt: z.array(z.number()),
    rollouts: z.array(z.object({ tokens: z.array(z.number()), advantages: z.array(z.number()) })),
  }),
  models: z.record(
    z.string(),
    z.object({
      config: z.looseObject({ model_type: z.string() }),
      loss: z.number(),
      logprobs: z.array(z.array(z.number())),
      /** Norm, and product with cos(0), cos(1), ... */
      gradients: z.record(z.string(), z.tuple([z.number(), z.number()])),
    }),
  ),
});
const golden = goldenSchema.parse(
  JSON.parse(await readFile(new URL('../golden/engine/families.json', import.meta.url), 'utf8')),
);
const group = goldenGroup(golden.batch);

/** A hash of name and place, spread over `width` around `around`. */
function fill(target: Float32Array, name: string, around: number, width: number): void {
  let seed = 2166136261;
  for (const byte of Buffer.from(name)) seed = Math.imul(seed ^ byte, 16777619) >>> 0;
  for (let i = 0; i < target.length; i++) {
    let x = (seed + Math.imul(i, 2654435761)) >>> 0;
    for (let round = 0; round < 2; round++) x = Math.imul(x ^ (x >>> 16), 0x45d9f3b) >>> 0;
    x = (x ^ (x >>> 16)) >>> 0;
    target[i] = around + width * (x / 2 ** 32 - 0.5);
  }
}

function parametersOf(layout: ReturnType<typeof parameterLayout>, family: string): Parameters {
  const parameters = makeParameters(layout);
  for (const { name, key } of layout.slots) {
    const norm = name.endsWith('norm.weight');
    const around = norm && !family.startsWith('gemma') ? 1 : 0;
    const width = name.endsWith('mlp.gate.weight') ? 4 : norm || name.endsWith('.bias') ? 0.6 : 1.2;
    fill(parameters.views[key] as Float32Array, name, around, width);
  }
  return parameters;
}

for (const [name, expected] of Object.entries(golden.models)) {
  for (const [way, wholeBytes] of [
    ['one graph', Number.POSITIVE_INFINITY],
    ['layer by layer', 0],
  ] as const) {
    test(`log-probabilities, loss and gradients are those of transformers: ${name}, ${way}`, async () => {
      const config = parseModelConfig(expected.config, name);
      const layout = parameterLayout(config);
      const parameters = parametersOf(layout, config.architecture);
      const gradients = makeParameters(layout);
      const limits = { tokens: 1000, scores: 1e6, wholeBytes };
      const scorer = new Scorer({ config, limits, threads: 1 });
      const [logprobs = []] = await scorer.logprobs([group], parameters.views);
      await scorer.release();
      for (const [g, row] of expected.logprobs.entries())
        for (const [t, value] of row.entries()) expect(logprobs[g]?.[t]).toBeCloseTo(value, 3);

      const trainer = new Trainer({ config, parameters, gradients, limits, threads: 1 });
      const { loss } = await trainer.forwardBackward([group], { type: 'cross-entropy', aggregation: 'token-mean' });
      await trainer.release();
      expect(loss).toBeCloseTo(expected.loss, 4);
      expect(layout.slots.map((slot) => slot.name).toSorted()).toEqual(Object.keys(expected.gradients).toSorted());
      for (const slot of layout.slots) {
        const numbers = gradientNumbers(gradients.views[slot.key] as Float32Array);
        const [norm, product] = expected.gradients[slot.name] ?? [Number.NaN, Number.NaN];
        // A key's bias has no gradient but rounding where nothing turns or normalises it.
        const scale = Math.max(norm, 1e-4);
        expect(Math.abs(numbers[0] - norm) / scale, slot.name).toBeLessThan(1e-3);
        expect(Math.abs(numbers[1] - product) / scale, slot.name).toBeLessThan(1e-3);
      }
    });
  }
}

test.each(Object.entries(golden.models))('a configuration written is the one that was read: %s', (name, { config }) => {
  const read = parseModelConfig(config, name);
  expect(parseModelConfig(huggingFaceConfig(read), name)).toEqual(read);
});
