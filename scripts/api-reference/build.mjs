/**
 * @file `npm run docs:api`: docs/api from the doc comments of `dist`, by typedoc in packages of its own. It ends with exit code 1 where an exported
 * symbol has no doc comment, names a type that is not exported, or an entry point of package.json has no page.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Runs a program that says itself what is wrong; this one ends with it. */
function run(command, ...args) {
  const { status } = spawnSync(command, args, { cwd: here, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(1);
}

/** The packages that npm left, as its own list of them says. */
const installed = () => {
  const list = new URL('node_modules/.package-lock.json', import.meta.url);
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')).packages : {};
};

const wanted = Object.entries(JSON.parse(readFileSync(new URL('package-lock.json', import.meta.url), 'utf8')).packages);
const there = installed();
if (wanted.some(([name, { version }]) => name !== '' && there[name]?.version !== version))
  run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');

const { at, entryPoints } = await import('./entry-points.mjs');
rmSync(at('docs/api'), { recursive: true, force: true });
run(process.execPath, 'node_modules/typedoc/bin/typedoc', '--options', 'typedoc.config.mjs', '--logLevel', 'Warn');

const missing = entryPoints.filter(({ page }) => !existsSync(at(`docs/api/${page}.md`)));
if (missing.length > 0)
  throw new Error(`no page of ${missing.map(({ specifier }) => specifier).join(', ')} in docs/api`);
process.stdout.write(`docs/api: ${entryPoints.length} entry points\n`);
