/**
 * @file The models of `golongrl engine serve`. Training requests of a model run in the order of their sequence numbers, each once.
 * More models than have a place take turns: the one that was used longest ago gives its engine up and waits on disk, with the
 * requests whose gradient it had gathered, until it is asked for again.
 */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdamParams, Engine, OptimMetrics } from '../../engine/engine.ts';
import type { ComputeDevice } from '../../engine/local/compute.ts';
import { isEngineGone, type LocalEngineOptions, openLocalEngine } from '../../engine/local/local-engine.ts';
import { EngineError, ResourceError, UsageError } from '../../errors.ts';
import { type Checkpoints, missing } from './checkpoints.ts';
import { TrainingOrder } from './hosted/training-order.ts';
import { type KeptStates, type WeightsState, WeightsStates } from './hosted/weights-states.ts';
import type { GradientPart } from './loss.ts';
import { Readers } from './readers.ts';
import { Scheduler } from './scheduler.ts';

/** `model`: folder or GGUF file of the base model. `threads` are those of each engine. */
export interface ModelHostOptions extends KeptStates {
  readonly model: string;
  readonly threads?: number | undefined;
  /** Where they compute; default: cpu. */
  readonly device?: ComputeDevice | undefined;
  /** Models in training that have an engine at once (default 4). */
  readonly maxModels?: number;
}

/** What a model trains: all of it (rank 0), or an adapter; `targets` by peft's names, absent for all projections. */
export interface ModelShape {
  readonly rank: number;
  readonly seed: number;
  readonly targets?: readonly string[] | undefined;
}

interface HostedModel {
  readonly id: string;
  readonly sessionId: string;
  readonly shape: ModelShape;
  /** Absent while it waits on disk. */
  engine: Engine | undefined;
  /** Folder of the weights of `parkedVersion`. */
  parked: string | undefined;
  parkedVersion: number;
  /** What was gathered since the last update. */
  parts: GradientPart[];
  /** Changes with the weights. */
  version: number;
  readonly order: TrainingOrder;
}

/** A model that has its engine. */
export interface Resident extends HostedModel {
  engine: Engine;
}

/** LoRA's alpha, which the protocol has no field for. */
const alpha = 32;
/** Models at most, those that wait on disk included. */
const mostModels = 1000;

const sameShape = (a: ModelShape, b: ModelShape): boolean =>
  a.rank === b.rank && (a.targets ?? []).join() === (b.targets ?? []).join();

/**
 * All models of a server. Requests of one model are ordered by their numbers; work of all models shares one
 * scheduler.
 */
export class ModelHost {
  readonly scheduler = new Scheduler();
  private readonly options: ModelHostOptions;
  private readonly readers: Readers;
  private readonly checkpoints: Checkpoints;
  /** The one that was used longest ago first. */
  private readonly models = new Map<string, HostedModel>();
  private readonly states: WeightsStates;

  constructor(options: ModelHostOptions, checkpoints: Checkpoints) {
    this.options = options;
    this.checkpoints = checkpoints;
    this.readers = new Readers(options);
    this.states = new WeightsStates(options, this.readers);
  }

  find(id: string): HostedModel {
    const model = this.models.get(id);
    if (model === undefined) throw missing(`Model ${id}`);
    return model;
  }

  has(id: string): boolean {
    return this.models.has(id);
  }

  /** Whether a training request was accepted under this number. */
  isKnown(id: string, seqId: number): boolean {
    return this.find(id).order.isKnown(seqId);
  }

  modelsOf(sessionId: string): string[] {
    return [...this.models.values()].filter((model) => model.sessionId === sessionId).map(({ id }) => id);
  }

  async create(id: string, sessionId: string, shape: ModelShape): Promise<void> {
    if (this.models.size >= mostModels)
      throw new UsageError('too-many-models', `${mostModels} models are there, which is the most.`, 'Unload one.');
    await this.makeRoom();
    const order = new TrainingOrder();
    const engine = await this.open(shape);
    const rest = { parked: undefined, parkedVersion: -1, parts: [], version: 0, order };
    this.models.set(id, { id, sessionId, shape, engine, ...rest });
  }

  private open({ rank, seed, targets }: ModelShape): Promise<Engine> {
    const lora: Partial<LocalEngineOptions> = rank > 0 ? { lora: { rank, alpha, seed, targets } } : {};
    return openLocalEngine({ ...this.readers.engineOptions(this.options.model), ...lora });
  }

  async unload(id: string): Promise<void> {
    const { engine, parked } = this.find(id);
    this.models.delete(id);
    await this.states.drop(id);
    await engine?.close();
    if (parked) await rm(parked, { recursive: true, force: true });
    await this.checkpoints.end(id);
  }

  /**
   * Runs work on a model, with its engine; only within a job of the scheduler.
   *
   * @throws ResourceError (`model-lost`) when its engine's process ended: the model is no more then.
   */
  async withModel<T>(id: string, run: (model: Resident) => Promise<T>): Promise<T> {
    const model = this.find(id);
    try {
      return await run(await this.resident(model));
    } catch (error) {
      if (isEngineGone(error)) throw this.lose(model, error);
      throw error;
    }
  }

