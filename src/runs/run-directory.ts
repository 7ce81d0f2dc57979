/**
 * @file The run directory, the API of a run: everything needed to resume, report and compare, versioned by `run.json`.
 *
 *     config.yaml          the whole configuration; `--resume` reads it and nothing else
 *     run.json             schema version, kind, versions of the software, state of the run
 *     metrics.jsonl        one line a step; the same seed gives the same bytes
 *     timings.jsonl        one line a step: seconds by stage (kept apart because a clock is not reproducible)
 *     checkpoints.jsonl    one line a checkpoint, appended when the checkpoint is complete
 *     checkpoints/         one folder a checkpoint
 *     prompts/             each prompt once, by content hash, in one file (prompt-store.ts); rollouts refer to it
 *     rollouts/            step-000012.jsonl, one line a group
 *     eval/                one file an evaluation
 *     report.html
 *     tensorboard/         event files, where `--report-to tensorboard` asks for them; mlflow.json: the run on a server
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { GolongrlError, UsageError } from '../errors.ts';
import { exists, fileError, readText, writeFileAtomic } from '../storage/files.ts';
import { appendLines, journalLines, readJournal, writeJournal } from '../storage/journal.ts';
import { type JournalKind, trusted } from '../storage/journal-line.ts';
import { inLockedDirectory, lockFiles } from '../storage/lock.ts';
import { readRecord, writeRecord } from '../storage/record.ts';
import { PromptStore } from './prompt-store.ts';

/** In `run.json`; a run of another version is refused by name. */
export const runSchemaVersion = 1;

const runRecordSchema = z.object({
  schemaVersion: z.literal(runSchemaVersion),
  kind: z.enum(['quickstart', 'train', 'sft']),
  status: z.enum(['running', 'interrupted', 'done']),
  versions: z.record(z.string(), z.string()),
  /** Results and facts that the report shows; grows, never changes meaning. */
  facts: z.record(z.string(), z.unknown()),
});
/** `run.json`: `facts` grow from stage to stage, `status` says whether the run is over. */
export type RunRecord = z.infer<typeof runRecordSchema>;

const checkpointRecordSchema = z.object({
  /** Optimizer steps taken when it was saved. */
  step: z.int().nonnegative(),
  /** Folder, relative to the run directory. */
  path: z.string(),
  /** Prompts drawn so far: the position in the seeded order of the training set. */
  position: z.int().nonnegative(),
});
/** A line of `checkpoints.jsonl`; its folder was complete before it was written. */
export type CheckpointRecord = z.infer<typeof checkpointRecordSchema>;

/** A line of metrics or timings, which has more fields. */
export interface StepLine {
  readonly step: number;
}

/** Where a reader of metrics or timings has stopped: number of the line, byte behind it. */
export interface StepPlace {
  readonly number: number;
  readonly end: number;
}

/** A line of `eval/`, which has more fields: `EvaluationRow`. */
export interface EvaluationLine {
  readonly sample: string;
  readonly task: string;
  readonly score: number;
}

const journalOf = <Line>(name: string, line: z.ZodType<Line>): JournalKind<Line> => ({
  name,
  code: 'run-damaged',
  hint: 'Put the file back from a copy, or delete the line; to start the run anew: --overwrite.',
  line,
});
const stepLines = journalOf('a step of a run', trusted<StepLine>({ step: z.int().nonnegative() }));
const checkpointLines = journalOf('a checkpoint of a run', checkpointRecordSchema);
const evaluationLines: JournalKind<EvaluationLine> = {
  name: 'a response of an evaluation',
  code: 'run-damaged',
  hint: 'Put the file back from a copy, or delete it: --resume evaluates again.',
  line: trusted({ sample: z.string(), task: z.string(), score: z.number() }),
  whole: true,
};

const rolloutLines: JournalKind<object> = {
  name: 'a group of rollouts',
  code: 'run-damaged',
  hint: 'Put the file back from a copy; no run reads it again.',
  line: trusted({}),
  whole: true,
};

