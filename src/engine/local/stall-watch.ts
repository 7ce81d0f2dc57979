/**
 * @file Tells an engine that hangs from one that is slow: whoever computes uses the processor, however long a call takes.
 */
import { readFileSync } from 'node:fs';

/** How often is looked, and after how many looks without progress a process counts as hanging. */
export interface StallLimits {
  readonly everyMs: number;
  readonly looks: number;
}

/** Five minutes: a checkpoint may wait for a slow disk for a while. Looks are counted, not hours: a laptop may sleep. */
const defaultLimits: StallLimits = { everyMs: 10_000, looks: 30 };

/** Clock ticks that a process has used, its kernel's part included; undefined where the system does not say (only Linux does). */
function ticksOf(pid: number): number | undefined {
  try {
    // The name of the program, in brackets, may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return undefined;
  }
}

/**
 * Calls `stalled` once when a process with work to do has used no processor time for so long. The watch keeps no process alive.
 *
 * @param busy Whether a call is under way.
 * @returns ends the watch.
 */
export function watchStall(
  pid: number,
  busy: () => boolean,
  stalled: () => void,
  { everyMs, looks }: StallLimits = defaultLimits,
): () => void {
  let last: number | undefined;
  let idle = 0;
  const timer = setInterval(() => {
    const ticks = busy() ? ticksOf(pid) : undefined;
    idle = ticks !== undefined && ticks === last ? idle + 1 : 0;
    last = ticks;
    if (idle < looks) return;
    clearInterval(timer);
    stalled();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
