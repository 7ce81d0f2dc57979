/** @file The package as npm publishes it, packed from this repository and installed into an empty folder. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const run = (command: string, args: readonly string[], cwd: string, environment: Record<string, string> = {}): string =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/**
 * The tarball. It is packed from `dist` and docs/api as they are: `npm ci` has just built the first, and where it has not, `npm run build` does.
 *
 * @param folder Where it goes.
 */
export function pack(folder: string): string {
  if (!existsSync(path.join(root, 'docs', 'api', 'README.md'))) run('npm', ['run', '-s', 'docs:api'], root);
  const manifest = path.join(root, 'scripts', 'published-manifest.mjs');
  run(process.execPath, [manifest, 'trim'], root);
  try {
    run('npm', ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder], root);
  } finally {
    run(process.execPath, [manifest, 'restore'], root);
  }
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack left nothing in ${folder}`);
  return path.join(folder, tarball);
}

/** Installs the tarball into a folder that is made for it; nothing else is in it but what npm writes. */
export function install(folder: string, tarball: string, environment: Record<string, string> = {}): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "newcomer", "private": true, "type": "module" }\n');
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', tarball], folder, environment);
}