  /** Adds what work accumulated to a model's gradient. */
  gather<T extends { readonly part?: GradientPart }>(id: string, run: (engine: Engine) => Promise<T>): Promise<T> {
    return this.withModel(id, async (model) => {
      const found = await run(model.engine);
      if (found.part) model.parts.push(found.part);
      return found;
    });
  }

  /** Applies what was gathered. */
  update(id: string, params: AdamParams): Promise<OptimMetrics> {
    return this.withModel(id, async (model) => {
      await this.states.keep(model);
      const metrics = await model.engine.optimStep(params);
      model.version++;
      model.parts = [];
      return metrics;
    });
  }

  private async resident(model: HostedModel): Promise<Resident> {
    this.models.delete(model.id);
    this.models.set(model.id, model);
    const engine = model.engine ?? (await this.wake(model));
    return Object.assign(model, { engine });
  }

  /** Takes a place for another engine; answers with the one that had to go where that is of this shape. */
  private async makeRoom(shape?: ModelShape): Promise<Engine | undefined> {
    const { maxModels = 4 } = this.options;
    const residents = [...this.models.values()].filter(({ engine }) => engine !== undefined);
    const [oldest] = residents;
    if (residents.length < maxModels || oldest?.engine === undefined) return undefined;
    const { engine } = oldest;
    try {
      await this.park(oldest, engine);
    } catch (error) {
      if (!isEngineGone(error)) throw error;
      this.lose(oldest, error);
      return undefined;
    }
    if (shape && sameShape(shape, oldest.shape)) return engine;
    await engine.close();
    return undefined;
  }

  private async park(model: HostedModel, engine: Engine): Promise<void> {
    if (model.parkedVersion !== model.version) {
      model.parked ??= join(this.options.checkpoints, '.parked', randomUUID());
      await engine.save(model.parked);
      model.parkedVersion = model.version;
    }
    model.engine = undefined;
  }

  private async wake(model: HostedModel): Promise<Engine> {
    const path = model.parked ?? '';
    const engine = (await this.makeRoom(model.shape)) ?? (await this.open(model.shape));
    try {
      await engine.load({ path });
      for (const { batch, spec } of model.parts) await engine.forwardBackward(batch, spec);
    } catch (error) {
      await engine.close();
      throw error;
    }
    return engine;
  }

  /** Forgets a model whose engine is gone, so that others have its place and clients hear 404. */
  private lose({ id }: HostedModel, cause: unknown): ResourceError {
    this.models.delete(id);
    return new ResourceError(
      'model-lost',
      `Model ${id} is lost: its engine's process ended.`,
      'Load its last checkpoint into a new model.',
      { cause },
    );
  }

  /** See `TrainingOrder.accept`. */
  accept(id: string, seqId: number | undefined, body: Uint8Array, run: () => void): boolean {
    return this.find(id).order.accept(seqId, body, run);
  }

  /** Loads weights; without the optimizer's state, its moments start anew. */
  load(id: string, directory: string, optimizer: boolean): Promise<void> {
    return this.withModel(id, (model) => this.loadInto(model, directory, optimizer));
  }

  private async loadInto(model: Resident, directory: string, optimizer: boolean): Promise<void> {
    const { rank } = await this.checkpoints.shapeOf(directory);
    if (rank !== model.shape.rank)
      throw new UsageError('rank-foreign', `The checkpoint has rank ${rank}, the model ${model.shape.rank}.`);
    await this.states.keep(model);
    if (optimizer) await model.engine.load({ path: directory });
    else {
      const fresh = await openLocalEngine(this.readers.engineOptions(directory));
      await model.engine.close();
      model.engine = fresh;
    }
    model.version++;
    model.parts = [];
  }

  /** The weights of a model as they are, to sample from. */
  state(id: string): WeightsState {
    return this.states.add(id, this.find(id).version);
  }

  /** Runs work that only reads on an engine with these weights; only within a job of the scheduler. */
  async read<T>(state: WeightsState, run: (engine: Engine) => Promise<T>): Promise<T> {
    const { modelId, version, directory } = state;
    if (modelId !== undefined && this.models.get(modelId)?.version === version)
      return this.withModel(modelId, ({ engine }) => run(engine));
    if (modelId !== undefined && directory === undefined)
      throw new EngineError(
        'weights-replaced',
        'These weights were replaced by later ones, or lost with their engine.',
        'Sample from newer ones, or save those to keep by name.',
      );
    return this.readers.read(directory ?? '', run);
  }

  async close(): Promise<void> {
    await this.scheduler.close(new EngineError('engine-closed', 'The server is closing.'));
    await this.readers.close();
    for (const { engine } of this.models.values()) await engine?.close();
    await this.states.close();
    await rm(join(this.options.checkpoints, '.parked'), { recursive: true, force: true });
  }
}
