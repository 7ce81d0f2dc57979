/**
 * @file The test of the artefact: packs golongrl, installs it into an empty folder and runs the examples of README, docs and help texts as they are
 * printed. `npm run check:artefact -- [--all] [--node 22,24] [--only WORDS]`; without `--all` what is marked `by hand` is left out.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { textTable } from '../../src/text-table.ts';
import { commandLines } from './command-lines.ts';
import { documentedExamples, type Example, type HelpExample, helpExamples, linksOf } from './examples.ts';
import { copyFixtures, makeFixtures, pageText } from './fixtures.ts';
import { helpNotes } from './help-notes.ts';
import { install, pack, root } from './package.ts';
import { madeAnew, type Place, type Ran, scriptOf, shell, writeProgram } from './run-example.ts';

const { values } = parseArgs({
  options: { all: { type: 'boolean', default: false }, node: { type: 'string' }, only: { type: 'string' } },
});

interface Outcome {
  readonly place: string;
  readonly what: string;
  readonly state: 'yes' | 'NO' | 'not run' | 'by hand';
  readonly note: string;
}

const outcomes: Outcome[] = [];
const start = performance.now();
const work = mkdtempSync(path.join(tmpdir(), 'golongrl-artefact-'));
const base = path.join(work, 'installed');
let number = 0;

/** Another Node, from the registry: its binaries are packages of their own. */
function otherNode(version: string): string {
  const folder = path.join(work, `node-${version}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const name = `node-${process.platform}-${process.arch}`;
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`], {
    cwd: folder,
  });
  return path.join(folder, 'node_modules', name, 'bin');
}

/** Of this Node, or of another that is installed for it. */
const environmentOf = (version: string | undefined): Record<string, string> => {
  const own = version === undefined ? [] : [otherNode(version)];
  const folders = [...own, path.join(base, 'node_modules', '.bin'), process.env.PATH ?? ''];
  return { ...(process.env as Record<string, string>), PATH: folders.join(path.delimiter), NO_COLOR: '1' };
};

/** The package is installed once, by the first; the examples run on each. */
const versions = values.node?.split(',') ?? [undefined];
let environment = environmentOf(versions[0]);
const place = (folder: string, most: number): Place => ({ folder, environment, most });
const most = (): number => (values.all ? 1800 : 120);

function note(where: string, what: string, state: Outcome['state'], text: string): void {
  outcomes.push({ place: where, what: what.split('\n')[0]?.slice(0, 100) ?? '', state, note: text });
  if (state === 'NO') process.stderr.write(`\nNO ${where}\n${what}\n${text}\n`);
  else process.stderr.write('.');
}

