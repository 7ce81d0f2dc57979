/** @file Weights that can be sampled from without having been saved by name: what an update would overwrite is written before it. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../../../engine/engine.ts';
import { bytesOf } from '../checkpoints.ts';
import type { Readers } from '../readers.ts';

/** Weights that can be sampled from: of a model at a version, of a folder, or (neither) of the base model. */
export interface WeightsState {
  readonly modelId?: string;
  readonly version?: number;
  directory?: string | undefined;
  /** Size of what lies in `directory`. */
  bytes?: number;
  readonly path?: string;
}

/** How many earlier states of a model are kept. */
export interface KeptStates {
  /** Folder of checkpoints. */
  readonly checkpoints: string;
  /**
   * Earlier states of a model's weights that can still be sampled from without having been saved by name. Default: as many as 4 GB
   * hold, two at least.
   */
  readonly keepStates?: number | undefined;
}

/** Bytes on disk that the earlier states of a model may take where no number of them was given; two are always kept. */
const statesBudget = 4e9;

/** The states of all models of a server. */
export class WeightsStates {
  private readonly options: KeptStates;
  private readonly readers: Readers;
  /** Oldest first. */
  private readonly states: WeightsState[] = [];

  constructor(options: KeptStates, readers: Readers) {
    this.options = options;
    this.readers = readers;
  }

  /** The weights of a model as they are. */
  add(modelId: string, version: number): WeightsState {
    const state = { modelId, version };
    this.states.push(state);
    return state;
  }

  /** Writes the states that the next update would overwrite; call before one. */
  async keep(model: { readonly id: string; readonly version: number; readonly engine: Engine }): Promise<void> {
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

  /** Forgets all states of a model. */
  async drop(id: string): Promise<void> {
    for (const state of this.states.filter(({ modelId }) => modelId === id)) await this.forget(state);
  }

  async close(): Promise<void> {
    await rm(join(this.options.checkpoints, '.states'), { recursive: true, force: true });
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
}
