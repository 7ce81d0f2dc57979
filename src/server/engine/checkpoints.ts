/**
 * @file The checkpoints of `golongrl engine serve`: where each lies, what is known of it and of the training run that it is of. A run's
 * record stands beside its checkpoints, so that a server that starts again lists them as before.
 */
import { access, cp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { loraTargets } from '../../engine/local/weights/lora.ts';
import { EngineError, InputError, UsageError } from '../../errors.ts';
import { findRecord, writeRecord } from '../../storage/record.ts';
import {
  type CheckpointKind,
  type CheckpointName,
  checkpointKinds,
  folderOf,
  isCheckpointName,
  isRunName,
  parsePath,
  runFolder,
  tinkerPath,
} from './hosted/checkpoint-path.ts';

const adapterSchema = z.looseObject({
  r: z.int().positive(),
  target_modules: z.array(z.string()).optional(),
});
/** peft's names of attention's projections, which come first. */
export const attentionTargets: readonly string[] = loraTargets.slice(0, 4);
const metadataSchema = z.record(z.string(), z.unknown()).nullable();
const noteSchema = z.object({
  time: z.string(),
  /** Moment from which the checkpoint is gone; null is never. */
  expires: z.string().nullable(),
  public: z.boolean(),
  metadata: metadataSchema,
});
/** What is known of a checkpoint beside its files. */
export type CheckpointNote = z.infer<typeof noteSchema>;
const runSchema = z.object({
  id: z.string(),
  base: z.string(),
  rank: z.int().nonnegative(),
  created: z.string(),
  metadata: metadataSchema,
  /** By `KIND/NAME`. */
  checkpoints: z.record(z.string(), noteSchema),
});
/** A model that was trained, or is. */
export type Run = z.infer<typeof runSchema>;

/** A checkpoint that can be loaded. */
export interface Checkpoint extends CheckpointNote {
  readonly run: string;
  readonly kind: CheckpointKind;
  readonly name: string;
  readonly directory: string;
  readonly bytes: number;
}

const recordKind = {
  name: "a training run's record",
  code: 'checkpoint-corrupt',
  hint: 'Move its folder out of the folder of checkpoints.',
} as const;

/** The error for what is not there. */
export const missing = (what: string) => new InputError('not-found', `${what} is not there.`);
/** The error for a run of this name where there is one. */
export const taken = (id: string) => new UsageError('run-exists', `${id}: a training run of this name is there`);
/** Whether an error says that a model or checkpoint is not there: a 404 to the client. */
export const isMissing = (error: unknown): boolean => error instanceof InputError && error.code === 'not-found';

/** When a checkpoint of this lifetime is over. */
export const expiry = (seconds: number | null | undefined): string | null =>
  seconds ? new Date(Date.now() + 1000 * seconds).toISOString() : null;

const isOver = ({ expires }: CheckpointNote): boolean => expires !== null && Date.parse(expires) <= Date.now();

/** Bytes of the files of a folder; 0 where there is none. */
export async function bytesOf(directory: string): Promise<number> {
  const names = await readdir(directory).catch(() => []);
  const sizes = names.map(async (name) => (await stat(join(directory, name)).catch(() => undefined))?.size ?? 0);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** A folder of checkpoints, by run, kind and name. */
export class Checkpoints {
  readonly root: string;
  /** Folders that a save is on its way to. */
  readonly saving = new Set<string>();
  /** Records by id, once they were read. */
  private runs: Promise<Map<string, Run>> | undefined;
  /** One write after the other: those of one record would use one file on the way. */
  private written: Promise<void> = Promise.resolve();

  constructor(root: string) {
    this.root = root;
  }

  /** Where a checkpoint lies, whether or not something is there. @throws UsageError for a name that is none. */
  directory(checkpoint: CheckpointName): string {
    return join(this.root, folderOf(checkpoint));
  }

  /** The folder of a checkpoint. @throws InputError when nothing is there, or what was there is over. */
  async locate(path: string): Promise<string> {
    const { run, kind, name } = parsePath(path);
    const directory = this.directory({ run, kind, name });
    const note = (await this.all()).get(run)?.checkpoints[`${kind}/${name}`];
    if ((note && isOver(note)) || !(await this.exists(directory))) throw missing(`Checkpoint ${path}`);
    return directory;
  }

  async exists(directory: string): Promise<boolean> {
    return await access(join(directory, 'manifest.json')).then(
      () => true,
      () => false,
    );
  }

  /** What a checkpoint's model trains: the rank of its adapter, 0 for a whole model, and the projections that it is of. */
  async shapeOf(directory: string): Promise<{ rank: number; targets?: readonly string[] | undefined }> {
    const adapter = await findRecord(join(directory, 'adapter_config.json'), adapterSchema, {
      name: 'the configuration of an adapter',
      code: 'checkpoint-corrupt',
      hint: 'Load another checkpoint: this one is damaged.',
    });
    return { rank: adapter?.r ?? 0, targets: adapter?.target_modules };
  }

  /** Body of weights_info. @throws InputError when nothing is there. */
  async info(path: string, base: string) {
    const { rank, targets = loraTargets } = await this.shapeOf(await this.locate(path));
    return {
      base_model: base,
      is_lora: rank > 0,
      lora_rank: rank > 0 ? rank : null,
      train_unembed: rank === 0,
      train_mlp: targets.some((target) => !attentionTargets.includes(target)),
      train_attn: targets.some((target) => attentionTargets.includes(target)),
    };
  }

  /** All runs, the newest first. */
  async list(): Promise<Run[]> {
    return [...(await this.all()).values()].sort((a, b) => b.created.localeCompare(a.created));
  }

  /** @throws InputError for a run that is not known. */
  async run(id: string): Promise<Run> {
    const run = (await this.all()).get(id);
    if (run === undefined) throw missing(`Training run ${id}`);
    return run;
  }

  async begin(run: Pick<Run, 'id' | 'base' | 'rank'>, metadata: Run['metadata'] = null): Promise<void> {
    const record = { ...run, metadata, created: new Date().toISOString(), checkpoints: {} };
    (await this.all()).set(run.id, record);
    await this.write(record);
  }

  /** Notes what is known of a checkpoint that was saved, or of it from now on. @throws InputError for a run that is not known. */
  async note(id: string, checkpoint: string, change: Partial<CheckpointNote>): Promise<void> {
    const run = await this.run(id);
    const before = run.checkpoints[checkpoint] ?? { ...fresh, time: new Date().toISOString() };
    run.checkpoints[checkpoint] = { ...before, ...change };
    await this.write(run);
  }

  /** Checkpoints of a run that can be loaded; those from before runs had records too. */
  async of(id: string): Promise<Checkpoint[]> {
    const notes = (await this.all()).get(id)?.checkpoints ?? {};
    const found = checkpointKinds.map(async (kind) => {
      const names = isRunName(id) ? await readdir(join(this.root, runFolder(id), kind)).catch(() => []) : [];
      return await Promise.all(names.filter(isCheckpointName).map((name) => this.entry(id, kind, name)));
    });
    const all = (await Promise.all(found)).flat().filter((entry) => entry !== undefined);
    return all.filter(({ kind, name }) => !isOver(notes[`${kind}/${name}`] ?? fresh));
  }

  private async entry(run: string, kind: CheckpointKind, name: string): Promise<Checkpoint | undefined> {
    const directory = this.directory({ run, kind, name });
    const saved = await stat(join(directory, 'manifest.json')).catch(() => undefined);
    if (saved === undefined) return undefined;
    const note = (await this.all()).get(run)?.checkpoints[`${kind}/${name}`] ?? {
      ...fresh,
      time: saved.mtime.toISOString(),
    };
    return { ...note, run, kind, name, directory, bytes: await bytesOf(directory) };
  }

  /** Copies a checkpoint into a run of its own, whose record begins. @throws EngineError where the disk does not take it. */
  async copy(source: string, run: Pick<Run, 'id' | 'base'>, note: CheckpointNote): Promise<string> {
    const from = await this.locate(source);
    const { kind, name } = parsePath(source);
    const to = this.directory({ run: run.id, kind, name });
    if (await this.exists(to)) throw taken(run.id);
    try {
      await cp(from, to, { recursive: true });
    } catch (error) {
      await rm(to, { recursive: true, force: true });
      const hint = 'Look for space on the disk.';
      throw new EngineError('copy-failed', `${source} could not be copied.`, hint, { cause: error });
    }
    await this.begin({ ...run, rank: (await this.shapeOf(from)).rank });
    await this.note(run.id, `${kind}/${name}`, note);
    return tinkerPath({ run: run.id, kind, name });
  }

  /** @throws InputError when it is not there. */
  async remove(path: string): Promise<void> {
    const { run, kind, name } = parsePath(path);
    await rm(await this.locate(path), { recursive: true });
    await this.forget(run, `${kind}/${name}`);
  }

  /** Forgets a run that no checkpoint was saved of. */
  async end(id: string): Promise<void> {
    const runs = await this.all();
    if (Object.keys(runs.get(id)?.checkpoints ?? {}).length > 0) return;
    if (runs.delete(id)) await rm(join(this.root, runFolder(id)), { recursive: true, force: true });
  }

  /** Removes what is over. */
  async sweep(): Promise<void> {
    for (const run of (await this.all()).values()) {
      for (const [key, note] of Object.entries(run.checkpoints)) {
        if (!isOver(note)) continue;
        await rm(join(this.root, runFolder(run.id), ...key.split('/')), { recursive: true, force: true });
        await this.forget(run.id, key);
      }
    }
  }

  private async forget(id: string, checkpoint: string): Promise<void> {
    const run = (await this.all()).get(id);
    if (run === undefined) return;
    delete run.checkpoints[checkpoint];
    await this.write(run);
  }

  private all(): Promise<Map<string, Run>> {
    this.runs ??= this.readAll();
    return this.runs;
  }

  private async readAll(): Promise<Map<string, Run>> {
    const folders = await readdir(this.root).catch(() => []);
    const files = folders.map((folder) => join(this.root, folder, 'run.json'));
    const found = await Promise.all(files.map((file) => findRecord(file, runSchema, recordKind)));
    return new Map(found.filter((run) => run !== undefined).map((run) => [run.id, run]));
  }

  private write(run: Run): Promise<void> {
    const done = this.written.then(() => writeRecord(join(this.root, runFolder(run.id), 'run.json'), run));
    this.written = done.catch(() => undefined);
    return done;
  }
}

/** Of a checkpoint without a record. */
const fresh: CheckpointNote = { time: '', expires: null, public: false, metadata: null };
