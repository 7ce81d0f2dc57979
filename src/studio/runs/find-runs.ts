/**
 * @file What lies under the folders that are watched, at most three levels down: runs and evaluations (`run.json`), datasets and corpora (`manifest.json`), datasets
 * that are being built (`build.json`).
 * A file that is named is shown as documents.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isRecord } from '../../json.ts';

/** A run, or anything else, and how its address names it. */
export interface FoundRun {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

/** By kind, in the order of the folders. */
export interface Found {
  readonly runs: readonly FoundRun[];
  readonly datasets: readonly FoundRun[];
  readonly evaluations: readonly FoundRun[];
  readonly corpora: readonly FoundRun[];
}
type Kind = keyof Found;

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

/** Kinds of `run.json`, which never change. */
const kinds = new Map<string, Kind>();

/** A record that cannot be read is a run's: its page says what is wrong with it. */
async function kindOfRun(folder: string): Promise<Kind> {
  const known = kinds.get(folder);
  if (known !== undefined) return known;
  try {
    const record: unknown = JSON.parse(await readFile(path.join(folder, 'run.json'), 'utf8'));
    const kind = isRecord(record) && record.kind === 'evaluation' ? 'evaluations' : 'runs';
    kinds.set(folder, kind);
    return kind;
  } catch {
    return 'runs';
  }
}

async function kindOf(folder: string, names: ReadonlySet<string>): Promise<Kind | undefined> {
  if (names.has('run.json')) return await kindOfRun(folder);
  if (names.has('build.json')) return 'datasets';
  if (!names.has('manifest.json')) return undefined;
  if (names.has('native')) return 'datasets';
  return names.has('documents.jsonl') ? 'corpora' : undefined;
}

/** What lies in one folder; undefined where it is none of these. */
export async function kindOfFolder(folder: string): Promise<Kind | undefined> {
  return await kindOf(folder, new Set(await readdir(folder).catch(() => [])));
}

class Walk {
  readonly found: Record<Kind, FoundRun[]> = { runs: [], datasets: [], evaluations: [], corpora: [] };

  add(kind: Kind, folder: string, root: string): void {
    const name = path.relative(path.dirname(root), folder) || path.basename(folder);
    this.found[kind].push({ id: runId(folder), name, path: folder });
  }

  async into(folder: string, depth: number, root: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const kind = await kindOf(folder, new Set(entries.map(({ name }) => name)));
    if (kind !== undefined) this.add(kind, folder, root);
    // A quickstart's dataset lies in its run; nothing else of a run is looked through.
    const inside =
      kind === 'runs' ? entries.filter(({ name }) => name === 'dataset') : kind === undefined ? entries : [];
    if (depth === deepest) return;
    // Links are not followed: a folder that links to itself has no end.
    for (const entry of inside.slice(0, mostEntries))
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        await this.into(path.join(folder, entry.name), depth + 1, root);
  }
}

const once = (places: readonly FoundRun[]): FoundRun[] => [
  ...new Map(places.map((place) => [place.id, place])).values(),
];

/** Each once. A folder that cannot be read has none. */
export async function findPlaces(folders: readonly string[]): Promise<Found> {
  const walk = new Walk();
  for (const folder of folders) {
    const root = path.resolve(folder);
    const isFile = await stat(root).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isFile) walk.add('corpora', root, root);
    else await walk.into(root, 0, root);
  }
  const { runs, datasets, evaluations, corpora } = walk.found;
  return { runs: once(runs), datasets: once(datasets), evaluations: once(evaluations), corpora: once(corpora) };
}
