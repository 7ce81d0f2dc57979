/**
 * @file Installs the packages of the embedded engine into their store with npm: exact versions, checked by the hashes of the
 * lock file, no install script, and nothing of other systems is kept.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ResourceError } from '../../../errors.ts';
import { findRuntime, runtimeManifest, runtimeStore } from './find-runtime.ts';

/** Bytes written so far; npm does not say how many will come. */
export type OnInstallProgress = (bytes: number) => void;

const progressMilliseconds = 500;
const lastLines = 6;

/** Bytes of all files below `directory`; files that go meanwhile count nothing. */
async function bytesBelow(directory: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Runs npm in `directory`. @throws ResourceError with npm's last words */
function runNpm(directory: string, signal: AbortSignal | undefined): Promise<void> {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', args, {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
    signal,
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = `${words}${chunk.toString()}`.slice(-4_000);
  });
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown) =>
      reject(
        new ResourceError(
          'engine-install-failed',
          `The embedded engine could not be installed: ${why}`,
          'It needs npm on the PATH and its registry once. On a machine without them: copy the store of another machine of the same kind and name its parent in GOLONGRL_ENGINE_DIR.',
          { cause },
        ),
      );
    child.on('error', (error) => fail(`npm does not start (${error.message}).`, error));
    child.on('exit', (code, by) => {
      if (code === 0) return resolve();
      const said = words.trim().split('\n').slice(0, lastLines).join('\n');
      fail(`npm ended with ${by ?? `exit code ${code}`}.${said === '' ? '' : `\n${said}`}`);
    });
  });
}

/** The runtime's package holds libraries for five kinds of machine; one is kept. */
async function removeOtherPlatforms(directory: string): Promise<void> {
  const binaries = join(directory, 'node_modules', 'onnxruntime-node', 'bin', 'napi-v6');
  for (const platform of await readdir(binaries)) {
    for (const architecture of await readdir(join(binaries, platform)))
      if (platform !== process.platform || architecture !== process.arch)
        await rm(join(binaries, platform, architecture), { recursive: true });
  }
}

/**
 * Installs the engine where it is missing, else does nothing.
 *
 * @returns the store, and whether it was there already
 * @throws ResourceError `engine-install-failed`: no npm, no registry, no space
 */
export async function installRuntime(
  onProgress: OnInstallProgress = () => undefined,
  signal?: AbortSignal,
): Promise<{ readonly store: string; readonly present: boolean }> {
  const store = runtimeStore();
  const found = findRuntime();
  if (found !== undefined) return { store: found, present: true };
  const staging = `${store}.${process.pid}.partial`;
  await mkdir(staging, { recursive: true });
  const timer = setInterval(() => void bytesBelow(staging).then(onProgress), progressMilliseconds);
  try {
    await cp(runtimeManifest, staging, { recursive: true });
    await runNpm(staging, signal);
    await removeOtherPlatforms(staging);
    await rm(store, { recursive: true, force: true });
    await rename(staging, store);
  } finally {
    clearInterval(timer);
    await rm(staging, { recursive: true, force: true });
  }
  return { store, present: false };
}
