/**
 * @file The plan of a training configuration: the samples' own lengths, the longest responses allowed. `train --dry-run` prints it,
 * and a run of the embedded engine that cannot fit into the machine is refused by it before it starts.
 */
import { availableParallelism } from 'node:os';
import { machineMemory } from '../engine/local/machine-memory.ts';
import { UsageError } from '../errors.ts';
import type { TrainingConfig } from '../training/config.ts';
import { devices } from './device.ts';
import { makePlan, type Plan } from './plan.ts';
import { duration, size } from './plan-text.ts';
import { readModelShape } from './read-model-shape.ts';

/** Prompts above the limit of the configuration do not count. */
export interface PlanOfConfigOptions {
  readonly config: TrainingConfig;
  /** Folder, file or name of the model. */
  readonly model: string;
  /** Tokens of the training prompts. */
  readonly promptTokens: readonly number[];
}

/** @throws UsageError or InputError when the shape of the model cannot be read. */
export async function planOfConfig({ config, model, promptTokens }: PlanOfConfigOptions): Promise<Plan> {
  const { rollout, dynamicSampling, data, lora, steps, engine, device } = config;
  const { shape, rank, context } = await readModelShape(model);
  const positions = context?.positions ?? Number.POSITIVE_INFINITY;
  const longest = Math.min(data.maxPromptTokens, positions - rollout.maxTokens);
  const kept = promptTokens.filter((tokens) => tokens <= longest);
  const mean = kept.reduce((sum, tokens) => sum + tokens, 0) / Math.max(1, kept.length);
  return makePlan({
    engine: engine === 'local' ? 'local' : 'tinker',
    shape,
    context,
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
    cores: availableParallelism(),
    localDevice: device === 'cpu' || device === 'auto' ? undefined : device,
    gpus: [],
    device: devices.H100,
    lora: lora?.rank ?? rank,
  });
}

/** Longer than this, and nobody meant it: the paper's sizes on a laptop. */
const longestDays = 30;
const dayInSeconds = 86_400;

/** What a run of the plan would be refused with: the embedded engine would need more memory than there is, or more than a month. */
export function refusalOf(plan: Plan, memory = machineMemory()): UsageError | undefined {
  const { local, workload, steps } = plan;
  if (local === undefined) return undefined;
  const { weights, gradients, optimizer, activations, total, sampling, training, device } = local;
  const seconds = steps * (sampling + training);
  const responses = `${workload.group} responses of up to ${workload.maxResponseTokens} tokens to a prompt of ${workload.maxPromptTokens}`;
  if (total > memory)
    return new UsageError(
      'memory-exceeded',
      device === undefined
        ? `This run needs about ${size(total)} of memory (weights ${size(weights)}, gradients ${size(gradients)}, optimizer ${size(optimizer)}, activations of a group of ${responses} ${size(activations)}); this machine has ${size(memory)}. Its ${steps} steps would take about ${duration(seconds)} here.`
        : `This run needs about ${size(total)} of this machine's memory beside the ${size(device.total)} on the device (weights ${size(weights)} and optimizer ${size(optimizer)}, which checkpoints are written from); it has ${size(memory)}.`,
      device === undefined
        ? 'Lower data.maxPromptTokens, rollout.maxTokens or rollout.group, train an adapter (lora.rank), or choose a smaller model or engine tinker:URL.'
        : 'Train an adapter (lora.rank), or choose a smaller model or engine tinker:URL.',
    );
  if (seconds > longestDays * dayInSeconds)
    return new UsageError(
      'time-exceeded',
      `This run would take about ${duration(seconds)} here: ${steps} steps of ${workload.prompts} groups of ${responses}, each of ${duration(sampling + training)}.`,
      'Lower steps, rollout.prompts, rollout.group, rollout.maxTokens or data.maxPromptTokens (`golongrl init` proposes values for this machine), or train on a server: engine tinker:URL.',
    );
  return undefined;
}

/** @throws UsageError with the numbers when the plan does not fit this machine. */
export function checkFits(plan: Plan, memory = machineMemory()): void {
  const refusal = refusalOf(plan, memory);
  if (refusal !== undefined) throw refusal;
}

/** The plan of the embedded engine in a line; undefined for another. */
export function planLine({ local, steps }: Plan): string | undefined {
  if (local === undefined) return undefined;
  if (local.device !== undefined)
    return `Planned: ${size(local.device.total)} of the device's memory, of which it does not say how much it has; ${size(local.total)} of ${size(machineMemory())} here. The time is the device's to show.`;
  const step = local.sampling + local.training;
  return `Planned: about ${duration(step)} a step at the longest responses, ${duration(steps * step)} for ${steps} steps; ${size(local.total)} of ${size(machineMemory())} memory.`;
}
