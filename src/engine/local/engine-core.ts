/**
 * @file The embedded engine in the calling thread. `openLocalEngine` runs it in a process of its own; tests use it as it is.
 * Requests are served one at a time, in order of arrival.
 */
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { EngineError, InputError, UsageError } from '../../errors.ts';
import {
  type AdamParams,
  type CheckpointRef,
  type Completion,
  type Engine,
  type EngineInfo,
  type LogprobOptions,
  type LossSpec,
  losses,
  type OptimMetrics,
  type SampleRequest,
  type ScoredGroup,
  type StepMetrics,
  type TopLogprobs,
  type TrajectoryGroup,
} from '../engine.ts';
import { loadTokenizer, type Tokenizer } from '../tokenizer.ts';
import { type Compute, type ComputeDevice, type ComputeOptions, computeDevices, type ModelState } from './compute.ts';
import { HostCompute } from './host-compute.ts';
import { makeOptimizer, type OptimizerState } from './train/optimizer.ts';
import type { ParameterViews } from './train/scoring-units.ts';
import { readAdapterCheckpoint, readCheckpoint, writeAdapter, writeModel } from './weights/checkpoint.ts';
import { adapterLayout, initAdapter, loraConfig, loraOf, trainedLayout } from './weights/lora.ts';
import type { ModelConfig } from './weights/model-config.ts';
import { type Companions, type Model, readCompanions, readModel } from './weights/model-files.ts';
import { makeParameters, type Parameters, parameterLayout } from './weights/parameters.ts';
import { allFinite } from './weights/weight-source.ts';

/** Which model, with how much of the machine, and whether all of it is trained or an adapter. */
export interface LocalEngineOptions {
  /** Folder in the Hugging Face layout (config.json, one safetensors file or several, tokenizer.json), or a GGUF file. */
  readonly model: string;
  /** Threads of the runtime; default: as many as there are processors, at most 8. */
  readonly threads?: number;
  /**
   * Where to compute; default: cpu. `webgpu` is a GPU through Vulkan, Metal or D3D12, which is compared with the processor on a tiny
   * batch before it is used. `auto` is that GPU where it is there, agrees and is faster, else the processor.
   */
  readonly device?: ComputeDevice | undefined;
  /** Largest prompt plus completion; default: the model's own. */
  readonly maxContext?: number;
  /**
   * Train a new low-rank adapter instead of all parameters; checkpoints are then adapter folders as `peft` reads them.
   * Default alpha: twice the rank; default targets: all projections, by peft's names (`q_proj`, ..., `down_proj`).
   */
  readonly lora?: {
    readonly rank: number;
    readonly alpha?: number | undefined;
    readonly targets?: readonly string[] | undefined;
    readonly seed?: number;
  };
}

/** Holds weights, gradients and optimizer state in this thread's memory; open it with `open`. */
export class EngineCore implements Engine {
  private readonly model: string;
  /** As computed with: `maxContext` is the caller's. */
  private readonly config: ModelConfig;
  /** As read, and as saved. */
  private readonly modelConfig: ModelConfig;
  private readonly configJson: Model['configJson'];
  private readonly companions: Companions;
  /** The model's own. */
  private readonly parameters: Parameters;
  /** What is trained: the same, or an adapter. */
  private readonly trained: Parameters;
  /** Path of the model that an adapter adapts. */
  private readonly base: string;
  private readonly optimizer: OptimizerState;
  private readonly compute: Compute;
  /** The adapter as it was at the start. */
  private readonly initialAdapter: Float32Array | undefined;
  /** The weights of the start, once somebody has asked for them. */
  private reference: ParameterViews | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;

  private constructor(options: {
    model: string;
    source: Model;
    companions: Companions;
    state: ModelState;
    compute: Compute;
  }) {
    const { source, state } = options;
    this.model = options.model;
    this.config = state.config;
    this.modelConfig = source.config;
    this.configJson = source.configJson;
    this.companions = options.companions;
    this.base = source.adapter?.base ?? resolve(options.model);
    this.parameters = state.parameters;
    this.trained = state.trained;
    this.optimizer = state.optimizer;
    this.initialAdapter = state.config.lora ? this.trained.flat.slice() : undefined;
    this.compute = options.compute;
  }

