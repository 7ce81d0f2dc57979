/**
 * @file package.json as it is published: without the scripts and packages for developing, which would run, or be asked about, where
 * golongrl is installed. `npm pack` and `npm publish` call it before (`trim`) and after (`restore`).
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const manifest = new URL('../package.json', import.meta.url);
const kept = new URL('../package.json.whole', import.meta.url);

if (process.argv[2] === 'restore') {
  if (existsSync(kept)) renameSync(kept, manifest);
} else {
  const text = readFileSync(existsSync(kept) ? kept : manifest, 'utf8');
  const { scripts: _scripts, devDependencies: _packages, ...published } = JSON.parse(text);
  writeFileSync(kept, text);
  writeFileSync(manifest, `${JSON.stringify(published, null, 2)}\n`);
}