/** A held-out mean of tasks at temperature 1: `facts.best` is the highest so far, `facts.heldout` all, by step (0: before training). */
export const heldoutScoreSchema = z.object({ step: z.int().nonnegative(), score: z.number() });

/** For a directory that holds a run: go on, start anew, or refuse. */
export const ifExistsChoices = ['resume', 'overwrite', 'fail'] as const;
/** What a flag, a caller or the person at the terminal decides. */
export type IfExists = (typeof ifExistsChoices)[number];

/** What a run may leave behind; `overwrite` removes these and nothing else. */
const ownEntries = [
  'config.yaml',
  'metrics.jsonl',
  'timings.jsonl',
  'checkpoints.jsonl',
  'checkpoints',
  'prompts',
  'rollouts',
  'eval',
  'dataset',
  'report.html',
  'not-finite.json',
  'tensorboard',
  'mlflow.json',
  'run.json',
] as const;

/** How files and folders of a step are named. */
export const stepName = (step: number): string => `step-${String(step).padStart(6, '0')}`;

/** An open run directory. All methods leave it readable at any instant. */
export class RunDirectory {
  readonly path: string;
  private readonly prompts: PromptStore;

  constructor(path: string) {
    this.path = path;
    this.prompts = new PromptStore(join(path, 'prompts'));
  }

  /** The path of a file in the directory. */
  file(...names: string[]): string {
    return join(this.path, ...names);
  }

  /** Writes `config.yaml`, the configuration with all defaults. */
  async writeConfig(yaml: string): Promise<void> {
    await writeFileAtomic(this.file('config.yaml'), yaml);
  }

  /** The text of `config.yaml`. */
  readConfig(): Promise<string> {
    return readText(this.file('config.yaml'));
  }

  /** Whether a configuration was written; a run that was refused has none. */
  hasConfig(): Promise<boolean> {
    return exists(this.file('config.yaml'));
  }

  /** Writes `run.json`. */
  async writeRecord(record: RunRecord): Promise<void> {
    await writeRecord(this.file('run.json'), record);
  }

  /** @throws InputError when this is no run directory or one of another schema version. */
  async readRecord(): Promise<RunRecord> {
    return await readRecord(this.file('run.json'), runRecordSchema, {
      name: `the record of a run of schema version ${runSchemaVersion}`,
      code: 'run-foreign',
      hint: 'Put the file back from a copy, use the golongrl version that wrote it, or choose another --out.',
    });
  }

  /** Changes the state of the run and adds facts to it. */
  async update(change: { status?: RunRecord['status']; facts?: Record<string, unknown> }): Promise<void> {
    const record = await this.readRecord();
    await this.writeRecord({
      ...record,
      status: change.status ?? record.status,
      facts: { ...record.facts, ...change.facts },
    });
  }

  /** Adds the metrics of a step. */
  async appendMetrics<Line extends StepLine>(record: Line): Promise<void> {
    await appendLines(this.file('metrics.jsonl'), stepLines, [record]);
  }

  /** A line a step, in order. @throws InputError naming a line that is broken */
  readMetrics(): Promise<StepLine[]> {
    return readJournal(this.file('metrics.jsonl'), stepLines);
  }

  /** The lines of metrics or timings behind a place, and the place behind them. @throws InputError naming a line that is broken */
  async stepsBehind(name: 'metrics' | 'timings', from: StepPlace): Promise<{ lines: StepLine[]; place: StepPlace }> {
    const lines: StepLine[] = [];
    let place = from;
    for await (const { value, number, end } of journalLines(this.file(`${name}.jsonl`), stepLines, from)) {
      lines.push(value());
      place = { number, end };
    }
    return { lines, place };
  }

  /** Adds the seconds that the parts of a step took. */
  async appendTimings<Line extends StepLine>(record: Line): Promise<void> {
    await appendLines(this.file('timings.jsonl'), stepLines, [record]);
  }

  /** A line a step, in order. @throws InputError naming a line that is broken */
  readTimings(): Promise<StepLine[]> {
    return readJournal(this.file('timings.jsonl'), stepLines);
  }

  /** Stores a prompt once and returns its name: the first 16 hex digits of its SHA-256. */
  writePrompt(text: string): Promise<string> {
    return this.prompts.write(text);
  }

