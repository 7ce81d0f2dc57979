/**
 * @file The plan of a training configuration, for `train --dry-run`: the samples' own lengths, the longest responses allowed.
 */
import type { TrainingConfig } from '../training/config.ts';
import { devices } from './device.ts';
import type { ModelShape } from './model-shape.ts';
import { makePlan, type Plan } from './plan.ts';

export interface PlanOfConfigOptions {
  readonly config: TrainingConfig;
  readonly shape: ModelShape;
  /** Tokens of the training prompts. */
  readonly promptTokens: readonly number[];
  readonly cores: number;
}

export function planOfConfig({ config, shape, promptTokens, cores }: PlanOfConfigOptions): Plan {
  const { rollout, dynamicSampling, data, lora, steps, engine } = config;
  const kept = promptTokens.filter((tokens) => tokens <= data.maxPromptTokens);
  const mean = kept.reduce((sum, tokens) => sum + tokens, 0) / Math.max(1, kept.length);
  return makePlan({
    engine: engine === 'local' ? 'local' : 'tinker',
    shape,
    workload: {
      prompts: rollout.prompts,
      group: rollout.group,
      promptTokens: mean,
      responseTokens: rollout.maxTokens,
      maxPromptTokens: kept.reduce((a, b) => Math.max(a, b), 1),
      maxResponseTokens: rollout.maxTokens,
      drawn: dynamicSampling.enabled ? dynamicSampling.draw : 1,
    },
    steps,
    cores,
    gpus: [],
    device: devices.H100,
    lora: lora?.rank,
  });
}
