/**
 * @file The models of `golongrl engine serve`: embedded engines by id, the states of their weights that can be sampled from, and
 * checkpoints on disk. Training requests of a model run in the order of their sequence numbers, each once.
 */
import { createHash, randomUUID } from 'node:crypto';
import { access, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Engine } from '../../engine/engine.ts';
import type { ComputeDevice } from '../../engine/local/compute.ts';
import { isEngineGone, openLocalEngine } from '../../engine/local/local-engine.ts';
import { EngineError, InputError, ResourceError, UsageError } from '../../errors.ts';
import { findRecord } from '../../storage/record.ts';
import { Scheduler } from './scheduler.ts';

/** `model`: folder or GGUF file of the base model. `threads` are those of each engine. */
export interface ModelHostOptions {
  readonly model: string;
  /** Folder of checkpoints. */
  readonly checkpoints: string;
  readonly threads?: number | undefined;
  /** Where they compute; default: cpu. */
  readonly device?: ComputeDevice | undefined;
  /** Models in training at once (default 4). */
  readonly maxModels?: number;
  /** Earlier states of a model's weights that can still be sampled from without having been saved by name (default 2). */
  readonly keepStates?: number;
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
  readonly rank: number;
  engine: Engine;
  /** Changes with the weights. */
  version: number;
  readonly order: Order;
}

/** Weights that can be sampled from: of a model at a version, of a folder, or (neither) of the base model. */
export interface WeightsState {
  readonly modelId?: string;
  readonly version?: number;
  directory?: string | undefined;
  readonly path?: string;
}

/** What a checkpoint was saved for; here both hold the same, the optimizer's state included. */
export const checkpointKinds = ['weights', 'sampler_weights'] as const;
/** The middle part of a path `tinker://MODEL/KIND/NAME`. */
export type CheckpointKind = (typeof checkpointKinds)[number];

const nameForm = /^[a-zA-Z0-9_-]{1,255}$/;
/** `SESSION:train:N`, which the official client puts together itself. */
const modelForm = /^[a-zA-Z0-9_:-]{1,255}$/;
/** Colons are not allowed in file names everywhere. */
const folderOf = (modelId: string): string => modelId.replaceAll(':', '-');
/** LoRA's alpha, which the protocol has no field for. */
const alpha = 32;
const mostReaders = 2;
/** Engines that a sampling request may take with it; sampling again gives the same. */
const mostTries = 3;

const adapterSchema = z.looseObject({ r: z.int().positive() });

const missing = (what: string) => new InputError('not-found', `${what} is not there.`);
/** Whether an error says that a model or checkpoint is not there: a 404 to the client. */
export const isMissing = (error: unknown): boolean => error instanceof InputError && error.code === 'not-found';

/**
 * All models of a server. Requests of one model are ordered by their numbers; work of all models shares one
 * scheduler.
 */
export class ModelHost {
  readonly scheduler = new Scheduler();
  readonly options: ModelHostOptions;
  private readonly models = new Map<string, HostedModel>();
  /** States without a name, oldest first. */
  private readonly states: WeightsState[] = [];
  /** Engines that only sample, by folder ('' is the base model), least recently used first. */
  private readonly readers = new Map<string, Engine>();

  constructor(options: ModelHostOptions) {
    this.options = options;
  }

  find(id: string): HostedModel {
    return this.models.get(id) ?? fail(missing(`Model ${id}`));
  }

  has(id: string): boolean {
    return this.models.has(id);
  }

  /** Whether a training request was accepted under this number. */
  isKnown(id: string, seqId: number): boolean {
    return this.find(id).order.known.has(seqId);
  }

  private get engineOptions(): { threads?: number; device?: ComputeDevice } {
    const { threads, device } = this.options;
    return { ...(threads ? { threads } : {}), ...(device ? { device } : {}) };
  }

  async create(id: string, sessionId: string, rank: number, seed: number): Promise<HostedModel> {
    const { model, maxModels = 4 } = this.options;
    if (this.models.size >= maxModels)
      throw new UsageError('too-many-models', `${maxModels} models are loaded, which is the most.`, 'Unload one.');
    const lora = rank > 0 ? { lora: { rank, alpha, seed } } : {};
    const engine = await openLocalEngine({ model, ...this.engineOptions, ...lora });
    const hosted = { id, sessionId, rank, engine, version: 0, order: { next: 1, known: new Map(), held: new Map() } };
    this.models.set(id, hosted);
    return hosted;
  }

  async unload(id: string): Promise<void> {
    const { engine } = this.find(id);
    this.models.delete(id);
    for (const state of this.states.filter(({ modelId }) => modelId === id)) await this.forget(state);
    await engine.close();
  }

