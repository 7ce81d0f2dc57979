/**
 * @file The index of a run, kept between two starts of the studio, so that a million rollouts open at once. It lies in the user's cache folder and
 * not in the run, which the studio never changes; whoever deletes it waits once more. First a line of JSON, then the bytes of the columns.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { RolloutTable, type TableHead } from './rollout-table.ts';

/** Rises with the layout: files of another one are made anew. */
const version = 1;

interface Head {
  readonly version: number;
  readonly run: string;
  readonly table: TableHead;
}

/** What the studio keeps between two starts; `GOLONGRL_CACHE` names another folder. */
export const cacheFolder = (): string =>
  path.join(
    process.env.GOLONGRL_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'golongrl'),
    'studio',
  );

/** Where the index of a run is kept. */
export const cacheFile = (run: string): string =>
  path.join(cacheFolder(), `${createHash('sha256').update(path.resolve(run)).digest('hex').slice(0, 24)}.index`);

/** Writes it beside its place and moves it there. A cache that cannot be written is none: false. */
export async function saveIndex(run: string, table: RolloutTable): Promise<boolean> {
  const file = cacheFile(run);
  const { head, columns } = table.parts();
  const line = Buffer.from(`${JSON.stringify({ version, run: path.resolve(run), table: head } satisfies Head)}\n`);
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(`${file}.${process.pid}`, Buffer.concat([line, ...columns]), { mode: 0o600 });
    await rename(`${file}.${process.pid}`, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  }
}

/** The table as it was kept; undefined where there is none, or one of another layout. What has changed since, `indexRun` finds. */
export async function loadIndex(run: string): Promise<RolloutTable | undefined> {
  const bytes = await readFile(cacheFile(run)).catch(() => undefined);
  const end = bytes?.indexOf(10) ?? -1;
  if (bytes === undefined || end === -1) return undefined;
  try {
    const head = JSON.parse(bytes.toString('utf8', 0, end)) as Head;
    if (head.version !== version || head.run !== path.resolve(run)) return undefined;
    return RolloutTable.from(head.table, bytes.subarray(end + 1));
  } catch (error) {
    // A file that was cut: it is made anew.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
