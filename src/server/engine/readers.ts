/** @file Engines that only sample and score: of the base model and of weights in folders, a few at a time. */
import type { Engine } from '../../engine/engine.ts';
import type { ComputeDevice } from '../../engine/local/compute.ts';
import { isEngineGone, type LocalEngineOptions, openLocalEngine } from '../../engine/local/local-engine.ts';

const mostReaders = 2;
/** Engines that a request may take with it; sampling again gives the same. */
const mostTries = 3;

interface ReaderOptions {
  /** Folder or file of the base model. */
  readonly model: string;
  readonly threads?: number | undefined;
  readonly device?: ComputeDevice | undefined;
}

/** Engines by folder ('' is the base model); the one that was used longest ago makes room. */
export class Readers {
  private readonly options: ReaderOptions;
  private readonly engines = new Map<string, Engine>();

  constructor(options: ReaderOptions) {
    this.options = options;
  }

  engineOptions(model: string): LocalEngineOptions {
    const { threads, device } = this.options;
    return { model, ...(threads ? { threads } : {}), ...(device ? { device } : {}) };
  }

  /** An engine that dies of the work, or before it, is replaced: its weights lie on disk. Only within a job of the scheduler. */
  async read<T>(folder: string, run: (engine: Engine) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run(await this.engine(folder));
      } catch (error) {
        if (!isEngineGone(error)) throw error;
        this.engines.delete(folder);
        if (attempt === mostTries) throw error;
      }
    }
  }

  private async engine(folder: string): Promise<Engine> {
    const known = this.engines.get(folder);
    this.engines.delete(folder);
    const engine = known ?? (await openLocalEngine(this.engineOptions(folder || this.options.model)));
    this.engines.set(folder, engine);
    for (const [key, old] of this.engines) {
      if (this.engines.size <= mostReaders) break;
      this.engines.delete(key);
      await old.close();
    }
    return engine;
  }

  /** Ends the engine of a folder, if there is one. */
  async drop(folder: string): Promise<void> {
    await this.engines.get(folder)?.close();
    this.engines.delete(folder);
  }

  async close(): Promise<void> {
    for (const engine of this.engines.values()) await engine.close();
  }
}