  /** Undefined where the run has no such prompt. @throws InputError when the store is cut */
  readPrompt(hash: string): Promise<string | undefined> {
    return this.prompts.text(hash);
  }

  /** Writes the rollouts of a step, a line a group. */
  async writeRollouts(step: number, groups: readonly object[]): Promise<void> {
    await writeJournal(this.file('rollouts', `${stepName(step)}.jsonl`), groups, false);
  }

  /** A line a group. @throws InputError naming a line that is broken */
  readRollouts(step: number): Promise<object[]> {
    return readJournal(this.file('rollouts', `${stepName(step)}.jsonl`), rolloutLines);
  }

  /** Writes the rows of a held-out evaluation; its name says before, after or the step. */
  async writeEvaluation(name: string, rows: readonly object[]): Promise<void> {
    await writeJournal(this.file('eval', `${name}.jsonl`), rows);
  }

  /** Whether this evaluation is there, whole. */
  hasEvaluation(name: string): Promise<boolean> {
    return exists(this.file('eval', `${name}.jsonl`));
  }

  /** None where there is no such evaluation. @throws InputError naming a line that is broken */
  readEvaluation(name: string): Promise<EvaluationLine[]> {
    return readJournal(this.file('eval', `${name}.jsonl`), evaluationLines);
  }

  /** Where the checkpoint of a step belongs, relative to the run directory. */
  checkpointPath(step: number): string {
    return join('checkpoints', stepName(step));
  }

  /**
   * Announces a complete checkpoint, then removes all but the newest `keep` and the best one (`facts.best.step`). `discard` is
   * told the folder of each before it goes: what it names elsewhere can go too.
   */
  async recordCheckpoint(
    record: CheckpointRecord,
    keep: number,
    discard: (folder: string) => Promise<void> = async () => undefined,
  ): Promise<void> {
    await appendLines(this.file('checkpoints.jsonl'), checkpointLines, [record]);
    const best = heldoutScoreSchema.safeParse((await this.readRecord()).facts.best).data?.step;
    const present = await this.checkpoints();
    for (const old of present.slice(0, Math.max(0, present.length - keep))) {
      if (old.step === best) continue;
      await discard(this.file(old.path));
      await rm(this.file(old.path), { recursive: true, force: true });
    }
  }

  /** The announced checkpoints whose folders are still there, oldest first, each step once. */
  async checkpoints(): Promise<CheckpointRecord[]> {
    const byStep = new Map<number, CheckpointRecord>();
    for (const record of await readJournal(this.file('checkpoints.jsonl'), checkpointLines))
      if (await exists(this.file(record.path))) byStep.set(record.step, record);
    return [...byStep.values()].sort((a, b) => a.step - b.step);
  }

  /** Drops what was written after `step`, so that the continued run writes it again. */
  async rollBack(step: number): Promise<void> {
    for (const name of ['metrics.jsonl', 'timings.jsonl', 'checkpoints.jsonl']) {
      const records = await readJournal(this.file(name), stepLines);
      await writeJournal(
        this.file(name),
        records.filter((record) => record.step <= step),
      );
    }
    // What a kill within a save has left: no checkpoint, and nobody would ever remove it.
    for (const name of await readdir(this.file('checkpoints')).catch(() => []))
      if (name.startsWith('.')) await rm(this.file('checkpoints', name), { recursive: true, force: true });
    const kept = stepName(step);
    for (const name of await readdir(this.file('rollouts')).catch(() => [])) {
      if (name.slice(0, kept.length) > kept) await rm(this.file('rollouts', name), { force: true });
    }
  }
}

/** `versions` go into the `run.json` of a new run. */
export interface OpenRunOptions {
  readonly path: string;
  readonly kind: RunRecord['kind'];
  /** What to do with an existing run; undefined asks, or fails where there is nobody to ask. */
  readonly ifExists?: IfExists | undefined;
  /** Asks the person at the terminal; absent where there is no terminal. */
  readonly ask?: ((path: string) => Promise<IfExists>) | undefined;
  readonly versions: Readonly<Record<string, string>>;
}