  /** Runs work on a model. @throws ResourceError (`model-lost`) when its engine's process ended: the model is no more then. */
  async withModel<T>(id: string, run: (model: HostedModel) => Promise<T>): Promise<T> {
    const model = this.find(id);
    try {
      return await run(model);
    } catch (error) {
      if (isEngineGone(error)) throw this.lose(model, error);
      throw error;
    }
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

  modelsOf(sessionId: string): string[] {
    return [...this.models.values()].filter((model) => model.sessionId === sessionId).map(({ id }) => id);
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

  /** Where a checkpoint lies. @throws UsageError for a name that is none. */
  directory(modelId: string, kind: CheckpointKind, name: string): string {
    if (!nameForm.test(name) || !modelForm.test(modelId))
      throw new UsageError('name-invalid', `Checkpoint name: got "${name}", expected letters, digits, _ and -.`);
    return join(this.options.checkpoints, folderOf(modelId), kind, name);
  }

  /** The folder of `tinker://MODEL/KIND/NAME`, whether or not something is there. @throws UsageError for another path. */
  folder(path: string): string {
    const parts = /^tinker:\/\/([^/]+)\/(?:(weights|sampler_weights)\/)?([^/]+)$/.exec(path);
    if (!parts) throw new UsageError('path-invalid', `got "${path}", expected tinker://MODEL/weights/NAME.`);
    const [, modelId = '', kind = 'sampler_weights', name = ''] = parts;
    return this.directory(modelId, kind as CheckpointKind, name);
  }

  /** The folder of a checkpoint. @throws InputError when nothing is there. */
  async locate(path: string): Promise<string> {
    const directory = this.folder(path);
    if (!(await this.exists(directory))) throw missing(`Checkpoint ${path}`);
    return directory;
  }

  async exists(directory: string): Promise<boolean> {
    return await access(join(directory, 'manifest.json')).then(
      () => true,
      () => false,
    );
  }

  async checkpoints(modelId: string): Promise<{ kind: CheckpointKind; name: string; directory: string }[]> {
    const found = checkpointKinds.map(async (kind) => {
      const folder = join(this.options.checkpoints, folderOf(modelId), kind);
      const names = modelForm.test(modelId) ? await readdir(folder).catch(() => []) : [];
      return names.filter((name) => nameForm.test(name)).map((name) => ({ kind, name, directory: join(folder, name) }));
    });
    return (await Promise.all(found)).flat();
  }

  /** Rank of the adapter in a folder; 0 for a whole model. */
  async rankOf(directory: string): Promise<number> {
    const adapter = await findRecord(join(directory, 'adapter_config.json'), adapterSchema, {
      name: 'the configuration of an adapter',
      code: 'checkpoint-corrupt',
      hint: 'Load another checkpoint: this one is damaged.',
    });
    return adapter?.r ?? 0;
  }

  /** Loads weights; without the optimizer's state, its moments start anew. */
  load(id: string, directory: string, optimizer: boolean): Promise<void> {
    return this.withModel(id, (model) => this.loadInto(model, directory, optimizer));
  }

  private async loadInto(model: HostedModel, directory: string, optimizer: boolean): Promise<void> {
    const rank = await this.rankOf(directory);
    if (rank !== model.rank)
      throw new UsageError('rank-foreign', `The checkpoint has rank ${rank}, the model ${model.rank}.`);
    await this.keepStates(model);
    if (optimizer) await model.engine.load({ path: directory });
    else {
      const fresh = await openLocalEngine({ model: directory, ...this.engineOptions });
      await model.engine.close();
      model.engine = fresh;
    }
    model.version++;
  }

  /** The weights of a model as they are, to sample from. */
  state(id: string): WeightsState {
    const { version } = this.find(id);
    const state = { modelId: id, version };
    this.states.push(state);
    return state;
  }

  /** Writes the unnamed states that the next update would overwrite; call before one. */
  async keepStates(model: HostedModel): Promise<void> {
    const { keepStates = 2, checkpoints } = this.options;
    const own = this.states.filter(({ modelId }) => modelId === model.id);
    const current = own.filter(({ version }) => version === model.version);
    const past = own.filter((state) => !current.includes(state));
    for (const state of past.slice(0, Math.max(0, past.length + Math.min(1, current.length) - keepStates)))
      await this.forget(state);
    if (current.length === 0) return;
    if (keepStates === 0) {
      for (const state of current) await this.forget(state);
      return;
    }
    const directory = join(checkpoints, '.states', randomUUID());
    await model.engine.save(directory);
    for (const state of current) state.directory = directory;
  }

  private async forget(state: WeightsState): Promise<void> {
    this.states.splice(this.states.indexOf(state), 1);
    const { directory } = state;
    state.directory = undefined;
    if (directory === undefined || this.states.some((other) => other.directory === directory)) return;
    await this.readers.get(directory)?.close();
    this.readers.delete(directory);
    await rm(directory, { recursive: true, force: true });
  }

  /**
   * Runs work that only reads on an engine with these weights; only within a job of the scheduler. An engine that dies of it, or
   * before it, is replaced where its weights lie on disk.
   */
  async read<T>(state: WeightsState, run: (engine: Engine) => Promise<T>): Promise<T> {
    const { modelId, version } = state;
    if (modelId !== undefined && this.models.get(modelId)?.version === version)
      return this.withModel(modelId, ({ engine }) => run(engine));
    for (let attempt = 1; ; attempt++) {
      try {
        return await run(await this.reader(state));
      } catch (error) {
        if (!isEngineGone(error)) throw error;
        this.readers.delete(state.directory ?? '');
        if (attempt === mostTries) throw error;
      }
    }
  }

  private async reader(state: WeightsState): Promise<Engine> {
    if (state.modelId !== undefined && state.directory === undefined)
      throw new EngineError(
        'weights-replaced',
        'These weights were replaced by later ones, or lost with their engine.',
        'Sample from newer ones, or save those to keep by name.',
      );
    const folder = state.directory ?? '';
    const known = this.readers.get(folder);
    this.readers.delete(folder);
    const engine = known ?? (await openLocalEngine({ model: folder || this.options.model, ...this.engineOptions }));
    this.readers.set(folder, engine);
    for (const [key, old] of this.readers) {
      if (this.readers.size <= mostReaders) break;
      this.readers.delete(key);
      await old.close();
    }
    return engine;
  }

  async close(): Promise<void> {
    await this.scheduler.close(new EngineError('engine-closed', 'The server is closing.'));
    for (const engine of this.readers.values()) await engine.close();
    for (const { engine } of this.models.values()) await engine.close();
    await rm(join(this.options.checkpoints, '.states'), { recursive: true, force: true });
  }
}

function fail(error: Error): never {
  throw error;
}
