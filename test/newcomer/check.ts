/**
 * @file Plays the newcomer: an empty folder, an empty npm cache, fifteen documents, and the commands of README as they are printed, from the
 * installation to a reward over curl; an evaluation against a scripted server between them. `npm run check:newcomer`; wants dist to be built.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { textTable } from '../../src/text-table.ts';
import { commandLines } from '../artefact/command-lines.ts';
import { examplesOf } from '../artefact/examples.ts';
import { install, pack, root } from '../artefact/package.ts';
import { type Ran, scriptOf, shell } from '../artefact/run-example.ts';
import { startScriptedServer } from '../evaluation/scripted-server.ts';
import { ownDocuments } from './documents.ts';

/** Seconds that all of it may take on two cores. */
const mostSeconds = 600;
/** Seconds after which a step is given up: on a busy machine the processor's seconds say more than the clock's. */
const patience = 3600;

const work = mkdtempSync(path.join(tmpdir(), 'golongrl-newcomer-'));
const folder = path.join(work, 'empty');
const start = performance.now();
const rows: string[][] = [];
let failed = 0;

/** A newcomer's environment: no cache, no engine, no settings of ours. */
const environment = {
  PATH: process.env.PATH,
  HOME: path.join(work, 'home'),
  npm_config_cache: path.join(work, 'cache'),
  ...(process.env.npm_config_registry === undefined ? {} : { npm_config_registry: process.env.npm_config_registry }),
};

function note(what: string, { failure, seconds }: Ran): void {
  rows.push([what, failure === undefined ? 'yes' : 'NO', seconds.toFixed(1), processorSeconds()?.toFixed(1) ?? '']);
  process.stderr.write(`${failure === undefined ? 'right' : 'WRONG'} ${seconds.toFixed(1).padStart(6)} s  ${what}\n`);
  if (failure === undefined) return;
  failed++;
  process.stderr.write(`${failure}\n`);
}

async function step(what: string, line: string, check: () => string | undefined = () => undefined): Promise<void> {
  const ran = await shell(counted(scriptOf([line])), { folder, environment, most: patience });
  const failure = ran.failure ?? check();
  note(what, { seconds: ran.seconds, ...(failure === undefined ? {} : { failure }) });
}

const timesFile = path.join(work, 'times');

/** The script, which leaves the processor's seconds of all that it ran. */
const counted = (script: string): string => `trap 'times > "${timesFile}"' EXIT\n${script}`;

/** Of the last script; undefined where it was killed. */
function processorSeconds(): number | undefined {
  if (!existsSync(timesFile)) return undefined;
  const parts = [...readFileSync(timesFile, 'utf8').matchAll(/(\d+)m([\d.]+)s/g)];
  rmSync(timesFile);
  return parts.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
}

/** The block of README under a heading, line by line. */
function printed(heading: string): string[] {
  const [, section = ''] = readFileSync(path.join(root, 'README.md'), 'utf8').split(`\n## ${heading}\n`);
  const [block] = examplesOf('README.md', section.split('\n## ')[0] ?? '').filter(({ language }) => language === 'sh');
  return commandLines(block?.text ?? '');
}

const text = (...names: string[]): string => readFileSync(path.join(folder, ...names), 'utf8');
const holds =
  (words: string, ...names: string[]) =>
  (): string | undefined =>
    text(...names).includes(words) ? undefined : `${names.join('/')} does not hold ${words}`;

/** What is to be there after a command of README. */
const checks: Readonly<Record<string, () => string | undefined>> = {
  quickstart: holds('</html>', 'runs/texts/report.html'),
  'data build --docs texts --licence CC-BY-4.0 --out': holds('"samples"', 'long/manifest.json'),
  init: holds('yaml-language-server', 'golongrl.yaml'),
  train: holds('"status": "done"', 'runs/golongrl/run.json'),
  report: holds('</html>', 'runs/golongrl/report.html'),
};
const checkOf = (line: string) =>
  Object.entries(checks).find(([words]) => line.startsWith(`npx golongrl ${words} `))?.[1];

/** One of the trainings is enough: the quickstart over the documents is the longer one. */
const skipped = (line: string): boolean => line.includes('quickstart') && !process.argv.includes('--quickstart');

async function evaluate(): Promise<void> {
  const server = await startScriptedServer(0);
  const { port } = new URL(server.url);
  await step(
    'eval run against a server',
    `npx golongrl eval run nine-tasks --data dataset --model my-model --url http://127.0.0.1:${port}/v1 --out evals/mine --limit 5`,
    holds('</html>', 'evals/mine/report.html'),
  );
  await server.close();
}

async function reward(): Promise<void> {
  const [serve = '', ask = ''] = commandLines(
    examplesOf('README.md', readFileSync(path.join(root, 'README.md'), 'utf8')).find(({ text: one }) =>
      one.includes('curl '),
    )?.text ?? '',
  );
  const script = `${serve}\n${ask} > reward.json\nkill %1 2>/dev/null; wait`;
  const ran = await shell(script, { folder, environment, most: 60 });
  const failure = ran.failure ?? holds('"score":1', 'reward.json')();
  note('reward over curl', { seconds: ran.seconds, ...(failure === undefined ? {} : { failure }) });
}

try {
  mkdirSync(path.join(folder, 'texts'), { recursive: true });
  mkdirSync(environment.HOME);
  for (const [name, body] of Object.entries(ownDocuments())) writeFileSync(path.join(folder, 'texts', name), body);
  const tarball = pack(work);
  const installed = performance.now();
  install(folder, tarball, environment as Record<string, string>);
  note('npm install golongrl, empty cache', { seconds: (performance.now() - installed) / 1000 });
  await step('the engine, on first use', 'npx golongrl engine install');
  for (const line of printed('Your own documents')) if (!skipped(line)) await step(line, line, checkOf(line));
  await evaluate();
  await reward();
} finally {
  rmSync(work, { recursive: true, force: true });
}

const seconds = (performance.now() - start) / 1000;
if (seconds > mostSeconds) failed++;
process.stdout.write(`\n${textTable([['command', 'right', 'seconds', 'of the processor'], ...rows], [0, 1])}\n`);
process.stdout.write(
  `\nNewcomer: ${rows.length} steps, ${failed} wrong, ${seconds.toFixed(0)} s of ${mostSeconds} allowed\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
