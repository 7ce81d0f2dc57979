/** @file What the command line loads before it runs, and what its help says of commands that are not loaded yet. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, Help } from 'commander';
import { expect, test } from 'vitest';
import { commands } from './commands.ts';
import { commands as dataCommands } from './data/index.ts';
import { commands as evalCommands } from './eval/index.ts';
import { runCommand } from './main.ts';

const source = path.resolve('src');

/** Imports that are there at run time: `import type` is not, `import { type X }` is. */
const imports = /^(?:import|export)\s+(?!type\s)(?:[^;'"]*?\sfrom\s+)?'([^']+)'/gm;

/** Files and packages that a file loads at once; what it loads later, by `import()`, does not count. */
function loadedBy(file: string, files = new Set<string>(), packages = new Set<string>()) {
  if (files.has(file)) return { files, packages };
  files.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(imports)) {
    if (name.startsWith('.')) loadedBy(path.join(path.dirname(file), name), files, packages);
    else if (!name.startsWith('node:')) packages.add(name);
  }
  return { files, packages };
}

test('help and version load a dozen files and two small packages', () => {
  const { files, packages } = loadedBy(path.join(source, 'cli/main.ts'));
  expect([...packages].sort()).toEqual(['commander', 'picocolors']);
  expect(files.size).toBeLessThan(15);
});

const light = [
  'advantage',
  'doctor',
  'engine',
  'exploits',
  'export',
  'math',
  'report',
  'reward',
  'score',
  'data/index',
  'data/calibrate',
];

test('the options of data build are read without a package but commander', () => {
  const { packages } = loadedBy(path.join(source, 'cli/data/build.ts'));
  expect([...packages].filter((found) => found !== 'commander')).toEqual([]);
});

test.each(light)('the options of %s are read without a package but commander, and few files', (name) => {
  const { files, packages } = loadedBy(path.join(source, 'cli', `${name}.ts`));
  expect([...packages].filter((found) => found !== 'commander')).toEqual([]);
  expect(files.size).toBeLessThan(15);
});

test('help says of each command what the command says of itself', async () => {
  for (const entry of [...commands, ...dataCommands, ...evalCommands]) {
    const [name = ''] = entry.usage.split(' ');
    const command = new Command(name).description(entry.description);
    (await entry.load())(command, { out: () => undefined, err: () => undefined, columns: undefined });
    expect([new Help().subcommandTerm(command), command.description()]).toEqual([entry.usage, entry.description]);
  }
});

test('help of a command inside a group is found by both its spellings', async () => {
  const spelt = async (...args: string[]): Promise<string> => {
    let out = '';
    expect(await runCommand(args, { out: (text) => (out += text), err: () => undefined, columns: undefined })).toBe(0);
    return out;
  };
  expect(await spelt('data', 'diff', '--help')).toMatch(/^Usage: golongrl data diff \[options\] <before> <after>/);
  expect(await spelt('data', 'help', 'diff')).toBe(await spelt('data', 'diff', '--help'));
  expect(await spelt('help', 'score')).toBe(await spelt('score', '--help'));
});
