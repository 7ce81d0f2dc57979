/** @file `npm run build:studio`: the studio's pages as a few files in `dist/studio-client`. No request leaves the machine, now or later. */
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, '..', 'dist', 'studio-client');

await mkdir(out, { recursive: true });
await build({
  entryPoints: { studio: path.join(here, 'main.tsx'), early: path.join(here, 'early.ts') },
  outdir: out,
  bundle: true,
  // A plain script, not a module: pages opened from a file may load no modules.
  format: 'iife',
  target: 'es2022',
  minify: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  tsconfig: path.join(here, 'tsconfig.json'),
  legalComments: 'eof',
  logLevel: 'warning',
});
for (const file of ['index.html', 'icon.svg']) await copyFile(path.join(here, file), path.join(out, file));
