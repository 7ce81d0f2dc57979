/** @file The embedded engine for a command that needs it: installed on first use, with its progress, before anything is written. */
import { findRuntime, runtimeStore } from '../../engine/local/runtime/find-runtime.ts';
import { installRuntime } from '../../engine/local/runtime/install-runtime.ts';
import type { Terminal } from './terminal.ts';

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

/** Installs the engine's packages where they are missing. @throws ResourceError `engine-install-failed` */
export async function ensureEngine(terminal: Terminal): Promise<void> {
  if (findRuntime() !== undefined) return;
  terminal.err(`Installing the embedded engine once, into ${runtimeStore()} ...\n`);
  const show = (bytes: number) => {
    if (terminal.columns !== undefined) terminal.err(`\r\u001b[K${megabytes(bytes)} of about 330 MB unpacked`);
  };
  await installRuntime(show);
  terminal.err(`${terminal.columns === undefined ? '' : '\r\u001b[K'}The embedded engine is installed.\n`);
}
