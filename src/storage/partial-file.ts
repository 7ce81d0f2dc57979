/** @file A file that is written beside its place, `FILE.partial`, and put there when it is whole. */
import { closeSync, renameSync, rmSync } from 'node:fs';
import { fileError } from './files.ts';

/** Puts the closed file in place: a reader sees the old one or the new one. */
export function publishPartial(file: string): void {
  try {
    renameSync(`${file}.partial`, file);
  } catch (error) {
    throw fileError(error, file, 'write');
  }
}

/** Gives the file up; the old one, if any, stays. */
export function abandonPartial(file: string, descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // It was closed before.
  }
  rmSync(`${file}.partial`, { force: true });
}
