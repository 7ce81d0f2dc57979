/** @file How much memory this process may take. */
import { totalmem } from 'node:os';

/** Bytes: the machine's, or the limit of the control group (a container, a batch job). */
export function machineMemory(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
