/**
 * @file A plan: what a step of a model on an engine takes, for one or several numbers of GPUs. Pure: nothing is measured.
 */
import type { ComputeDevice } from '../engine/local/compute.ts';
import { percent } from '../format.ts';
import { chooseLayout } from './choose-layout.ts';
import { type ContextShortfall, contextShortfall, type ModelContext } from './context.ts';
import { type Device, type Efficiency, expertEfficiency, usableMemory, usualEfficiency } from './device.ts';
import { kvBytesPerGpu, kvTokens, type Layout, type Memory } from './layout.ts';
import { coreFlops, deviceMemory, localMemory, localSeconds } from './local-plan.ts';
import { countParameters, kvBytes, type ModelShape, type ParameterCount } from './model-shape.ts';
import { rolloutMemory, type StepTime, stepTime } from './step-time.ts';
import { type StepTokens, stepTokens, type Workload } from './workload.ts';

/** `local` counts cores, `verl` and `skyrl` count GPUs, `tinker` counts tokens at a price. */
export const plannedEngines = ['local', 'verl', 'skyrl', 'tinker'] as const;
/** What `--engine` of `plan` takes. */
export type PlannedEngine = (typeof plannedEngines)[number];

/** What hosted sampling and training cost, in money a million tokens. */
export interface TokenPrices {
  readonly prefill: number;
  readonly sample: number;
  readonly train: number;
}

/** Devices of the embedded engine that a plan is made for; with `auto` the processor may have to do. */
export type LocalDevice = Exclude<ComputeDevice, 'auto' | 'cpu'>;

/** `gpus` has one entry for each row of the table; money is in the currency of the prices. */
export interface PlanOptions {
  readonly engine: PlannedEngine;
  readonly shape: ModelShape;
  /** Positions of the model, where they are known. */
  readonly context?: ModelContext | undefined;
  /** The expected case: mean lengths, and how many groups are usually drawn. */
  readonly workload: Workload;
  /** The worst case, whose time stands beside it. */
  readonly worst?: Workload | undefined;
  readonly steps: number;
  readonly gpus: readonly number[];
  readonly device: Device;
  /** The layout of a preset, kept where the GPUs allow it. */
  readonly layout?: Omit<Layout, 'gpus' | 'kind'> | undefined;
  /** Of a preset, for verl: `megatron` where absent. */
  readonly kind?: Layout['kind'] | undefined;
  readonly lora?: number | undefined;
  readonly efficiency?: Partial<Efficiency> | undefined;
  /** Processor cores, for the embedded engine. */
  readonly cores?: number | undefined;
  /** The device that the embedded engine computes on. */
  readonly localDevice?: LocalDevice | undefined;
  /** Money an hour of one GPU. */
  readonly gpuHour?: number | undefined;
  readonly prices?: TokenPrices | undefined;
}

/** One number of GPUs: `cost` is of all steps, absent without a price an hour. */
export interface ClusterRow {
  readonly layout: Layout;
  readonly memory: Memory;
  readonly fits: boolean;
  readonly reason?: string | undefined;
  /** Key/value cache of a copy of the rollout engine: bytes on each GPU, tokens in all. */
  readonly cache: { readonly bytes: number; readonly tokens: number };
  readonly time: StepTime;
  /** Of the worst case, where one is given. */
  readonly worst?: StepTime | undefined;
  /** Hours of all steps. */
  readonly hours: number;
  readonly cost?: number | undefined;
}

/** Bytes in this machine's memory, and seconds of a step. */
export interface LocalPlan extends Memory {
  readonly sampling: number;
  readonly training: number;
  /** Where a device computes: bytes there. How fast it is nobody knows, and the seconds are NaN. */
  readonly device?: Memory & { readonly name: LocalDevice };
}

/** `kvBytes` is a token's key/value cache; `cluster` is empty for engines that take no GPUs. */
export interface Plan {
  readonly engine: PlannedEngine;
  readonly parameters: ParameterCount;
  readonly kvBytes: number;
  readonly workload: Workload;
  /** Where the longest sequence has more tokens than the model has positions. */
  readonly shortfall?: ContextShortfall | undefined;
  readonly tokens: StepTokens;
  readonly steps: number;
  readonly cluster: readonly ClusterRow[];
  /** The embedded engine. */
  readonly local?: LocalPlan | undefined;
  /** Money of all steps on a hosted server; absent without prices. */
  readonly hosted?: number | undefined;
  readonly assumptions: readonly string[];
}