async function inCopy(run: (folder: string) => Promise<Ran>): Promise<Ran> {
  const folder = path.join(work, `example-${number++}`);
  copyFixtures(base, folder);
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const told = (where: string, what: string, { failure, seconds }: Ran): void =>
  note(where, what, failure === undefined ? 'yes' : 'NO', failure ?? `${seconds.toFixed(1)} s`);

/** The lines that are run; each of the others is noted with its reason. */
function linesToRun({ place: where, text, directives }: Example): string[] {
  return commandLines(text).filter((line) => {
    const left = directives.find(
      ({ kind, words }) =>
        kind !== 'run with' && !(kind === 'by hand' && values.all) && (words === undefined || line.includes(words)),
    );
    if (left === undefined) return true;
    note(where, line, left.kind === 'by hand' ? 'by hand' : 'not run', left.what);
    return false;
  });
}

function runLines(lines: readonly string[], folder: string): Promise<Ran> {
  for (const name of madeAnew(lines)) rmSync(path.join(folder, name), { recursive: true });
  return shell(scriptOf(lines), place(folder, most()));
}

async function runShell(example: Example): Promise<void> {
  const lines = linesToRun(example);
  if (lines.length === 0) return;
  told(example.place, lines.join('\n'), await inCopy((folder) => runLines(lines, folder)));
}

async function runProgram(example: Example): Promise<void> {
  const reason = example.directives.find(({ kind }) => kind === 'not run');
  if (reason !== undefined) return note(example.place, example.text, 'not run', reason.what);
  told(
    example.place,
    example.text,
    await inCopy((folder) => shell(writeProgram(example, folder), place(folder, most()))),
  );
}

async function runConfig(example: Example): Promise<void> {
  const reason = example.directives.find(({ kind }) => kind === 'not run');
  const command = example.directives.find(({ kind }) => kind === 'run with')?.what;
  if (reason !== undefined) return note(example.place, example.text, 'not run', reason.what);
  if (command === undefined) return note(example.place, example.text, 'NO', 'says neither "run with" nor "not run"');
  const name = /\S+\.ya?ml/.exec(command)?.[0] ?? 'example.yaml';
  const run = (folder: string): Promise<Ran> => {
    writeFileSync(path.join(folder, name), example.text);
    return shell(command, place(folder, most()));
  };
  told(example.place, example.text, await inCopy(run));
}

async function runExample(example: Example): Promise<void> {
  const { language } = example;
  if (language === 'sh') return await runShell(example);
  if (language === 'ts') return await runProgram(example);
  if (language === 'yaml') return await runConfig(example);
  if (language === 'text') return;
  const reason = example.directives.find(({ kind }) => kind === 'not run');
  note(
    example.place,
    example.text,
    reason === undefined ? 'NO' : 'not run',
    reason?.what ?? `a block of ${language || 'no language'} without a reason`,
  );
}

/** All help texts of the installed command line, from the outside. */
function helps(words: readonly string[] = []): HelpExample[] {
  const text = execFileSync('golongrl', [...words, '--help'], { cwd: base, encoding: 'utf8', env: environment });
  const listed = text.split('Commands:\n')[1]?.split('\n\n')[0] ?? '';
  const names = [...listed.matchAll(/^ {2}([a-z][\w-]*)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');
  return [...helpExamples(words.join(' '), text), ...names.flatMap((name) => helps([...words, name]))];
}

async function runHelp({ command, line }: HelpExample): Promise<void> {
  const where = `golongrl ${command} --help`;
  const left = helpNotes[line];
  if (left !== undefined && !(left.kind === 'by hand' && values.all)) return note(where, line, left.kind, left.what);
  told(where, line, await inCopy((folder) => runLines([line], folder)));
}

function checkLinks(): void {
  const pages = [...new Set(documentedExamples(root).map(({ place: where }) => where.split(':')[0] ?? ''))];
  for (const page of ['README.md', 'docs/index.md', 'docs/paper.md', ...pages])
    for (const target of linksOf(pageText(page)))
      if (!existsSync(path.resolve(root, path.dirname(page), target))) note(page, target, 'NO', 'leads nowhere');
}

try {
  const tarball = pack(work);
  checkLinks();
  install(base, tarball, environment);
  await makeFixtures(base, async (line) => {
    const { failure } = await shell(line, place(base, 120));
    if (failure !== undefined) throw new Error(`${line}: ${failure}`);
  });
  process.stderr.write(`installed and prepared in ${((performance.now() - start) / 1000).toFixed(0)} s\n`);
  const wanted = (text: string): boolean => values.only === undefined || text.includes(values.only);
  for (const [i, version] of versions.entries()) {
    if (i > 0) environment = environmentOf(version);
    for (const example of documentedExamples(root))
      if (wanted(`${example.place}\n${example.text}`)) await runExample(example);
    for (const example of helps()) if (wanted(`help ${example.line}`)) await runHelp(example);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const rows = outcomes.map(({ place: where, what, state, note: text }) => [
  escaped(where),
  state,
  escaped(what).slice(0, 80),
  escaped(text).slice(0, 80),
]);
process.stdout.write(`\n${textTable([['example', 'right', 'command', 'note'], ...rows], [0, 1, 2, 3])}\n`);
const failed = outcomes.filter(({ state }) => state === 'NO').length;
const right = outcomes.filter(({ state }) => state === 'yes').length;
const seconds = (performance.now() - start) / 1000;
process.stdout.write(
  `\nArtefact: ${right} examples right, ${failed} wrong, ${outcomes.length - right - failed} not run, each with its reason; ${seconds.toFixed(0)} s on Node ${values.node ?? process.versions.node}\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
