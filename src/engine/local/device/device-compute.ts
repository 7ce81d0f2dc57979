/** @file An engine's computing on the device: weights, moments, gradients, keys and values, and activations lie there. */
import { EngineError } from '../../../errors.ts';
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
} from '../../engine.ts';
import { type Compute, type LogprobChoice, type ModelState, viewsOf } from '../compute.ts';
import { Decoder } from '../decode/decoder.ts';
import type { DecoderLimits } from '../decode/decoder-limits.ts';
import type { DecodeText } from '../decode/stop-text.ts';
import { Scorer } from '../train/scorer.ts';
import type { ParameterViews } from '../train/scoring-units.ts';
import { Trainer } from '../train/trainer.ts';
import { activationBudget, type PackingLimits, packingLimits } from '../train/units.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { parameterLayout } from '../weights/parameters.ts';
import { DeviceStepper } from './decode/device-stepper.ts';
import type { Device } from './device.ts';
import { deviceAdamStep } from './device-adam.ts';
import { type DeviceModel, openDeviceModel } from './device-model.ts';
import { DeviceScoring } from './device-scoring.ts';
import { DeviceState } from './device-state.ts';
import { DeviceUnits } from './device-units.ts';
import type { DeviceBlockSizes } from './layered/block-plan.ts';

/** How much of a device's memory, which nothing tells, is used at once beside weights, moments and gradients. */
const decoderLimits: DecoderLimits = { rows: 256, prefillTokens: 2048, cacheBytes: 256e6, ownBytes: 1e9 };

/** Of memory only what is known: one tensor's. What else does not fit, the device says itself. */
function deviceLimits(config: ModelConfig, tensorBytes: number | undefined): PackingLimits {
  const limits = { ...packingLimits(config), byCost: false, memory: Number.POSITIVE_INFINITY };
  if (tensorBytes === undefined) return limits;
  const rows = Math.max(1, Math.floor(tensorBytes / (4 * config.vocabSize)));
  return { ...limits, tokens: Math.min(limits.tokens, rows), tensorBytes };
}

/** See the head of this file; open it with `open`. */
export class DeviceCompute implements Compute {
  readonly device: DeviceInfo | undefined;
  readonly state: DeviceState;
  private readonly model: DeviceModel;
  private readonly policy: ParameterViews;
  private readonly trainer: Trainer;
  private readonly decoder: Decoder;
  private readonly scorer: Scorer;
  /** Why weights, moments and step do not belong together. */
  private half: EngineError | undefined;

  private constructor(
    model: DeviceModel,
    state: DeviceState,
    options: { host: ModelState; info: DeviceInfo | undefined; decodeText: DecodeText; limits: PackingLimits },
  ) {
    const { host, decodeText, limits } = options;
    const { config } = model;
    this.model = model;
    this.state = state;
    this.device = options.info;
    this.policy = viewsOf(host);
    const slots = [...parameterLayout(config).slots, ...(config.lora ? host.layout.slots : [])];
    this.trainer = new Trainer({ config, limits, units: new DeviceUnits(model, state) });
    const stepper = new DeviceStepper(model, state, decoderLimits);
    this.decoder = new Decoder({ config, limits: decoderLimits, decodeText, stepper });
    this.scorer = new Scorer({
      config,
      limits,
      units: new DeviceScoring(model, state, { policy: this.policy, slots }),
    });
  }

  /** Copies the model to the device. `wholeBytes` bounds one graph of the whole model; it and `blocks` are for tests. */
  static async open(
    device: Device,
    host: ModelState,
    {
      decodeText,
      info,
      wholeBytes = activationBudget,
      blocks,
    }: { decodeText: DecodeText; info?: DeviceInfo | undefined; wholeBytes?: number; blocks?: DeviceBlockSizes },
  ): Promise<DeviceCompute> {
    const { config, parameters, trained, layout, optimizer } = host;
    const model = await openDeviceModel(device, config, blocks);
    const state = await DeviceState.open(device, {
      frozen: config.lora ? parameterLayout(config).slots : [],
      frozenViews: parameters.views,
      trained: layout.slots,
      trainedFlat: trained.flat,
      optimizer,
    });
    const limits = { ...deviceLimits(config, info?.largestTensor), wholeBytes };
    return new DeviceCompute(model, state, { host, info, decodeText, limits });
  }

  async sample(request: SampleRequest): Promise<Completion[][]> {
    this.throwIfHalf();
    return this.model.device.attempt(() => this.decoder.sample(request));
  }

  async forwardBackward(batch: readonly TrajectoryGroup[], loss: LossSpec, signal?: AbortSignal): Promise<StepMetrics> {
    this.throwIfHalf();
    return this.model.device.attempt(() => this.trainer.forwardBackward(batch, loss, signal));
  }

  logprobs(batch: readonly ScoredGroup[], { reference, signal }: LogprobChoice): Promise<Float32Array[][]> {
    return this.model.device.attempt(() => this.scorer.logprobs(batch, reference ?? this.policy, signal));
  }

  topLogprobs(sequences: readonly Int32Array[], count: number, signal?: AbortSignal): Promise<TopLogprobs[]> {
    return this.scorer.top(sequences, count, this.policy, signal);
  }

  /** A step that the device ends half-way leaves weights that belong to no step: they are refused from then on. */
  async optimStep(params: AdamParams): Promise<OptimMetrics> {
    this.throwIfHalf();
    const metrics = await this.whole(() => deviceAdamStep(this.model.device, this.state, params));
    this.trainer.clear();
    return metrics;
  }

  async toHost(): Promise<void> {
    this.throwIfHalf();
    return this.state.toHost();
  }

  async fromHost(): Promise<void> {
    this.trainer.clear();
    this.half = undefined;
    await this.whole(() => this.state.fromHost());
  }

  private throwIfHalf(): void {
    if (this.half !== undefined) throw this.half;
  }

  /** Remembers that a device failed while weights changed. */
  private async whole<T>(change: () => Promise<T>): Promise<T> {
    try {
      return await this.model.device.attempt(change);
    } catch (error) {
      if (error instanceof EngineError && error.code.startsWith('device-')) this.half = error;
      throw error;
    }
  }

  /** Frees the model's tensors; the device and its programs stay. */
  freeModel(): void {
    this.state.release();
    for (const table of Object.values(this.model.tables)) table.dispose();
  }

  async release(): Promise<void> {
    await this.trainer.release();
    await this.scorer.release();
    await this.decoder.release();
    this.freeModel();
    await this.model.device.release();
  }
}
