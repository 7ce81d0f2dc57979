/** @file Who computes for an engine, on the processor or on a device, and the state that both share: arrays of this process. */
import type {
  AdamParams,
  Completion,
  DeviceInfo,
  LossSpec,
  OptimMetrics,
  SampleRequest,
  ScoredGroup,
  StepMetrics,
  TopLogprobs,
  TrajectoryGroup,
} from '../engine.ts';
import type { DecodeText } from './decode/stop-text.ts';
import type { OptimizerState } from './train/optimizer.ts';
import type { ParameterViews } from './train/scoring-units.ts';
import type { ModelConfig } from './weights/model-config.ts';
import type { Layout, Parameters } from './weights/parameters.ts';

/**
 * Where a model computes; `auto` is the device where it is there, right and the faster one. `webgpu-fp16` stores the weights that are
 * not trained, and keys and values, in half precision.
 */
export const computeDevices = ['auto', 'cpu', 'webgpu', 'webgpu-fp16'] as const;
/** See above. */
export type ComputeDevice = (typeof computeDevices)[number];

/** A model's numbers on the host. */
export interface ModelState {
  readonly config: ModelConfig;
  /** The model's own. */
  readonly parameters: Parameters;
  /** What is trained: the same, or an adapter; `layout` is its own. */
  readonly trained: Parameters;
  readonly layout: Layout;
  readonly optimizer: OptimizerState;
}

/** All weights by key: the model's, and the adapter's. */
export const viewsOf = ({ parameters, trained }: Pick<ModelState, 'parameters' | 'trained'>): ParameterViews => ({
  ...parameters.views,
  ...trained.views,
});

/** What an engine is served with beside its numbers. */
export interface ComputeOptions {
  readonly threads: number;
  readonly decodeText: DecodeText;
}

/** Whose log-probabilities. */
export interface LogprobChoice {
  /** Other weights than the policy's; the same object each time. */
  readonly reference?: ParameterViews | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Calls come one at a time. */
export interface Compute {
  /** Of a device: what it is, and how it compares with the processor. */
  readonly device?: DeviceInfo | undefined;
  sample(request: SampleRequest): Promise<Completion[][]>;
  forwardBackward(batch: readonly TrajectoryGroup[], loss: LossSpec, signal?: AbortSignal): Promise<StepMetrics>;
  logprobs(batch: readonly ScoredGroup[], options: LogprobChoice): Promise<Float32Array[][]>;
  /** @throws EngineError on a device, which has no operator for it. */
  topLogprobs(sequences: readonly Int32Array[], count: number, signal?: AbortSignal): Promise<TopLogprobs[]>;
  /** Updates what is trained and forgets the gradients. */
  optimStep(params: AdamParams): Promise<OptimMetrics>;
  /** Brings the host's arrays up to date, before they are read. */
  toHost(): Promise<void>;
  /** Takes the host's arrays over, after they were written; gradients are forgotten. */
  fromHost(): Promise<void>;
  release(): Promise<void>;
}
