/**
 * @file The lines of the list, kept between two starts of the studio beside the indexes: a list of finished runs is there without reading
 * any of them. A run that changed since is read again.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isRecord } from '../../json.ts';
import { cacheFolder } from '../index/index-cache.ts';
import type { RunSummary } from '../shared/api.ts';

/** Rises with the shape of a summary: what another version kept is read anew. */
const version = 1;
/** Lines that are kept, the last ones first. */
const mostKept = 2000;

const cacheFile = (): string => path.join(cacheFolder(), 'summaries.json');

/** By the folder of the run. */
export async function loadSummaries(): Promise<Map<string, RunSummary>> {
  const text = await readFile(cacheFile(), 'utf8').catch(() => '');
  try {
    const kept: unknown = JSON.parse(text);
    if (!isRecord(kept) || kept.version !== version || !Array.isArray(kept.summaries)) return new Map();
    return new Map((kept.summaries as RunSummary[]).map((summary) => [summary.path, summary]));
  } catch {
    // None, or one that was cut: it is made anew.
    return new Map();
  }
}

/** A cache that cannot be written is none. */
export async function saveSummaries(summaries: Iterable<RunSummary>): Promise<void> {
  // Those that run change by the second.
  const lasting = [...summaries].filter(({ status }) => status !== 'running' && status !== 'stalled').slice(-mostKept);
  const file = cacheFile();
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(`${file}.${process.pid}`, JSON.stringify({ version, summaries: lasting }), { mode: 0o600 });
    await rename(`${file}.${process.pid}`, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}
