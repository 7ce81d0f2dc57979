/**
 * @file Writes an environment package. Nothing that is there is overwritten: the folder must be new or empty.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { InputError, UsageError } from '../../errors.ts';
import type { Sample } from '../../samples/sample.ts';
import { errorCode, fileError, writeFileAtomic } from '../../storage/files.ts';
import { writeLines } from '../../storage/lines.ts';
import type { TaskId } from '../../tasks/task.ts';
import { copyPythonPackage } from '../python-package.ts';
import type { EnvironmentFacts, EnvironmentForm } from './environment.ts';

export interface ExportEnvironmentOptions {
  readonly form: EnvironmentForm;
  /** Read once for each split. */
  readonly samples: () => AsyncIterable<Sample>;
  readonly out: string;
  /** Of the package; default: the folder's name. */
  readonly name?: string;
  readonly version: string;
}

async function requireEmpty(out: string): Promise<void> {
  let found: string[] = [];
  try {
    found = await readdir(out);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileError(error, out, 'read');
  }
  if (found.length === 0) return;
  throw new UsageError(
    'out-not-empty',
    `--out ${out}: the folder holds "${found[0]}"; nothing was changed`,
    'Choose a new folder.',
  );
}

/** A name that Python's packaging and its imports both take. @throws UsageError */
export function packageName(given: string): { name: string; module: string } {
  const name = given
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (!/^[a-z]/.test(name)) {
    throw new UsageError(
      'package-name',
      `--name: got "${given}", expected a name that begins with a letter`,
      'For example --name long-context-samples.',
    );
  }
  return { name, module: name.replaceAll('-', '_') };
}

class Lines {
  readonly counts = { train: 0, heldout: 0 };
  readonly byTask = new Map<TaskId, number>();
  private readonly options: ExportEnvironmentOptions;
  constructor(options: ExportEnvironmentOptions) {
    this.options = options;
  }
  async *of(split: Sample['split']): AsyncGenerator<string> {
    for await (const sample of this.options.samples()) {
      if (sample.split !== split) continue;
      this.counts[split]++;
      this.byTask.set(sample.task, (this.byTask.get(sample.task) ?? 0) + 1);
      yield JSON.stringify(this.options.form.record(sample));
    }
  }
  tasks(): string {
    return [...this.byTask]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([task, count]) => `${task} ${count}`)
      .join(', ');
  }
}

/**
 * The facts of what was written. @throws InputError where there is no sample, UsageError where the folder holds something or the name
 * is none, ResourceError when the disk is full.
 */
export async function exportEnvironment(options: ExportEnvironmentOptions): Promise<EnvironmentFacts> {
  const { form, out, version } = options;
  const named = packageName(options.name ?? path.basename(path.resolve(out)));
  await requireEmpty(out);
  const lines = new Lines(options);
  try {
    for (const split of ['train', 'heldout'] as const)
      await writeLines(path.join(out, form.data(named), form.splits[split]), lines.of(split));
    const facts: EnvironmentFacts = { ...named, version, samples: lines.counts, tasks: lines.tasks() };
    if (facts.samples.train + facts.samples.heldout === 0)
      throw new InputError('no-samples', `${out}: the dataset has no samples`, 'Build or choose another dataset.');
    for (const [file, text] of Object.entries(form.files(facts))) await writeFileAtomic(path.join(out, file), text);
    await copyPythonPackage(out);
    return facts;
  } catch (error) {
    throw error instanceof InputError ? error : fileError(error, out, 'write');
  }
}
