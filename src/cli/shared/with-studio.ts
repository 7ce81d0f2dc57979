/** @file `--studio` of the commands that train: the studio beside the run, as long as it goes on. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Terminal } from './terminal.ts';

/** The flag and its help. */
export const studioFlag = ['--studio', 'serve the studio while the run goes on, and print its address'] as const;

/** Runs `work`; with `wanted`, beside a studio on the run's folder, whose address goes to stderr. */
export async function withStudio<T>(
  { wanted, run }: { readonly wanted: boolean | undefined; readonly run: string },
  terminal: Terminal,
  work: () => Promise<T>,
): Promise<T> {
  if (wanted !== true) return await work();
  const { startStudio } = await import('../../studio/server.ts');
  const studio = await startStudio({ folders: [path.resolve(run)], token: randomBytes(24).toString('base64url') });
  terminal.err(`Studio: ${studio.address}\n`);
  try {
    return await work();
  } finally {
    await studio.close();
  }
}
