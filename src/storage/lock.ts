/**
 * @file One process at a time in a directory: a file that says who works there. It is left behind only by a process that was killed; the next
 * one on the same machine sees that and takes it over. A lock of another machine stands until
 * somebody deletes it: nobody here can tell whether its process lives.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
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

/** False when there is a lock already. */
async function tryLock(file: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(file, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
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
  if (!(await tryLock(takeover, own))) {
    const found = await stat(takeover).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > longestTakeover) await rm(takeover, { force: true });
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
 * Locks a directory, made if absent; the function returned unlocks it.
 *
 * @throws ResourceError when another process works there
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const file = path.join(directory, 'lock');
  const holder = { host: hostname(), pid: process.pid, id: randomUUID() };
  try {
    await mkdir(directory, { recursive: true });
    own.add(holder.id);
    for (let tries = 0; tries < 10; tries++) {
      if (await tryLock(file, holder))
        return async () => {
          own.delete(holder.id);
          await rm(file, { force: true });
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

const lockedBy = (directory: string, file: string, { host, pid }: Holder): ResourceError =>
  new ResourceError(
    'directory-locked',
    `${directory}: process ${pid} on ${host} works there.`,
    `Wait for its end. If no such process runs, delete ${file}.`,
  );
