/** @file The embedded engine for a command that needs it: installed on first use, with its progress, before anything is written. */
import { findRuntime, runtimeStore } from '../../engine/local/runtime/find-runtime.ts';
import { installRuntime } from '../../engine/local/runtime/install-runtime.ts';
import { progressLine } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

/** About what its packages come to on disk before those of other machines are removed. */
const unpackedMegabytes = 330;

/** Installs the engine's packages where they are missing. @throws ResourceError `engine-install-failed` */
export async function ensureEngine(terminal: Terminal): Promise<void> {
  if (findRuntime() !== undefined) return;
  const line = progressLine(terminal);
  line.keep(`The embedded engine is installed once, into ${runtimeStore()}.`);
  line.start('Install engine');
  await installRuntime((bytes) => line.show({ done: Math.round(bytes / 1e6), total: unpackedMegabytes, detail: 'MB' }));
  line.keep('The embedded engine is installed.');
}