/** A run directory that is open, and locked against other writers. */
export interface OpenedRun {
  readonly run: RunDirectory;
  readonly resumed: boolean;
}

/** What a kill leaves before there is a run. */
const isTrace = (entry: string): boolean => lockFiles.includes(entry) || entry === 'run.json.partial';

/** What a run leaves when its first evaluation or step is through: before that there is nothing to go on with. */
const begun = ['metrics.jsonl', 'checkpoints.jsonl', 'eval'] as const;

/** Whether a run was refused or killed before there was anything worth keeping of it. */
const isUnbegun = (entries: readonly string[]): boolean => !begun.some((name) => entries.includes(name));

/** What is to be done; nothing is changed yet. @throws UsageError when the directory is in the way. */
async function decideRun({ path, kind, ifExists, ask }: OpenRunOptions): Promise<'new' | 'resume' | 'overwrite'> {
  const entries: string[] = await readdir(path).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') throw new UsageError('out-is-file', `--out ${path}: this is a file.`);
    throw fileError(error, path, 'read');
  });
  if (entries.every(isTrace)) return 'new';
  if (!entries.includes('run.json')) throw foreignDirectory(path);
  // What was refused must not be in the way of the next try.
  if (ifExists === undefined && isUnbegun(entries)) return 'overwrite';
  const choice = ifExists ?? (await ask?.(path)) ?? 'fail';
  if (choice === 'fail') throw existingRun(path);
  if (choice === 'overwrite') return 'overwrite';
  const record = await new RunDirectory(path).readRecord();
  if (record.kind !== kind) throw otherKind(path, record.kind, kind);
  return 'resume';
}

async function openAs(decision: 'new' | 'resume' | 'overwrite', { path, kind, versions }: OpenRunOptions) {
  const run = new RunDirectory(path);
  if (decision === 'resume') return { run, resumed: true };
  if (decision === 'overwrite')
    for (const name of ownEntries) await rm(run.file(name), { recursive: true, force: true });
  await run.writeRecord({
    schemaVersion: runSchemaVersion,
    kind,
    status: 'running',
    versions: { ...versions },
    facts: {},
  });
  return { run, resumed: false };
}

/**
 * Opens a new run directory, or an existing one by the rule of `ifExists`. Nothing keeps another process out: for readers and tests.
 *
 * @throws UsageError when the directory exists and the rule (or the person) says no.
 */
export async function openRunDirectory(options: OpenRunOptions): Promise<OpenedRun> {
  return await openAs(await decideRun(options), options);
}

/**
 * Works in a run directory, opened as by `openRunDirectory`, that no other process works in meanwhile.
 *
 * @throws UsageError as there, ResourceError when another process works there, and what `use` throws.
 */
export async function inRunDirectory<T>(options: OpenRunOptions, use: (opened: OpenedRun) => Promise<T>): Promise<T> {
  const decision = await decideRun(options);
  return await inLockedDirectory(options.path, async () => {
    const opened = await openAs(decision, options);
    try {
      return await use(opened);
    } catch (error) {
      if (decision === 'new' && error instanceof GolongrlError) await removeUnbegun(opened.run);
      throw error;
    }
  });
}

/** A run that was refused leaves nothing, unless there is something to go on with. */
async function removeUnbegun({ path }: RunDirectory): Promise<void> {
  if (!isUnbegun(await readdir(path))) return;
  for (const name of ownEntries) await rm(join(path, name), { recursive: true, force: true });
}

const foreignDirectory = (path: string): UsageError =>
  new UsageError(
    'out-not-empty',
    `--out ${path}: the directory is not empty and is not a run; nothing was changed.`,
    'Choose another --out.',
  );

const existingRun = (path: string): UsageError =>
  new UsageError(
    'out-exists',
    `--out ${path}: this run already exists; nothing was changed.`,
    'Add --resume to continue it, --overwrite to start it anew, or choose another --out.',
  );

const otherKind = (path: string, got: string, expected: string): UsageError =>
  new UsageError('run-kind', `${path} is a ${got} run, not a ${expected} run.`, `Resume it with: golongrl ${got}`);
