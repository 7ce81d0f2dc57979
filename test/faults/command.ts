/** @file A long command as the faults see it: how it begins, goes on and starts anew, and which of its files are its result. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

export interface LongCommand {
  readonly name: string;
  /** The command line that begins the work in `out`. */
  readonly begin: (out: string) => Promise<string[]>;
  /** The one that goes on with what a kill left there. */
  readonly resume: (out: string) => string[];
  /** Flags beside `begin` where there was nothing to go on with yet. */
  readonly anew: readonly string[];
  /** Whether a file of `out` has the same bytes each time: not so with times, paths and memory. */
  readonly isResult: (file: string) => boolean;
}

/** Files by their path in a folder, as digests. */
export type Snapshot = ReadonlyMap<string, string>;

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

export async function snapshot(folder: string, wanted: (file: string) => boolean = () => true): Promise<Snapshot> {
  const digests = new Map<string, string>();
  for (const file of (await filesIn(folder)).filter(wanted))
    digests.set(
      file,
      createHash('sha256')
        .update(await readFile(path.join(folder, file)))
        .digest('hex'),
    );
  return digests;
}

/** @throws Error naming a file that is not the same in both */
export function expectSame(expected: Snapshot, got: Snapshot): void {
  const names = new Set([...expected.keys(), ...got.keys()]);
  const differing = [...names].filter((name) => expected.get(name) !== got.get(name));
  if (differing.length > 0) throw new Error(`DIFFERENT: ${differing.slice(0, 5).join(', ')} (of ${names.size} files)`);
}

/** Files of work under way; a shard keeps one of them. */
const underWay = /(\.partial|^lock|\/lock|build\.json|places\.jsonl)$/;

/** @throws Error unless a folder holds the result of the unbroken run, and nothing that belongs to work under way */
export async function expectResult(command: LongCommand, whole: Snapshot, out: string): Promise<void> {
  const left = (await filesIn(out)).filter((file) => !whole.has(file) && underWay.test(file));
  if (left.length > 0) throw new Error(`It left ${left.join(', ')}.`);
  expectSame(whole, await snapshot(out, command.isResult));
}

/** Bytes of all files of a folder, and of the largest. */
export async function bytesIn(folder: string): Promise<{ bytes: number; largest: number }> {
  const files = await Promise.all((await filesIn(folder)).map((file) => stat(path.join(folder, file))));
  const sizes = files.map(({ size }) => size);
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), largest: Math.max(0, ...sizes) };
}

/** The lines of a folder that were written last. Undefined where there are none. */
export async function newestJournal(folder: string): Promise<string | undefined> {
  const files = (await filesIn(folder)).filter((file) => /\.jsonl(\.partial)?$/.test(file));
  const dated = await Promise.all(
    files.map(async (file) => ({ file: path.join(folder, file), stats: await stat(path.join(folder, file)) })),
  );
  const filled = dated.filter(({ stats }) => stats.size > 0);
  return filled.sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs)[0]?.file;
}