  /**
   * With `auto` too a device that is missing, wrong or slower is an error here: `openLocalEngine` turns to the processor then.
   *
   * @throws InputError when the folder holds no model that this engine runs; EngineError `device-*`
   */
  static async open(options: LocalEngineOptions): Promise<EngineCore> {
    const { model, threads = Math.min(8, availableParallelism()), device = 'cpu', maxContext, lora } = options;
    if (!computeDevices.includes(device))
      throw new UsageError('device-invalid', `device: got ${device}, expected ${computeDevices.join(' | ')}.`);
    if (!Number.isInteger(threads) || threads < 1)
      throw new UsageError('threads-invalid', `threads: got ${threads}, expected a whole number from 1.`);
    if (lora) loraConfig(lora);
    const source = await readModel(model);
    const chosen = lora && loraOf(source.config, lora);
    if (chosen && source.config.lora)
      throw new UsageError(
        'lora-invalid',
        `lora: ${model} is an adapter already; it is trained on as it is.`,
        'Leave the option out, or merge the adapter first.',
      );
    const config = { ...source.config, ...(chosen ? { lora: chosen } : {}) };
    if (maxContext !== undefined && !(Number.isInteger(maxContext) && maxContext >= 2))
      throw new UsageError('context-invalid', `maxContext: got ${maxContext}, expected a whole number from 2.`);
    const state = stateOf({ ...config, maxContext: maxContext ?? config.maxContext }, source, lora?.seed ?? 0);
    const reader = new TokenReader(model);
    const serving = { threads, decodeText: (completions: readonly Int32Array[]) => reader.texts(completions) };
    const compute =
      device === 'cpu' ? new HostCompute(state, serving) : await openOnDevice(state, { ...serving, device });
    return new EngineCore({ model, source, companions: await readCompanions(model), state, compute });
  }

  async info(): Promise<EngineInfo> {
    return {
      model: this.model,
      architecture: this.config.architecture,
      parameters: this.parameters.flat.length,
      trainedParameters: this.trained.flat.length,
      vocabSize: this.config.vocabSize,
      maxContext: this.config.maxContext,
      losses,
      ...(this.compute.device ? { device: this.compute.device } : {}),
    };
  }

  sample(request: SampleRequest): Promise<Completion[][]> {
    return this.inTurn(() => this.compute.sample(request));
  }

  forwardBackward(batch: readonly TrajectoryGroup[], loss: LossSpec, signal?: AbortSignal): Promise<StepMetrics> {
    return this.inTurn(() => this.compute.forwardBackward(batch, loss, signal));
  }

  logprobs(batch: readonly ScoredGroup[], { reference, signal }: LogprobOptions = {}): Promise<Float32Array[][]> {
    return this.inTurn(async () => {
      const views = reference ? await this.referenceViews() : undefined;
      return this.compute.logprobs(batch, { reference: views, signal });
    });
  }

  topLogprobs(sequences: readonly Int32Array[], count: number, signal?: AbortSignal): Promise<TopLogprobs[]> {
    return this.inTurn(() => this.compute.topLogprobs(sequences, count, signal));
  }

  /**
   * The policy as it was when the engine was opened: an adapter's model is frozen and the adapter's start is kept; a fully
   * trained model is read again from where it lies, which takes as much memory as its weights.
   */
  private async referenceViews(): Promise<ParameterViews> {
    if (this.reference) return this.reference;
    if (this.initialAdapter) {
      const adapter = makeParameters(adapterLayout(this.config), this.initialAdapter);
      this.reference = { ...this.parameters.views, ...adapter.views };
    } else {
      const { config, parameters } = await readModel(this.model);
      if (parameters.length !== this.parameters.flat.length)
        throw new InputError('model-changed', `${this.model} is no longer the model that this engine was opened with.`);
      this.reference = makeParameters(parameterLayout(config), parameters).views;
    }
    return this.reference;
  }

