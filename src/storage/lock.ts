/**
 * @file One process at a time in a directory: a file that says who works there. It is left behind only by a process that was killed; the next
 * one on the same machine sees that and takes it over. A lock of another machine stands until
 * somebody deletes it: nobody here can tell whether its process lives.
 */
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { mkdir, rm, rmdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { InputError, ResourceError } from '../errors.ts';
import { errorCode, fileError } from './files.ts';
import { findRecord } from './record.ts';

const holderSchema = z.object({
  host: z.string(),
  pid: z.int(),
  /** Tells two locks of one process apart. */
  id: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/** What a lock may leave in its directory: no part of what lies there. */
export const lockFiles: readonly string[] = ['lock', 'lock.takeover'];

/** Locks of this process: after a restart of a container its number may be that of the process that was killed. */
const own = new Set<string>();

async function holderOf(file: string): Promise<Holder | undefined> {
  try {
    return await findRecord(file, holderSchema, { name: 'a lock', code: 'lock-invalid', hint: `Delete ${file}.` });
  } catch (error) {
    // A kill may have come before the holder was written into it.
    if (error instanceof InputError && error.code === 'lock-invalid') return { host: 'unknown', pid: 0, id: '' };
    throw error;
  }
}

function isDead({ host, pid, id }: Holder): boolean {
  if (host !== hostname()) return false;
  if (pid === process.pid) return !own.has(id);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}

/** False when there is a lock already. In one go, so that hardly a kill finds it made and not yet written. */
function tryLock(file: string, holder: Holder): boolean {
  try {
    writeFileSync(file, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    // On a full disk the file is made and stays empty: nobody could tell whose lock it is.
    rmSync(file, { force: true });
    throw error;
  }
}

/** A takeover lasts milliseconds: an older one was left by a process that was killed in it. */
const longestTakeover = 5000;

/**
 * Removes the lock of a dead process. One process at a time may, and looks again first: whoever removed what it saw a moment ago
 * could remove the lock that somebody else has put in its place meanwhile.
 */
async function removeDead(file: string, dead: Holder, own: Holder): Promise<void> {
  const takeover = `${file}.takeover`;
  if (!tryLock(takeover, own)) {
    const found = await stat(takeover).catch(() => undefined);
    // Either way: a clock may have been set back since.
    if (found !== undefined && Math.abs(Date.now() - found.mtimeMs) > longestTakeover)
      await rm(takeover, { force: true });
    else await setTimeout(5 + Math.random() * 20);
    return;
  }
  try {
    if ((await holderOf(file))?.id === dead.id) await rm(file, { force: true });
  } finally {
    await rm(takeover, { force: true });
  }
}

/**
 * Locks a directory, made if absent; the function returned unlocks it, and removes the directories that it made and that stayed empty.
 *
 * @throws ResourceError when another process works there
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const file = path.join(directory, 'lock');
  const holder = { host: hostname(), pid: process.pid, id: randomUUID() };
  try {
    const made = await mkdir(directory, { recursive: true });
    own.add(holder.id);
    // Longer than a takeover that a killed process has left is waited for.
    for (const start = performance.now(); performance.now() - start < 2 * longestTakeover; ) {
      if (tryLock(file, holder))
        return async () => {
          own.delete(holder.id);
          await rm(file, { force: true });
          if (made !== undefined) await removeEmpty(directory, made);
        };
      const other = await holderOf(file);
      if (other !== undefined && !isDead(other)) throw lockedBy(directory, file, other);
      if (other !== undefined) await removeDead(file, other, holder);
    }
    throw new ResourceError('directory-locked', `${directory}: others take its lock again and again.`);
  } catch (error) {
    own.delete(holder.id);
    throw fileError(error, file, 'write');
  }
}

/** Removes a directory that is empty, then those above it up to `top`. */
async function removeEmpty(directory: string, top: string): Promise<void> {
  try {
    await rmdir(directory);
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errorCode(error))) return;
    throw error;
  }
  if (path.resolve(directory) !== path.resolve(top)) await removeEmpty(path.dirname(directory), top);
}

/** Does work in a directory that no other process works in meanwhile. @throws as `lockDirectory` does, and what the work throws */
export async function inLockedDirectory<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const unlock = await lockDirectory(directory);
  try {
    return await work();
  } finally {
    await unlock();
  }
}

const lockedBy = (directory: string, file: string, { host, pid }: Holder): ResourceError =>
  new ResourceError(
    'directory-locked',
    `${directory}: process ${pid} on ${host} works there.`,
    `Wait for its end. If no such process runs, delete ${file}.`,
  );
