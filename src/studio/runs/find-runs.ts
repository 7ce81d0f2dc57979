/** @file Run directories under the folders that are watched: a folder with `run.json`, at most three levels down. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** A run and how its address names it. */
export interface FoundRun {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

const deepest = 3;
/** More entries than this in one folder are data, not runs. */
const mostEntries = 5000;

/** Readable, and distinct for folders of the same name. */
export function runId(folder: string): string {
  const name =
    path
      .basename(folder)
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .slice(0, 60) || 'run';
  return `${name}-${createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 6)}`;
}

async function walk(folder: string, depth: number, found: FoundRun[], root: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.some((entry) => entry.name === 'run.json' && entry.isFile())) {
    const name = path.relative(path.dirname(root), folder) || path.basename(folder);
    found.push({ id: runId(folder), name, path: folder });
    return;
  }
  if (depth === deepest) return;
  // Links are not followed: a folder that links to itself has no end.
  for (const entry of entries.slice(0, mostEntries))
    if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      await walk(path.join(folder, entry.name), depth + 1, found, root);
}

/** Each run once, in the order of the folders. A folder that cannot be read has none. */
export async function findRuns(folders: readonly string[]): Promise<FoundRun[]> {
  const found: FoundRun[] = [];
  for (const folder of folders) await walk(path.resolve(folder), 0, found, path.resolve(folder));
  return [...new Map(found.map((run) => [run.id, run])).values()];
}
