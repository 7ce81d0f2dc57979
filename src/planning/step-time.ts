/**
 * @file Seconds of a step on GPUs: FLOPs over what the devices reach, and for decoding, bytes over their bandwidth. An estimate
 * within a factor of two or so: it knows no network, no kernels, and takes all responses to be of the mean length.
 */
import type { Device, Efficiency } from './device.ts';
import { kvBytesPerGpu, kvTokens, type Layout } from './layout.ts';
import { cachedTokens, countParameters, forwardFlops, type ModelShape } from './model-shape.ts';
import type { Workload } from './workload.ts';

/** Seconds of one optimizer step; `total` is the sum of the parts. */
export interface StepTime {
  readonly prefill: number;
  readonly decoding: number;
  /** Log-probabilities of the rollouts under the policy before the step. */
  readonly scoring: number;
  readonly update: number;
  readonly overhead: number;
  readonly total: number;
  /** Responses that one copy of the rollout engine decodes at a time. */
  readonly concurrent: number;
}

/** Share of the GPU memory for weights and cache of the rollout engine, as the paper's scripts set it. */
export const rolloutMemory = 0.6;
/** Most responses that a copy of the rollout engine decodes at once, as the paper's scripts set it. */
const mostConcurrent = 512;

/** `efficiency` says what share of the device's figures counts. */
export interface TimeOptions {
  readonly shape: ModelShape;
  readonly workload: Workload;
  readonly layout: Layout;
  readonly device: Device;
  readonly efficiency: Efficiency;
}

/** Responses at once: the cache holds a group's prompt once and each of its responses. */
function concurrency({ shape, workload, layout, device }: TimeOptions): number {
  const { promptTokens, responseTokens, group } = workload;
  const room = kvTokens(shape, layout.rollout, rolloutMemory * device.memory * 2 ** 30);
  return Math.min(
    mostConcurrent,
    Math.floor(room / (cachedTokens(shape, promptTokens) / group + cachedTokens(shape, responseTokens))),
  );
}

function decodingSeconds(options: TimeOptions, concurrent: number): number {
  const { shape, workload, layout, device, efficiency } = options;
  const { promptTokens, responseTokens, prompts, group, drawn } = workload;
  const copies = layout.gpus / layout.rollout;
  const responses = (prompts * drawn * group) / copies;
  const atOnce = Math.min(concurrent, responses);
  if (atOnce < 1) return Number.POSITIVE_INFINITY;
  // Each decoded token reads the weights once for all responses at once, and each response's own cache.
  const { total, active, experts } = countParameters(shape);
  const touched = experts === 0 ? total : Math.min(total, total - experts + (active - (total - experts)) * atOnce);
  const weights = (2 * touched) / layout.rollout;
  const cache = atOnce * cachedTokens(shape, promptTokens + responseTokens / 2) * kvBytesPerGpu(shape, layout.rollout);
  const token = (weights + cache) / (device.bandwidth * efficiency.decoding);
  return (responses / atOnce) * responseTokens * token;
}

/** FLOPs at what the GPUs reach; decoding by the bandwidth of their memory. Within a factor of two or so. */
export function stepTime(options: TimeOptions): StepTime {
  const { shape, workload, layout, device, efficiency } = options;
  const { prompts, group, promptTokens, responseTokens, drawn } = workload;
  const reached = device.flops * layout.gpus;
  const sequence = forwardFlops(shape, 0, promptTokens + responseTokens);
  const forward = (prompts * group * sequence) / (reached * efficiency.training);
  const prefill = (prompts * drawn * forwardFlops(shape, 0, promptTokens)) / (reached * efficiency.prefill);
  const concurrent = concurrency(options);
  const decoding = decodingSeconds(options, concurrent);
  // Backward costs two forward passes, recomputation another.
  const update = 4 * forward;
  const overhead = efficiency.overhead * (prefill + decoding + forward + update);
  const total = prefill + decoding + forward + update + overhead;
  return { prefill, decoding, scoring: forward, update, overhead, total, concurrent };
}