  /** @throws EngineError when a gradient is not finite, and nothing has changed then; or when a parameter no longer is. */
  optimStep(params: AdamParams): Promise<OptimMetrics> {
    return this.inTurn(() => this.compute.optimStep(params));
  }

  /**
   * Accumulated gradients are not part of a checkpoint: save after `optimStep`.
   *
   * @throws EngineError when a weight or moment is not finite: nothing is written then.
   */
  save(directory: string): Promise<CheckpointRef> {
    return this.inTurn(async () => {
      await this.compute.toHost();
      const { m, v } = this.optimizer;
      for (const [name, values] of Object.entries({ ...this.trained.views, 'optimizer m': m, 'optimizer v': v })) {
        if (!allFinite(values))
          throw new EngineError('not-finite', `save: ${name} holds values that are not finite; nothing was written.`);
      }
      const { modelConfig, configJson, parameters, trained, companions, optimizer, base } = this;
      const { lora } = this.config;
      await (lora
        ? writeAdapter(directory, { config: { ...modelConfig, lora }, adapter: trained, base, companions, optimizer })
        : writeModel(directory, { config: modelConfig, configJson, parameters, companions, optimizer }));
      return { path: directory };
    });
  }

  load({ path }: CheckpointRef): Promise<void> {
    return this.inTurn(async () => {
      const { parameters, optimizer } = await this.readTrained(path);
      this.trained.flat.set(parameters);
      this.optimizer.m.set(optimizer.m);
      this.optimizer.v.set(optimizer.v);
      this.optimizer.step = optimizer.step;
      await this.compute.fromHost();
    });
  }

  /** What a checkpoint of this model holds. @throws InputError when it is another model's, or another adapter's. */
  private async readTrained(path: string): Promise<{ parameters: Float32Array; optimizer: OptimizerState }> {
    const shape = (config: ModelConfig) => JSON.stringify({ ...config, maxContext: 0 });
    const check = (config: ModelConfig, file: string) => {
      if (shape(config) !== shape(this.config))
        throw new InputError(
          'checkpoint-foreign',
          `${join(path, file)} describes another model than the engine's (${this.model}).`,
        );
    };
    if (this.config.lora) {
      const { lora, ...rest } = await readAdapterCheckpoint(path, this.config);
      check({ ...this.config, lora }, 'adapter_config.json');
      return rest;
    }
    const { config, parameters, optimizer } = await readCheckpoint(path);
    check(config, 'config.json');
    return { parameters, optimizer };
  }

  close(): Promise<void> {
    if (this.closed) return Promise.resolve();
    const done = this.inTurn(() => this.compute.release());
    this.closed = true;
    return done;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(new EngineError('engine-closed', 'The engine is closed.'));
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }
}

/** The numbers of a model that was read, and those of what is trained of it. */
function stateOf(config: ModelConfig, source: Model, seed: number): ModelState {
  const layout = trainedLayout(config);
  const parameters = makeParameters(parameterLayout(config), source.parameters);
  const adapter = source.adapter ? makeParameters(layout, source.adapter.parameters) : undefined;
  const trained = config.lora ? (adapter ?? initAdapter(config, seed)) : parameters;
  return { config, parameters, trained, layout, optimizer: makeOptimizer(layout.size) };
}

/** Stop strings alone need the tokenizer; it is read when the first are asked for. */
class TokenReader {
  private readonly model: string;
  private tokenizer: Promise<Tokenizer> | undefined;

  constructor(model: string) {
    this.model = model;
  }

  async texts(completions: readonly Int32Array[]): Promise<string[]> {
    this.tokenizer ??= loadTokenizer(this.model);
    return (await this.tokenizer).decode(completions, { specialTokens: true });
  }
}

/** Loaded only where a device is asked for. @throws EngineError `device-*` */
async function openOnDevice(state: ModelState, options: ComputeOptions & { device: ComputeDevice }): Promise<Compute> {
  const { openDevice } = await import('./device/open-device.ts');
  return openDevice(state, options);
}
