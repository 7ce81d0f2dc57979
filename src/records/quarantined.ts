/** @file What a failure while reading becomes: an entry that names it. Bugs are thrown on. */
import { type Quarantined, QuarantineError } from './reader.ts';

/** Errors of the file system have a `syscall`. */
const isSystemError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'syscall' in error && 'code' in error;

/**
 * The entry for an error of a reader or of the file system.
 *
 * @param line where the row begins; undefined for a whole file
 * @throws the error itself when it is neither
 */
export function quarantined(id: string, error: unknown, line?: number): Quarantined {
  const place = { type: 'quarantined', id, ...(line === undefined ? {} : { line }) } as const;
  if (error instanceof QuarantineError) return { ...place, code: error.code, reason: error.message };
  if (!isSystemError(error)) throw error;
  const loop = error.code === 'ELOOP';
  return {
    ...place,
    code: loop ? 'symlink-loop' : 'unreadable',
    reason: loop ? 'the link leads back to itself' : `cannot be read (${error.code})`,
  };
}
