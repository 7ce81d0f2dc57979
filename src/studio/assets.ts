/** @file The built pages of the studio, from `dist/studio-client`; `npm run build:studio` makes them. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ResourceError } from '../errors.ts';

const types = {
  '/': 'text/html; charset=utf-8',
  '/early.js': 'text/javascript; charset=utf-8',
  '/studio.js': 'text/javascript; charset=utf-8',
  '/studio.css': 'text/css; charset=utf-8',
  '/icon.svg': 'image/svg+xml',
} as const;

/** Paths that hold nothing of a run, and need no token. */
export const assetPaths = Object.keys(types) as (keyof typeof types)[];
type AssetPath = keyof typeof types;

/** The built files, read once. */
export interface Assets {
  get(path: AssetPath): {
    readonly body: Uint8Array<ArrayBuffer>;
    /** The same, gzipped. */
    readonly packed?: Uint8Array<ArrayBuffer>;
    readonly type: string;
  };
}

/** The built files. */
export const assetFolder = fileURLToPath(new URL('../../dist/studio-client/', import.meta.url));

/** @throws ResourceError where they are not built */
export function loadAssets(): Assets {
  const read = (path: AssetPath): Uint8Array<ArrayBuffer> => {
    const file = `${assetFolder}${path === '/' ? 'index.html' : path.slice(1)}`;
    if (!existsSync(file))
      throw new ResourceError(
        'studio-not-built',
        `${file}: the pages of the studio are missing.`,
        'Run: npm run build',
      );
    return new Uint8Array(readFileSync(file));
  };
  const files = new Map(
    assetPaths.map((path) => {
      const body = read(path);
      // A quarter of the bytes: on a machine that is busy training, each part of a transfer waits its turn.
      return [path, { body, packed: new Uint8Array(gzipSync(body, { level: 6 })), type: types[path] }];
    }),
  );
  return {
    get: (path) => files.get(path) ?? { body: new Uint8Array(), type: types[path] },
  };
}
