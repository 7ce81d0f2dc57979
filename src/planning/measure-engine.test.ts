import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { writeChainPolicy } from '../../test/chain-policy.ts';
import { guessableSamples } from '../../test/fake-policy.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineCore } from '../engine/local/engine-core.ts';
import { loadTokenizer } from '../engine/tokenizer.ts';
import { promptEncoder } from '../rollouts/group.ts';
import { completeConfig } from '../training/parse-config.ts';
import { lossSpec } from '../training/policy-step.ts';
import { measureEngine } from './measure-engine.ts';
import { readModelShape } from './read-model-shape.ts';

const config = completeConfig({
  model: 'micro',
  data: { train: 'x' },
  rollout: { prompts: 2, group: 4, maxTokens: 8 },
});
const { gradientClip, ...rates } = config.optimizer;

/** A step of training, and what the policy then says. */
async function trainOnce(engine: Engine, prompt: Int32Array) {
  const request = { prompts: [prompt], rolloutsPerPrompt: 4, maxTokens: 8, temperature: 1, stopTokens: [], seeds: [1] };
  const [drawn = []] = await engine.sample(request);
  const rollouts = drawn.map(({ tokens, logprobs }, g) => ({
    tokens,
    logprobs,
    advantages: new Float32Array(tokens.length).fill(g - 1.5),
  }));
  await engine.forwardBackward([{ prompt, rollouts }], lossSpec(config, 4));
  await engine.optimStep({ ...rates, gradientClip, learningRate: 1e-2 });
  return engine.logprobs?.([{ prompt, rollouts }]);
}

test('speeds are measured on the real engine, which learns afterwards as if nothing had been measured', async () => {
  const model = await writeChainPolicy();
  const { shape } = await readModelShape(model);
  const tokenizer = await loadTokenizer(model);
  const prompts = await promptEncoder(tokenizer)(guessableSamples());
  const prompt = prompts[0]?.prompt ?? new Int32Array();
  const [measured, fresh] = [
    await EngineCore.open({ model, threads: 1 }),
    await EngineCore.open({ model, threads: 1 }),
  ];
  const speed = await measureEngine({ engine: measured, tokenizer, config, shape, prompts, seconds: 0.1 });
  for (const rate of [speed.prefill, speed.decoding, speed.training, speed.scoring])
    expect(rate > 0 && Number.isFinite(rate)).toBe(true);
  expect(speed.responseTokens).toBeGreaterThan(0);
  expect(speed.responseTokens).toBeLessThanOrEqual(8);
  expect(await trainOnce(measured, prompt)).toEqual(await trainOnce(fresh, prompt));
  await measured.close();
  await fresh.close();
  await rm(dirname(model), { recursive: true });
});
