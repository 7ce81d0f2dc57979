/**
 * @file The embedded engine in the calling thread. `openLocalEngine` runs it in a worker; tests use it as it is.
 * Requests are served one at a time, in order of arrival.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { EngineError, InputError, UsageError } from '../../errors.ts';
import {
  type AdamParams,
  type CheckpointRef,
  type Completion,
  type Engine,
  type EngineInfo,
  type LossSpec,
  losses,
  type OptimMetrics,
  type SampleRequest,
  type StepMetrics,
  type TrajectoryGroup,
} from '../engine.ts';
import { readCheckpoint, writeModel } from './checkpoint.ts';
import { Decoder } from './decoder.ts';
import type { ModelConfig } from './model-config.ts';
import { type Companions, type Model, readCompanions, readModel } from './model-files.ts';
import { adamStep, makeOptimizer, type OptimizerState } from './optimizer.ts';
import { makeParameters, type Parameters, parameterLayout } from './parameters.ts';
import { Trainer } from './trainer.ts';
import { packingLimits } from './units.ts';

export interface LocalEngineOptions {
  /** Folder in the Hugging Face layout (config.json, one safetensors file or several, tokenizer.json), or a GGUF file. */
  readonly model: string;
  /** Threads of the runtime; default: as many as there are processors, at most 8. */
  readonly threads?: number;
  /** Largest prompt plus completion; default: the model's own. */
  readonly maxContext?: number;
}

export class EngineCore implements Engine {
  private readonly model: string;
  /** As computed with: `maxContext` is the caller's. */
  private readonly config: ModelConfig;
  /** As read, and as saved. */
  private readonly modelConfig: ModelConfig;
  private readonly configJson: Model['configJson'];
  private readonly companions: Companions;
  private readonly parameters: Parameters;
  private readonly optimizer: OptimizerState;
  private readonly gradients: Parameters;
  private readonly trainer: Trainer;
  private readonly decoder: Decoder;
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;

  private constructor(options: {
    model: string;
    config: ModelConfig;
    source: Model;
    companions: Companions;
    threads: number;
  }) {
    const { config, source, threads } = options;
    const layout = parameterLayout(config);
    this.model = options.model;
    this.config = config;
    this.modelConfig = source.config;
    this.configJson = source.configJson;
    this.companions = options.companions;
    this.parameters = makeParameters(layout, source.parameters);
    this.gradients = makeParameters(layout);
    this.optimizer = makeOptimizer(layout.size);
    const shared = { config, parameters: this.parameters, threads };
    this.trainer = new Trainer({ ...shared, gradients: this.gradients, limits: packingLimits(config) });
    this.decoder = new Decoder(shared);
  }

  /** @throws InputError when the folder holds no model that this engine runs. */
  static async open(options: LocalEngineOptions): Promise<EngineCore> {
    const { model, threads = Math.min(8, availableParallelism()), maxContext } = options;
    if (!Number.isInteger(threads) || threads < 1)
      throw new UsageError('threads-invalid', `threads: got ${threads}, expected a whole number from 1.`);
    const source = await readModel(model);
    const { config } = source;
    if (maxContext !== undefined && !(Number.isInteger(maxContext) && maxContext >= 2))
      throw new UsageError('context-invalid', `maxContext: got ${maxContext}, expected a whole number from 2.`);
    return new EngineCore({
      model,
      config: { ...config, maxContext: maxContext ?? config.maxContext },
      source,
      companions: await readCompanions(model),
      threads,
    });
  }

  async info(): Promise<EngineInfo> {
    return {
      model: this.model,
      architecture: this.config.architecture,
      parameters: this.parameters.flat.length,
      vocabSize: this.config.vocabSize,
      maxContext: this.config.maxContext,
      losses,
    };
  }

  sample(request: SampleRequest): Promise<Completion[][]> {
    return this.inTurn(() => this.decoder.sample(request));
  }

  forwardBackward(batch: readonly TrajectoryGroup[], loss: LossSpec): Promise<StepMetrics> {
    return this.inTurn(() => this.trainer.forwardBackward(batch, loss));
  }

  /** @throws EngineError when a gradient is not finite; nothing has changed then. */
  optimStep(params: AdamParams): Promise<OptimMetrics> {
    return this.inTurn(async () => {
      const metrics = adamStep(this.parameters.flat, this.gradients.flat, this.optimizer, params);
      this.trainer.clear();
      return metrics;
    });
  }

  /** Accumulated gradients are not part of a checkpoint: save after `optimStep`. */
  save(directory: string): Promise<CheckpointRef> {
    return this.inTurn(async () => {
      const { modelConfig: config, configJson, parameters, companions, optimizer } = this;
      await writeModel(directory, { config, configJson, parameters, companions, optimizer });
      return { path: directory };
    });
  }

  load({ path }: CheckpointRef): Promise<void> {
    return this.inTurn(async () => {
      const { config, parameters, optimizer } = await readCheckpoint(path);
      const shape = (c: ModelConfig) => JSON.stringify({ ...c, maxContext: 0 });
      if (shape(config) !== shape(this.config))
        throw new InputError(
          'checkpoint-foreign',
          `${join(path, 'config.json')} describes another model than the engine's (${this.model}).`,
        );
      this.parameters.flat.set(parameters);
      this.optimizer.m.set(optimizer.m);
      this.optimizer.v.set(optimizer.v);
      this.optimizer.step = optimizer.step;
      this.trainer.clear();
    });
  }

  close(): Promise<void> {
    if (this.closed) return Promise.resolve();
    const done = this.inTurn(async () => {
      await this.trainer.release();
      await this.decoder.release();
    });
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
