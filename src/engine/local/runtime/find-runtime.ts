/**
 * @file Where the packages of the embedded engine are: beside golongrl, where a project installed them, or in a store of their own.
 * They are no dependencies of golongrl because rewards, data and evaluation do not need their 290 MB, and because the runtime's
 * install script downloads GPU libraries that nothing here uses.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../../errors.ts';

/** The folder of golongrl that names the packages and their exact versions: package.json and package-lock.json. */
export const runtimeManifest = fileURLToPath(new URL('../../../../engine-runtime/', import.meta.url));

/** The packages of the engine and their exact versions, by name. */
export function runtimePackages(): Record<string, string> {
  const manifest = JSON.parse(readFileSync(join(runtimeManifest, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return manifest.dependencies;
}

function cacheDirectory(): string {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}

/** The folder that `golongrl engine install` fills: one for each set of versions, under GOLONGRL_ENGINE_DIR or the user's cache. */
export function runtimeStore(): string {
  const lock = readFileSync(join(runtimeManifest, 'package-lock.json'));
  const key = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  return join(process.env.GOLONGRL_ENGINE_DIR ?? join(cacheDirectory(), 'golongrl', 'engine'), key);
}

/** Whether all packages can be required from `from`, a file, in their exact versions. */
function holdsRuntime(from: string): boolean {
  const require = createRequire(from);
  return Object.entries(runtimePackages()).every(([name, version]) => {
    try {
      return (require(`${name}/package.json`) as { version: string }).version === version;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return false;
      throw error;
    }
  });
}

/** A file from which the packages of the engine can be required; undefined where they are not installed. */
export function findRuntime(): string | undefined {
  return [fileURLToPath(import.meta.url), join(runtimeStore(), 'package.json')].find(holdsRuntime);
}

/** The same. @throws EngineError `engine-missing` */
export function requireRuntime(): string {
  const found = findRuntime();
  if (found !== undefined) return found;
  throw new EngineError(
    'engine-missing',
    `The embedded engine is not installed: ${Object.entries(runtimePackages())
      .map((pair) => pair.join('@'))
      .join(' and ')} stand neither beside golongrl nor in ${runtimeStore()}.`,
    'Run `golongrl engine install` once (45 MB stay of a download of 90); it works offline afterwards.',
  );
}
