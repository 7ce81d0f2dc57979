/** @file Log-probabilities on the device, of the policy's weights where they lie, or of a reference's, which are copied there once. */
import { EngineError } from '../../../errors.ts';
import { buildScoring } from '../graph/model-graph.ts';
import type { HeadRows, MicroBatch } from '../train/packing.ts';
import type { ParameterViews, ScoringUnits } from '../train/scoring-units.ts';
import type { Unit } from '../train/units.ts';
import type { Slot } from '../weights/parameters.ts';
import { type DeviceModel, microFeeds } from './device-model.ts';
import type { ProgramSpec } from './device-program.ts';
import type { DeviceState } from './device-state.ts';
import { storeWeight } from './device-storage.ts';
import { type DeviceTensor, disposeAll } from './device-tensor.ts';
import { layeredLogprobs } from './layered/device-sequence.ts';

/** TopK over a vocabulary is not among the device's operators, and what falls back to the processor does not do so unseen. */
const noTop = () =>
  new EngineError(
    'device-unsupported',
    'The most likely tokens of a sequence (`top`) are not computed on a device.',
    'Take `device: cpu` for top-k prompt log-probabilities.',
  );

type Weights = Readonly<Record<string, DeviceTensor>>;

/** Views that are `policy` stand for the state's own weights. */
export class DeviceScoring implements ScoringUnits {
  private readonly model: DeviceModel;
  private readonly state: DeviceState;
  private readonly policy: ParameterViews;
  private readonly slots: readonly Slot[];
  private reference:
    | { readonly views: ParameterViews; readonly weights: Weights; readonly own: DeviceTensor[] }
    | undefined;

  /** @param options.slots all tensors of the model and of its adapter */
  constructor(model: DeviceModel, state: DeviceState, options: { policy: ParameterViews; slots: readonly Slot[] }) {
    this.model = model;
    this.state = state;
    this.policy = options.policy;
    this.slots = options.slots;
  }

  async packed(micro: MicroBatch, parameters: ParameterViews): Promise<Float32Array> {
    const { config, device, tables } = this.model;
    const { shape } = micro;
    const program: ProgramSpec = {
      key: `scoring ${shape.kind} ${shape.chunks}`,
      build: () => buildScoring(config, shape, { target: 'webgpu' }),
      kept: () => false,
    };
    const weights = await this.weights(parameters);
    const { host } = await device.run(program, micro.sizes, { ...weights, ...tables, ...microFeeds(micro) });
    return host.logp as Float32Array;
  }

  async layered(
    unit: Unit,
    parameters: ParameterViews,
    signal: AbortSignal | undefined,
  ): Promise<{ logp: Float32Array; rows: HeadRows }> {
    return layeredLogprobs(this.model, unit, { weights: await this.weights(parameters), signal });
  }

  packedTop(): Promise<never> {
    return Promise.reject(noTop());
  }

  layeredTop(): Promise<never> {
    return Promise.reject(noTop());
  }

  async release(): Promise<void> {
    disposeAll(this.reference?.own ?? []);
    this.reference = undefined;
  }

  private async weights(views: ParameterViews): Promise<Weights> {
    if (views === this.policy) return this.state.feeds;
    if (this.reference?.views !== views) {
      await this.release();
      const weights: Record<string, DeviceTensor> = {};
      const own: DeviceTensor[] = [];
      for (const { key, shape } of this.slots) {
        // An adapter's model is the policy's: it lies there already.
        const shared = views[key] === this.policy[key] ? this.state.weights.get(key) : undefined;
        const tensor = shared ?? (await storeWeight(this.model.device, views[key] as Float32Array, { key, shape }));
        weights[key] = tensor;
        if (!shared) own.push(tensor);
      }
      this.reference = { views, weights, own };
    }
    return this.reference.weights;
  }
}
