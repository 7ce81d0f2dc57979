/** @file An engine's computing on the processor: the host's arrays are what it computes with, so there is nothing to copy. */
import type {
  AdamParams,
  Completion,
  LossSpec,
  OptimMetrics,
  SampleRequest,
  ScoredGroup,
  StepMetrics,
  TopLogprobs,
  TrajectoryGroup,
} from '../engine.ts';
import { type Compute, type ComputeOptions, type LogprobChoice, type ModelState, viewsOf } from './compute.ts';
import { Decoder } from './decode/decoder.ts';
import { adamStep } from './train/optimizer.ts';
import { Scorer } from './train/scorer.ts';
import { Trainer } from './train/trainer.ts';
import { packingLimits } from './train/units.ts';
import { makeParameters, type Parameters } from './weights/parameters.ts';

/** See the head of this file. */
export class HostCompute implements Compute {
  /** Sums of gradients, in the layout of what is trained. */
  readonly gradients: Parameters;
  private readonly state: ModelState;
  private readonly trainer: Trainer;
  private readonly decoder: Decoder;
  private readonly scorer: Scorer;

  constructor(state: ModelState, { threads, decodeText }: ComputeOptions) {
    const { config, layout, parameters } = state;
    this.state = state;
    this.gradients = makeParameters(layout);
    const shared = { config, parameters: { ...parameters, views: viewsOf(state) }, threads };
    const limits = packingLimits(config);
    this.trainer = new Trainer({ ...shared, gradients: this.gradients, limits });
    this.decoder = new Decoder({ ...shared, decodeText });
    this.scorer = new Scorer({ config, limits, threads });
  }

  sample(request: SampleRequest): Promise<Completion[][]> {
    return this.decoder.sample(request);
  }

  async forwardBackward(batch: readonly TrajectoryGroup[], loss: LossSpec, signal?: AbortSignal): Promise<StepMetrics> {
    await this.decoder.forget();
    return this.trainer.forwardBackward(batch, loss, signal);
  }

  logprobs(batch: readonly ScoredGroup[], { reference, signal }: LogprobChoice): Promise<Float32Array[][]> {
    return this.scorer.logprobs(batch, reference ?? viewsOf(this.state), signal);
  }

  topLogprobs(sequences: readonly Int32Array[], count: number, signal?: AbortSignal): Promise<TopLogprobs[]> {
    return this.scorer.top(sequences, count, viewsOf(this.state), signal);
  }

  async optimStep(params: AdamParams): Promise<OptimMetrics> {
    const { trained, optimizer } = this.state;
    const metrics = adamStep(trained.flat, this.gradients.flat, optimizer, params);
    this.trainer.clear();
    await this.decoder.forget();
    return metrics;
  }

  async toHost(): Promise<void> {}

  async fromHost(): Promise<void> {
    this.trainer.clear();
    await this.decoder.forget();
  }

  async release(): Promise<void> {
    await this.trainer.release();
    await this.scorer.release();
    await this.decoder.release();
  }
}