function clusterAssumptions(options: PlanOptions, efficiency: Efficiency): string[] {
  const { device, layout } = options;
  const sharding =
    options.engine === 'verl' && options.kind !== 'fsdp'
      ? 'Megatron with a distributed optimizer'
      : layout?.offload === true
        ? `FSDP2 with its offload policy (16 bytes a parameter on the host, two layers at a time on the GPU), one sequence over ${layout.context} GPUs`
        : 'FSDP over all GPUs, one sequence at a time on each, no split of a sequence';
  return [
    `${device.name}: ${device.flops / 1e12} TFLOP/s dense bf16, ${device.bandwidth / 1e12} TB/s, ${percent(usableMemory)} of its memory usable`,
    `training reaches ${percent(efficiency.training)} of the FLOPs, prefill ${percent(efficiency.prefill)}, decoding ${percent(efficiency.decoding)} of the bandwidth; ${percent(efficiency.overhead)} on top for transfer, offload and waiting`,
    `${sharding}; bf16 weights, fp32 gradients, 12 bytes a parameter of optimizer states; every layer recomputed, the logits whole (10 bytes each)`,
    `rollout engine: ${percent(rolloutMemory)} of the memory for weights and cache, each prompt prefilled once for its group`,
    'a rollout is trained with a copy of its prompt of its own, and each of its tokens is decoded over its own cache',
    'peak while a step is taken; offloaded states are on the GPU then, and on the host while rollouts are sampled',
  ];
}

function clusterRow(options: PlanOptions, gpus: number, efficiency: Efficiency): ClusterRow {
  const { shape, workload, device, engine, layout: given, lora, steps, gpuHour } = options;
  const kind = engine === 'verl' ? (options.kind ?? 'megatron') : 'fsdp';
  const { layout, memory, fits, reason } = chooseLayout({ shape, workload, device, gpus, kind, lora }, given);
  const tokens = kvTokens(shape, layout.rollout, rolloutMemory * device.memory * 2 ** 30);
  const cache = { bytes: tokens * kvBytesPerGpu(shape, layout.rollout), tokens };
  const time = stepTime({ shape, workload, layout, device, efficiency });
  const worst =
    options.worst === undefined ? undefined : stepTime({ shape, workload: options.worst, layout, device, efficiency });
  const hours = (steps * time.total) / 3600;
  const cost = gpuHour === undefined ? undefined : hours * gpus * gpuHour;
  return { layout, memory, fits, reason, cache, time, worst, hours, cost };
}

const caseText = ({ promptTokens, responseTokens, drawn }: Workload): string =>
  `mean prompt ${Math.round(promptTokens)} and response ${Math.round(responseTokens)} tokens, ${drawn} groups sampled for each that is trained on`;
const workloadAssumption = ({ workload, worst }: PlanOptions): string =>
  worst === undefined ? caseText(workload) : `expected: ${caseText(workload)}; worst: ${caseText(worst)}`;

function localPlan({ shape, workload, lora, cores = 1, localDevice: name }: PlanOptions): LocalPlan {
  if (name === undefined) return { ...localMemory(shape, lora, workload), ...localSeconds(shape, workload, cores) };
  const { there, here } = deviceMemory(shape, { lora, workload, halves: name === 'webgpu-fp16' });
  return { ...here, sampling: Number.NaN, training: Number.NaN, device: { ...there, name } };
}

/** Pure arithmetic. @throws UsageError when the rollouts of a step cannot be shared out over the GPUs */
export function makePlan(options: PlanOptions): Plan {
  const { engine, shape, workload, steps, gpus, prices } = options;
  const parameters = countParameters(shape);
  const tokens = stepTokens(workload);
  const usual = shape.experts === undefined ? usualEfficiency : expertEfficiency;
  const efficiency = { ...usual, ...options.efficiency };
  const clustered = engine === 'verl' || engine === 'skyrl';
  const hosted =
    prices === undefined || engine !== 'tinker'
      ? undefined
      : (steps * (tokens.prefilled * prices.prefill + tokens.sampled * prices.sample + tokens.trained * prices.train)) /
        1e6;
  const assumptions = [
    workloadAssumption(options),
    ...(clustered ? clusterAssumptions(options, efficiency) : []),
    ...(engine === 'tinker'
      ? ['each prompt is prefilled once for its group; a rollout is trained with its prompt']
      : []),
    ...(engine === 'local'
      ? [
          options.localDevice === undefined
            ? `${options.cores ?? 1} cores of ${coreFlops.training / 1e9} GFLOP/s in training and ${coreFlops.decoding / 1e9} in decoding, in fp32`
            : 'WebGPU tells neither the memory of a device nor its speed: compare the bytes with its data sheet; the time is seen in the first step',
          'activations are those of the longest prompt with the longest responses, in proportion to their tokens',
        ]
      : []),
  ];
  return {
    engine,
    parameters,
    kvBytes: kvBytes(shape, engine === 'local' ? 4 : 2),
    workload,
    shortfall: contextShortfall(workload.maxPromptTokens + workload.maxResponseTokens, options.context),
    tokens,
    steps,
    cluster: clustered ? gpus.map((count) => clusterRow(options, count, efficiency)) : [],
    local: engine === 'local' ? localPlan(options) : undefined,
    hosted,
    assumptions,
  };
}
