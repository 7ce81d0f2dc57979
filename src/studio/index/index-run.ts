/**
 * @file Brings a table up to what stands in `rollouts/`: new steps are added, and from the first one on that was written again (a resumed run)
 * everything is read anew. Files are replaced as a whole, so that a step is there or is not.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { StoredGroup } from '../shared/api.ts';
import type { RolloutTable } from './rollout-table.ts';

interface StepFile {
  readonly step: number;
  readonly file: string;
}

/** The step files of a run in order; none where it has written none. */
export async function stepFiles(run: string): Promise<StepFile[]> {
  const folder = path.join(run, 'rollouts');
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  return names
    .map((name) => ({ step: Number(/^step-(\d+)\.jsonl$/.exec(name)?.[1]), file: path.join(folder, name) }))
    .filter(({ step }) => Number.isInteger(step))
    .sort((a, b) => a.step - b.step);
}

/** The lines of a file with their places in bytes. */
export function* placedLines(
  bytes: Buffer,
): Generator<{ readonly line: string; readonly offset: number; readonly bytes: number }> {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const stop = end === -1 ? bytes.length : end;
    if (stop > at) yield { line: bytes.toString('utf8', at, stop), offset: at, bytes: stop - at };
    at = stop + 1;
  }
}

/** How many steps, from the first, are as they were indexed. */
async function unchangedSteps(table: RolloutTable, files: readonly StepFile[]): Promise<number> {
  // The files of all steps are asked at once; a thousand take a few milliseconds.
  const same = await Promise.all(
    table.steps.map(async (known, i) => {
      const file = files[i];
      if (file === undefined || file.step !== known.step) return false;
      const found = await stat(file.file).catch(() => undefined);
      return found !== undefined && found.size === known.size && found.mtimeMs === known.changed;
    }),
  );
  const first = same.indexOf(false);
  return first === -1 ? same.length : first;
}

async function addStep(table: RolloutTable, { step, file }: StepFile): Promise<void> {
  const { size, mtimeMs } = await stat(file);
  const [firstGroup, firstRow] = [table.groups.step.length, table.length];
  let line = 0;
  for (const { line: text, offset, bytes } of placedLines(await readFile(file)))
    table.add(JSON.parse(text) as StoredGroup, line++, { step, offset, bytes });
  table.steps.push({ step, size, changed: mtimeMs, firstGroup, firstRow });
}

/** What one pass came to. */
export interface IndexPass {
  /** Whether the table changed. */
  readonly changed: boolean;
  readonly ofSteps: number;
}

/**
 * One pass over a run; gives way to requests after each file.
 *
 * @param onStep hears how many of how many steps are indexed.
 */
export async function indexRun(
  run: string,
  table: RolloutTable,
  onStep: (ofSteps: number) => void = () => undefined,
): Promise<IndexPass> {
  const files = await stepFiles(run);
  const kept = await unchangedSteps(table, files);
  const changed = kept < table.steps.length || kept < files.length;
  table.truncate(kept);
  for (const file of files.slice(kept)) {
    try {
      await addStep(table, file);
    } catch (error) {
      // Rolled back or cut meanwhile: the next pass sees what is there then.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) break;
      throw error;
    }
    onStep(files.length);
  }
  return { changed, ofSteps: files.length };
}
