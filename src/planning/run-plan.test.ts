import { expect, test } from 'vitest';
import { completeConfig } from '../training/parse-config.ts';
import type { EngineSpeed } from './measure-engine.ts';
import { forwardFlops, type ModelShape } from './model-shape.ts';
import { planRun, runPlanText } from './run-plan.ts';

const shape: ModelShape = {
  ...{ vocabulary: 1000, hidden: 64, intermediate: 128, layers: 2, heads: 4, kvHeads: 2, headDim: 16 },
  ...{ tied: true, headNorms: false },
};
const config = completeConfig({
  model: 'micro',
  data: { train: 'x' },
  steps: 50,
  rollout: { prompts: 10, group: 8, maxTokens: 64 },
  dynamicSampling: { enabled: false },
  evaluation: { rollouts: 1, greedy: true },
});

/** An engine that takes in 100 prompts of 200 tokens a second, draws 100 responses of 50, and trains as much in two. */
const prompt = forwardFlops(shape, 0, 200);
const response = forwardFlops(shape, 200, 250);
const speed: EngineSpeed = {
  prefill: 100 * prompt,
  decoding: 100 * response,
  training: 50 * (prompt + 8 * response),
  ...{ scoring: 0, responseTokens: 50, groups: 8, differing: 8 },
};
const plan = (budget?: number, setup = 20) =>
  planRun({
    config,
    shape,
    speed,
    setup,
    budget,
    trainTokens: [200, 200],
    heldoutTokens: Array.from({ length: 100 }, () => 200),
  });

test('seconds follow from what was measured', () => {
  const { evaluation, step, total, steps } = plan();
  // 100 prompts, before and after, sampled and greedy: each taken in and answered once, 4 s of either.
  expect(evaluation).toBeCloseTo(8, 6);
  // 10 prompts 0.1 s, 80 responses 0.8 s, 10 groups trained 0.2 s.
  expect(step).toBeCloseTo(1.1, 6);
  expect(steps).toBe(50);
  expect(total).toBeCloseTo(20 + 8 + 6 + 55, 6);
});

test('where the whole would take too long there are fewer steps, and the text says by how much and why', () => {
  const fitting = plan(80);
  // 0.95 of 80 s, less 34 s, in steps of 1.1 s.
  expect(fitting).toMatchObject({ steps: 38, asked: 50, budget: 80 });
  expect(fitting.total).toBeLessThanOrEqual(80);
  expect(runPlanText(fitting)).toBe(
    '76 s in all: 20 s so far, evaluations 8.0 s, 38 steps of 1.1 s. Fewer steps than 50: 50 steps would make it 89 s, 38 fit into 80 s. --steps 50 takes them all',
  );
  expect(plan(300).steps).toBe(50);
  expect(runPlanText(plan(300))).toBe('89 s in all: 20 s so far, evaluations 8.0 s, 50 steps of 1.1 s');
});

test('questions are never left out: with no time left a few steps are taken all the same, and it is said', () => {
  const late = plan(300, 500);
  expect(late).toMatchObject({ steps: 4, evaluation: plan().evaluation });
  expect(runPlanText(late)).toContain('with 4 it is still over 300 s: questions are never left out');
});

test('dynamic sampling draws more groups where few differ, and trains on fewer', () => {
  const sampling = { ...config, dynamicSampling: { enabled: true, draw: 1.25, enough: 0.5, maxDraws: 3 } };
  const stepOf = (differing: number) =>
    planRun({
      config: sampling,
      shape,
      speed: { ...speed, groups: 92, differing },
      trainTokens: [200],
      heldoutTokens: [],
      setup: 0,
    }).step;
  // 12.5 groups drawn at 0.09 s, all but a few of 10 trained at 0.02 s.
  expect(stepOf(92)).toBeCloseTo(12.5 * 0.09 + 10 * 0.02, 2);
  // A fifth differs: 5 of 24 or so.
  expect(stepOf(15)).toBeCloseTo(24.3 * 0.09 + 5 * 0.02, 1);
});
