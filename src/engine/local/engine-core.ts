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
import { Decoder } from './decode/decoder.ts';
import { adamStep, makeOptimizer, type OptimizerState } from './train/optimizer.ts';
import { type ParameterViews, Scorer } from './train/scorer.ts';
import { Trainer } from './train/trainer.ts';
import { packingLimits } from './train/units.ts';
import { readAdapterCheckpoint, readCheckpoint, writeAdapter, writeModel } from './weights/checkpoint.ts';
import { adapterLayout, initAdapter, loraConfig, loraOf } from './weights/lora.ts';
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
  private readonly gradients: Parameters;
  private readonly trainer: Trainer;
  private readonly decoder: Decoder;
  private tokenizer: Promise<Tokenizer> | undefined;
  private readonly scorer: Scorer;
  /** The adapter as it was at the start. */
  private readonly initialAdapter: Float32Array | undefined;
  /** The weights of the start, once somebody has asked for them. */
  private reference: ParameterViews | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;

  private constructor(options: {
    model: string;
    config: ModelConfig;
    source: Model;
    companions: Companions;
    threads: number;
    seed: number;
  }) {
    const { config, source, threads, seed } = options;
    this.model = options.model;
    this.config = config;
    this.modelConfig = source.config;
    this.configJson = source.configJson;
    this.companions = options.companions;
    this.base = source.adapter?.base ?? resolve(options.model);
    this.parameters = makeParameters(parameterLayout(config), source.parameters);
    const layout = config.lora ? adapterLayout(config) : parameterLayout(config);
    const adapter = source.adapter ? makeParameters(layout, source.adapter.parameters) : initAdapter(config, seed);
    this.trained = config.lora ? adapter : this.parameters;
    this.gradients = makeParameters(layout);
    this.optimizer = makeOptimizer(layout.size);
    const views = { ...this.parameters.views, ...this.trained.views };
    const shared = { config, parameters: { ...this.parameters, views }, threads };
    const limits = packingLimits(config);
    this.trainer = new Trainer({ ...shared, gradients: this.gradients, limits });
    this.decoder = new Decoder({ ...shared, decodeText: (completions) => this.decodeText(completions) });
    this.scorer = new Scorer({ config, limits, threads });
    this.initialAdapter = config.lora ? this.trained.flat.slice() : undefined;
  }

  /** @throws InputError when the folder holds no model that this engine runs. */
  static async open(options: LocalEngineOptions): Promise<EngineCore> {
    const { model, threads = Math.min(8, availableParallelism()), maxContext, lora } = options;
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
    return new EngineCore({
      model,
      config: { ...config, maxContext: maxContext ?? config.maxContext },
      source,
      companions: await readCompanions(model),
      threads,
      seed: lora?.seed ?? 0,
    });
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
    };
  }

  sample(request: SampleRequest): Promise<Completion[][]> {
    return this.inTurn(() => this.decoder.sample(request));
  }

  forwardBackward(batch: readonly TrajectoryGroup[], loss: LossSpec, signal?: AbortSignal): Promise<StepMetrics> {
    return this.inTurn(() => this.trainer.forwardBackward(batch, loss, signal));
  }

  logprobs(batch: readonly ScoredGroup[], { reference, signal }: LogprobOptions = {}): Promise<Float32Array[][]> {
    return this.inTurn(async () => {
      const views = reference ? await this.referenceViews() : { ...this.parameters.views, ...this.trained.views };
      return this.scorer.logprobs(batch, views, signal);
    });
  }

  topLogprobs(sequences: readonly Int32Array[], count: number, signal?: AbortSignal): Promise<TopLogprobs[]> {
    return this.inTurn(() =>
      this.scorer.top(sequences, count, { ...this.parameters.views, ...this.trained.views }, signal),
    );
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
    return this.inTurn(async () => {
      const metrics = adamStep(this.trained.flat, this.gradients.flat, this.optimizer, params);
      this.trainer.clear();
      return metrics;
    });
  }

  /**
   * Accumulated gradients are not part of a checkpoint: save after `optimStep`.
   *
   * @throws EngineError when a weight or moment is not finite: nothing is written then.
   */
  save(directory: string): Promise<CheckpointRef> {
    return this.inTurn(async () => {
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
      this.trainer.clear();
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
    const done = this.inTurn(async () => {
      await this.trainer.release();
      await this.scorer.release();
      await this.decoder.release();
    });
    this.closed = true;
    return done;
  }

  /** Stop strings alone need the tokenizer; it is read when the first are asked for. */
  private async decodeText(completions: readonly Int32Array[]): Promise<string[]> {
    this.tokenizer ??= loadTokenizer(this.model);
    return (await this.tokenizer).decode(completions, { specialTokens: true });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(new EngineError('engine-closed', 'The engine is closed.'));
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }
}
