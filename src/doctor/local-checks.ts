/**
 * @file What golongrl itself needs of this machine: Node, the two native packages, memory.
 */
import { availableParallelism, totalmem } from 'node:os';
import { findRuntime } from '../engine/local/runtime/find-runtime.ts';
import { type Check, fail, ok, warn } from './check.ts';

const leastNode = [20, 19] as const;
/** The quickstart's peak is below one GiB; a model of 0.5B parameters trained in fp32 takes eight. */
const comfortableMemory = 4 * 2 ** 30;

/** `version` as `process.versions.node` has it; fails below 20.19. */
export function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const good = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  return good ? ok('Node', version) : fail('Node', version, `Install Node ${leastNode.join('.')} or newer.`);
}

/** Bytes of the machine; warns below 4 GiB and never fails. */
export function memoryCheck(bytes: number, cores: number): Check {
  const found = `${(bytes / 2 ** 30).toFixed(1)} GiB, ${cores} ${cores === 1 ? 'core' : 'cores'}`;
  return bytes < comfortableMemory
    ? warn('memory', found, 'Enough for the bundled policy; `golongrl plan` tells what a larger one needs.')
    : ok('memory', found);
}

/** Whether a native package loads here: a missing build shows only then. */
async function nativeCheck(name: string, load: () => Promise<unknown>): Promise<Check> {
  try {
    await load();
    return ok(name, 'loads');
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return fail(
      name,
      message.slice(0, 300),
      `Install again on this platform (${process.platform}-${process.arch}): npm ci`,
    );
  }
}

/** Rewards, data and evaluation over endpoints do without the engine: its absence is no fault. */
async function engineCheck(): Promise<Check> {
  if (findRuntime() === undefined)
    return ok('embedded engine', 'not installed: `golongrl engine install`, or its first use, brings it');
  return await nativeCheck('embedded engine', () => import('../engine/local/runtime/onnxruntime.ts'));
}

/** Loads the native packages to see whether they load. */
export async function localChecks(): Promise<Check[]> {
  return [
    nodeCheck(process.versions.node),
    memoryCheck(totalmem(), availableParallelism()),
    await engineCheck(),
    await nativeCheck('tokenizers', () => import('tokenizers')),
  ];
}
