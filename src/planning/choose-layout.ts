/**
 * @file The smallest split of a policy that fits: fewer GPUs a copy mean less traffic and more copies.
 */
import { UsageError } from '../errors.ts';
import type { Device } from './device.ts';
import { usableMemory } from './device.ts';
import { kvTokens, type Layout, type Memory, trainingMemory } from './layout.ts';
import type { ModelShape } from './model-shape.ts';
import { rolloutMemory } from './step-time.ts';
import type { Workload } from './workload.ts';

/** `memory` is that of the layout, whether it fits or not. */
export interface ChosenLayout {
  readonly layout: Layout;
  readonly memory: Memory;
  readonly fits: boolean;
  /** Why it does not. */
  readonly reason?: string;
}

/** `gpus` are all GPUs of the job; `lora` is the rank of an adapter. */
export interface LayoutOptions {
  readonly shape: ModelShape;
  readonly workload: Workload;
  readonly device: Device;
  readonly gpus: number;
  readonly kind: Layout['kind'];
  readonly lora?: number | undefined;
}

const sizes = [1, 2, 4, 8] as const;
const gib = 2 ** 30;

/** Splits with `gpus` a multiple of a copy, the smaller first. Tensor parallelism stays within a node of eight. */
function candidates({ shape, workload, gpus, kind, lora }: LayoutOptions): Omit<Layout, 'rollout'>[] {
  if (kind === 'fsdp') return [{ kind, gpus, tensor: 1, context: 1, expert: 1, lora }];
  const rollouts = workload.prompts * workload.group;
  const experts = shape.experts === undefined ? ([1] as const) : sizes;
  const all = sizes.flatMap((tensor) =>
    [...sizes, 16].flatMap((context) => experts.map((expert) => ({ kind, gpus, tensor, context, expert, lora }))),
  );
  return all
    .filter(({ tensor, context, expert }) => {
      const copies = gpus / (tensor * context);
      return Number.isInteger(copies) && rollouts % copies === 0 && gpus % expert === 0;
    })
    .sort((a, b) => a.tensor * a.context - b.tensor * b.context || a.expert - b.expert || a.tensor - b.tensor);
}

/** The smallest copy of the rollout engine whose cache holds one longest prompt with a response. */
function rolloutSize({ shape, workload, device, gpus }: LayoutOptions): number | undefined {
  const needed = workload.maxPromptTokens + workload.maxResponseTokens;
  return sizes.find(
    (size) => gpus % size === 0 && kvTokens(shape, size, rolloutMemory * device.memory * gib) >= needed,
  );
}

/**
 * A given layout, checked; or the first that fits; or, where none does, the one that needs least.
 *
 * @throws UsageError when the rollouts cannot be shared out.
 */
export function chooseLayout(options: LayoutOptions, given?: Omit<Layout, 'gpus' | 'kind'>): ChosenLayout {
  const { shape, workload, device, gpus, kind } = options;
  const sequence = workload.maxPromptTokens + workload.maxResponseTokens;
  const limit = usableMemory * device.memory * gib;
  const weighed = (layout: Layout): ChosenLayout => {
    const memory = trainingMemory(shape, layout, sequence);
    return { layout, memory, fits: memory.total <= limit };
  };
  if (given !== undefined && gpus % (given.tensor * given.context) === 0 && gpus % given.rollout === 0) {
    const chosen = weighed({ ...given, gpus, kind });
    if (chosen.fits) return chosen;
    // Other splits of FSDP are not searched: the offload policy is already the least.
    if (given.offload === true) return { ...chosen, reason: 'training does not fit' };
  }
  const rollout = rolloutSize(options);
  const all = candidates(options).map((layout) => weighed({ ...layout, rollout: rollout ?? Math.min(8, gpus) }));
  const least = [...all].sort((a, b) => a.memory.total - b.memory.total)[0];
  if (least === undefined) {
    throw new UsageError(
      'gpus-uneven',
      `${gpus} GPUs: no split shares ${workload.prompts * workload.group} rollouts a step out evenly`,
      'Take a power of two, or another number of prompts.',
    );
  }
  const fitting = all.find(({ fits }) => fits);
  if (fitting === undefined) return { ...least, reason: 'training does not fit' };
  return rollout === undefined ? { ...fitting, fits: false, reason: 'no room for one longest rollout' } : fitting;
}
