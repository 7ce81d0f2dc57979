/** @file What a failure while reading becomes: an entry that names it. Bugs are thrown on. */
import { type Quarantined, QuarantineError } from './reader.ts';

/** Errors of the file system have a `syscall`. */
const isSystemError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'syscall' in error && 'code' in error;

/** @throws the error itself when it is neither of a reader nor of the file system. */
export function quarantined(id: string, error: unknown): Quarantined {
  if (error instanceof QuarantineError) return { type: 'quarantined', id, code: error.code, reason: error.message };
  if (isSystemError(error)) {
    const loop = error.code === 'ELOOP';
    return {
      type: 'quarantined',
      id,
      code: loop ? 'symlink-loop' : 'unreadable',
      reason: loop ? 'the link leads back to itself' : `cannot be read (${error.code})`,
    };
  }
  throw error;
}
