/**
 * @file How a run directory writes and reads: atomic files, appended JSON lines, and errors that say what to do.
 * A file is written beside its target and renamed, so a reader sees the old content or the new one, never half of it.
 * An appended line may be cut by a kill; readers drop a cut last line and refuse any other broken line.
 */
import { appendFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GolongrlError, InputError, ResourceError } from '../errors.ts';

const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Turns an error of the file system into one that a person can act on; others pass through. */
export function fileError(error: unknown, path: string, action: 'write' | 'read'): unknown {
  if (error instanceof GolongrlError) return error;
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new ResourceError(
      'disk-full',
      `Cannot write ${path}: no space left on the device (${code}).`,
      'Free some space, then run the same command with --resume: what was complete is kept.',
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new ResourceError('no-permission', `Cannot ${action} ${path}: permission denied (${code}).`, undefined, {
      cause: error,
    });
  }
  if (code === 'ENOENT' && action === 'read') {
    return new InputError('file-missing', `Cannot read ${path}: there is no such file.`, undefined, { cause: error });
  }
  return error;
}

/**
 * Writes `content` so that `path` holds either its old bytes or all of the new ones.
 *
 * @param durable also survive a power cut (fsync); without it only a killed process is survived.
 * @throws ResourceError when the disk is full.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array, durable = true): Promise<void> {
  const temporary = `${path}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(content);
      if (durable) await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(error, path, 'write');
  }
}

/** A record as people read it: indented JSON, atomically, as `writeFileAtomic`. */
export async function writeJsonAtomic(path: string, record: unknown): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Appends one JSON line for each record. */
export async function appendJsonLines(path: string, records: readonly unknown[]): Promise<void> {
  try {
    await appendFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  } catch (error) {
    throw fileError(error, path, 'write');
  }
}

/** Replaces a file of JSON lines atomically. */
export async function writeJsonLines(path: string, records: readonly unknown[], durable = true): Promise<void> {
  await writeFileAtomic(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''), durable);
}

/**
 * All records of a JSON-lines file; a missing file has none. The last line is dropped when a kill cut it.
 *
 * @throws InputError naming file and line when any other line is not JSON.
 */
export async function readJsonLines(path: string): Promise<unknown[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw fileError(error, path, 'read');
  }
  const lines = text.split('\n');
  const complete = lines.length - 1;
  const records: unknown[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    try {
      records.push(JSON.parse(line));
    } catch (error) {
      if (index === complete) break;
      throw new InputError('line-corrupt', `${path}:${index + 1}: this line is not JSON.`, undefined, { cause: error });
    }
  }
  return records;
}
