/**
 * @file `npm run check:build-identical -- [--samples 7000] [--shards 2] [--lengths 512:1,...] [--docs FOLDER]`: builds a mixture over the packaged
 * corpora, or the documents of a folder, twice and in shards that are merged, each in a process of its own, and compares every file byte for
 * byte. Prints wall times and samples a second; exits with 1 where a byte differs.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** From half a thousand tokens to a quarter of a million, mostly those that cost little: with 7,000 places about 5,200 samples. */
const everyLength = '512:0.5,1K:1.5,2K:7,4K:13,8K:9,16K:1,32K:0.3,64K:0.15,128K:0.15,256K:0.15';

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '7000' },
    shards: { type: 'string', default: '2' },
    lengths: { type: 'string', default: everyLength },
    preset: { type: 'string', default: 'balanced' },
    docs: { type: 'string' },
    licence: { type: 'string', default: 'CC0-1.0' },
  },
});

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-identical-'));
const at = (name: string): string => path.join(folder, name);
const entry = fileURLToPath(new URL('../test/run-cli.ts', import.meta.url));

/** Runs `golongrl data ...`; seconds that it took. */
function run(...args: string[]): Promise<number> {
  const begin = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', entry, 'data', ...args, '--format', 'quiet'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) =>
    child.on('exit', (code) =>
      code === 0
        ? resolve((performance.now() - begin) / 1000)
        : reject(new Error(`data ${args.join(' ')}: exit ${code}, expected 0`)),
    ),
  );
}

/** Digest of every file of a folder by its path. */
function digests(directory: string): Map<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((file) => path.relative(directory, path.join(file.parentPath, file.name))).sort();
  return new Map(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(path.join(directory, name)))
        .digest('hex'),
    ]),
  );
}

/** Files that are not the same in both. */
function differing(a: string, b: string): string[] {
  const [one, other] = [digests(a), digests(b)];
  return [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name));
}

const documents = values.docs === undefined ? [] : ['--docs', values.docs, '--licence', values.licence];
const settings = [
  ...documents,
  ...['--preset', values.preset, '--samples', values.samples, '--lengths', values.lengths, '--seed', '7'],
];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const count = Number(values.samples);
  for (const name of ['first', 'second']) {
    const seconds = await run('build', ...settings, '--out', at(name));
    say(`${name} build: ${seconds.toFixed(0)} s, ${(count / seconds).toFixed(1)} places a second`);
  }
  const of = Number(values.shards);
  const parts = Array.from({ length: of }, (_, i) => `shard-${i + 1}`);
  for (const [i, name] of parts.entries())
    say(`${name}: ${(await run('build', ...settings, '--shard', `${i + 1}/${of}`, '--out', at(name))).toFixed(0)} s`);
  say(`merge: ${(await run('merge', ...parts.map(at).reverse(), '--out', at('merged'))).toFixed(0)} s`);
  const manifest = JSON.parse(readFileSync(path.join(at('first'), 'manifest.json'), 'utf8')) as { samples: number };
  const twice = differing(at('first'), at('second'));
  const merged = differing(at('first'), at('merged'));
  say(`${manifest.samples} samples of ${count} places in ${digests(at('first')).size} files`);
  say(twice.length === 0 ? 'two builds: the same bytes' : `TWO BUILDS DIFFER in ${twice.join(', ')}`);
  say(merged.length === 0 ? `${of} shards merged: the same bytes` : `SHARDS DIFFER in ${merged.join(', ')}`);
  process.exitCode = twice.length + merged.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
