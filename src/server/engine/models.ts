/**
 * @file The models of `golongrl engine serve`. Training requests of a model run in the order of their sequence numbers, each once.
 * More models than have a place take turns: the one that was used longest ago gives its engine up and waits on disk, with the
 * requests whose gradient it had gathered, until it is asked for again.
 */
import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdamParams, Engine, OptimMetrics } from '../../engine/engine.ts';
import type { ComputeDevice } from '../../engine/local/compute.ts';
import { isEngineGone, type LocalEngineOptions, openLocalEngine } from '../../engine/local/local-engine.ts';
import { EngineError, ResourceError, UsageError } from '../../errors.ts';
import { bytesOf, type Checkpoints, missing } from './checkpoints.ts';
import type { GradientPart } from './loss.ts';
import { Readers } from './readers.ts';
import { Scheduler } from './scheduler.ts';

/** `model`: folder or GGUF file of the base model. `threads` are those of each engine. */
export interface ModelHostOptions {
  readonly model: string;
  /** Folder of checkpoints. */
  readonly checkpoints: string;
  readonly threads?: number | undefined;
  /** Where they compute; default: cpu. */
  readonly device?: ComputeDevice | undefined;
  /** Models in training that have an engine at once (default 4). */
  readonly maxModels?: number;
  /**
   * Earlier states of a model's weights that can still be sampled from without having been saved by name. Default: as many as 4 GB
   * hold, two at least.
   */
  readonly keepStates?: number | undefined;
}

/** What a model trains: all of it (rank 0), or an adapter; `targets` by peft's names, absent for all projections. */
export interface ModelShape {
  readonly rank: number;
  readonly seed: number;
  readonly targets?: readonly string[] | undefined;
}

/** Sequence numbers: what was asked under each, and what waits for the ones before it. */
interface Order {
  next: number;
  readonly known: Map<number, string>;
  readonly held: Map<number, () => void>;
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
  readonly order: Order;
}

/** A model that has its engine. */
export interface Resident extends HostedModel {
  engine: Engine;
}

/** Weights that can be sampled from: of a model at a version, of a folder, or (neither) of the base model. */
export interface WeightsState {
  readonly modelId?: string;
  readonly version?: number;
  directory?: string | undefined;
  /** Size of what lies in `directory`. */
  bytes?: number;
  readonly path?: string;
}

/** Bytes on disk that the earlier states of a model may take where no number of them was given; two are always kept. */
const statesBudget = 4e9;

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
  readonly options: ModelHostOptions;
  readonly readers: Readers;
  private readonly checkpoints: Checkpoints;
  /** The one that was used longest ago first. */
  private readonly models = new Map<string, HostedModel>();
  /** States without a name, oldest first. */
  private readonly states: WeightsState[] = [];

  constructor(options: ModelHostOptions, checkpoints: Checkpoints) {
    this.options = options;
    this.checkpoints = checkpoints;
    this.readers = new Readers(options);
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
    return this.find(id).order.known.has(seqId);
  }

  modelsOf(sessionId: string): string[] {
    return [...this.models.values()].filter((model) => model.sessionId === sessionId).map(({ id }) => id);
  }

  async create(id: string, sessionId: string, shape: ModelShape): Promise<void> {
    if (this.models.size >= mostModels)
      throw new UsageError('too-many-models', `${mostModels} models are there, which is the most.`, 'Unload one.');
    await this.makeRoom();
    const order = { next: 1, known: new Map(), held: new Map() };
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
    for (const state of this.states.filter(({ modelId }) => modelId === id)) await this.forget(state);
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

  /** Adds to a model's gradient. */
  gather(id: string, run: (engine: Engine) => Promise<GradientPart | undefined>): Promise<void> {
    return this.withModel(id, async (model) => {
      const part = await run(model.engine);
      if (part) model.parts.push(part);
    });
  }

  /** Applies what was gathered. */
  update(id: string, params: AdamParams): Promise<OptimMetrics> {
    return this.withModel(id, async (model) => {
      await this.keepStates(model);
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

  /**
   * Accepts a training request once: `run` is called when all with smaller numbers were.
   *
   * @returns whether it is new; a repetition of an accepted request is not.
   * @throws UsageError (`sequence-reused`) for another request under the same number.
   */
  accept(id: string, seqId: number | undefined, body: Uint8Array, run: () => void): boolean {
    const { order } = this.find(id);
    if (seqId === undefined || seqId === 0) {
      run();
      return true;
    }
    const digest = createHash('sha256').update(body).digest('hex');
    const before = order.known.get(seqId);
    if (before === digest) return false;
    if (before !== undefined) throw new UsageError('sequence-reused', 'Training request sequence number was reused.');
    order.known.set(seqId, digest);
    order.held.set(seqId, run);
    for (let next = order.held.get(order.next); next !== undefined; next = order.held.get(order.next)) {
      order.held.delete(order.next++);
      next();
    }
    return true;
  }

  /** Loads weights; without the optimizer's state, its moments start anew. */
  load(id: string, directory: string, optimizer: boolean): Promise<void> {
    return this.withModel(id, (model) => this.loadInto(model, directory, optimizer));
  }

  private async loadInto(model: Resident, directory: string, optimizer: boolean): Promise<void> {
    const { rank } = await this.checkpoints.shapeOf(directory);
    if (rank !== model.shape.rank)
      throw new UsageError('rank-foreign', `The checkpoint has rank ${rank}, the model ${model.shape.rank}.`);
    await this.keepStates(model);
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
    const { version } = this.find(id);
    const state = { modelId: id, version };
    this.states.push(state);
    return state;
  }

  /** Writes the unnamed states that the next update would overwrite; call before one. */
  private async keepStates(model: Resident): Promise<void> {
    const { keepStates, checkpoints } = this.options;
    const own = this.states.filter(({ modelId }) => modelId === model.id);
    const current = own.filter(({ version }) => version === model.version);
    const past = own.filter((state) => !current.includes(state));
    await this.forgetOldest(past, Math.min(1, current.length));
    if (current.length === 0) return;
    if (keepStates === 0) {
      for (const state of current) await this.forget(state);
      return;
    }
    const directory = join(checkpoints, '.states', randomUUID());
    await model.engine.save(directory);
    const bytes = await bytesOf(directory);
    for (const state of current) Object.assign(state, { directory, bytes });
  }

  /** Of earlier states, the oldest first, those that have no place with `coming` more. */
  private async forgetOldest(past: readonly WeightsState[], coming: number): Promise<void> {
    const { keepStates } = this.options;
    const folders = new Map(past.map(({ directory, bytes = 0 }) => [directory, bytes]));
    let bytes = [...folders.values()].reduce((sum, size) => sum + size, 0);
    let count = past.length + coming;
    for (const state of past) {
      const fits = keepStates === undefined ? count <= 2 || bytes <= statesBudget : count <= keepStates;
      if (fits) return;
      count--;
      bytes -= state.bytes ?? 0;
      await this.forget(state);
    }
  }

  private async forget(state: WeightsState): Promise<void> {
    this.states.splice(this.states.indexOf(state), 1);
    const { directory } = state;
    state.directory = undefined;
    if (directory === undefined || this.states.some((other) => other.directory === directory)) return;
    await this.readers.drop(directory);
    await rm(directory, { recursive: true, force: true });
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
    for (const folder of ['.states', '.parked'])
      await rm(join(this.options.checkpoints, folder), { recursive: true, force: true });
  }
}
