/** @file The engine against transformers' numbers for three tiny random models (bench/parity/reference.py golden). */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Trainer } from '../../src/engine/local/train/trainer.ts';
import { readModel } from '../../src/engine/local/weights/model-files.ts';
import { makeParameters, parameterLayout } from '../../src/engine/local/weights/parameters.ts';
import { type GoldenBatch, goldenGroup, gradientNumbers } from './golden-group.ts';
import { forwardLogits } from './logits.ts';

interface Golden {
  readonly batch: GoldenBatch;
  /** Gradients: norm, and product with cos(0), cos(1), ... */
  readonly models: Record<string, { logits: number[]; loss: number; gradients: Record<string, [number, number]> }>;
}

const folder = fileURLToPath(new URL('../golden/engine', import.meta.url));
const golden: Golden = JSON.parse(readFileSync(`${folder}/golden.json`, 'utf8'));
const group = goldenGroup(golden.batch);

for (const [name, expected] of Object.entries(golden.models)) {
  test(`logits, loss and gradients are those of transformers: ${name}`, async () => {
    const model = await readModel(`${folder}/${name}`);
    const { config } = model;
    const layout = parameterLayout(config);
    const parameters = makeParameters(layout, model.parameters);
    const gradients = makeParameters(layout);
    const tokens = Int32Array.from([...group.prompt, ...(group.rollouts[0]?.tokens ?? [])]);
    const logits = await forwardLogits(config, parameters, tokens);
    expect(logits).toHaveLength(expected.logits.length);
    for (const [i, logit] of expected.logits.entries())
      expect(Math.abs((logits[i] as number) - logit)).toBeLessThan(1e-4);

    const limits = { tokens: 1000, scores: 1e6, wholeBytes: Number.POSITIVE_INFINITY };
    const trainer = new Trainer({ config, parameters, gradients, limits, threads: 1 });
    const { loss } = await trainer.forwardBackward([group], { type: 'cross-entropy', aggregation: 'token-mean' });
    await trainer.release();
    expect(loss).toBeCloseTo(expected.loss, 4);
    expect(layout.slots.map((slot) => slot.name).toSorted()).toEqual(Object.keys(expected.gradients).toSorted());
    for (const slot of layout.slots) {
      const numbers = gradientNumbers(gradients.views[slot.key] as Float32Array);
      const [norm, product] = expected.gradients[slot.name] as [number, number];
      expect(Math.abs(numbers[0] - norm) / norm, slot.name).toBeLessThan(1e-4);
      expect(Math.abs(numbers[1] - product) / norm, slot.name).toBeLessThan(1e-3);
    }
  });
}
