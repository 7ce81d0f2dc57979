/**
 * @file Atomic files, and errors of the file system that say what to do. A file is written beside its target and renamed, so a reader sees
 * the old content or the new one, never half of it.
 */
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GolongrlError, InputError, ResourceError } from '../errors.ts';

/** The code of an error of the file system, e.g. `ENOENT`; empty for others. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const allowHint = 'Give yourself the permission, or choose another place.';
const pathHint = 'Check the path; it is taken from the current folder.';

/** Turns an error of the file system into one that a person can act on; others pass through. */
export function fileError(error: unknown, path: string, action: 'write' | 'read'): unknown {
  if (error instanceof GolongrlError) return error;
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new ResourceError(
      'disk-full',
      `Cannot write ${path}: no space left on the device (${code}).`,
      'Free some space, then run the same command with --resume, or --overwrite where it takes no --resume: what was complete is kept.',
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new ResourceError('no-permission', `Cannot ${action} ${path}: permission denied (${code}).`, allowHint, {
      cause: error,
    });
  }
  if (code === 'EMFILE' || code === 'ENFILE') {
    const message = `Cannot open ${path}: too many files are open (${code}).`;
    return new ResourceError('too-many-files', message, 'Raise the limit: ulimit -n 1024', { cause: error });
  }
  if (action === 'write' && (code === 'ENOTDIR' || code === 'EEXIST')) {
    const message = `Cannot write ${path}: a file stands where a folder belongs (${code}).`;
    return new InputError('not-a-folder', message, 'Choose another place.', { cause: error });
  }
  // Where a file system is mounted read-only, Node says of a folder that it should make: there is none.
  if (
    action === 'write' &&
    code === 'ENOENT' &&
    error instanceof Error &&
    'syscall' in error &&
    error.syscall === 'mkdir'
  )
    return new ResourceError('no-permission', `Cannot write ${path}: its folder cannot be made.`, allowHint, {
      cause: error,
    });
  if (code === 'ENOENT' && action === 'read') {
    return new InputError('file-missing', `Cannot read ${path}: there is no such file.`, pathHint, { cause: error });
  }
  return error;
}

/** The same for an error that has come up without a word of what was done: its path is told, not whether it was read or written. */
export function unnamedFileError(error: unknown): unknown {
  if (!(error instanceof Error && 'path' in error && typeof error.path === 'string')) return error;
  return fileError(error, error.path, 'write');
}

/** Whether there is anything at a path that can be reached. */
export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** A whole text file in UTF-8. @throws InputError when it is missing, ResourceError when it may not be read. */
export const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    throw fileError(error, file, 'read');
  });

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
