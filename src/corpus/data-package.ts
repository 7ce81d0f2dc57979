/**
 * @file Finds and reads the files of an npm data package, wherever the package manager put it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { InputError } from '../errors.ts';

const require = createRequire(import.meta.url);

/** An installed npm package that documents are read from. */
export interface DataPackage {
  /** `name@version`: the provenance of every document read from it. */
  readonly source: string;
  readonly directory: string;
}

/** @throws InputError when the package is not installed. */
export function openDataPackage(name: string): DataPackage {
  // Some data packages export no `package.json`, so the directory is looked up along node's own search path.
  for (const root of require.resolve.paths(name) ?? []) {
    const directory = path.join(root, name);
    const manifest = path.join(directory, 'package.json');
    if (!existsSync(manifest)) continue;
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return { source: `${name}@${version}`, directory };
  }
  throw new InputError(
    'data-package-missing',
    `the data package "${name}" is not installed`,
    'Run `npm ci` in the project.',
  );
}

/** Names of the entries of a folder of the package, sorted by code unit. */
export function listEntries(pack: DataPackage, ...folder: readonly string[]): string[] {
  return readdirSync(path.join(pack.directory, ...folder)).sort();
}

/** @throws InputError when the file is missing or not JSON. */
export function readJson(pack: DataPackage, ...file: readonly string[]): unknown {
  const full = path.join(pack.directory, ...file);
  try {
    return JSON.parse(readFileSync(full, 'utf8'));
  } catch (cause) {
    throw new InputError(
      'data-file-unreadable',
      `${pack.source}: cannot read ${file.join('/')}`,
      'Reinstall with `npm ci`.',
      { cause },
    );
  }
}
