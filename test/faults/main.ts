/**
 * @file `npm run check:kills -- [--command NAME]... [--fault TEXT] [--kills N] [--seed S] [--short]`: what can go wrong goes wrong in every
 * long command, with the built command line; prints a table of what came of it: the bytes of the unbroken run, or a named error
 * and then those bytes. Exits with 1 if one did not end so. It starts itself again where it may mount file systems.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { random } from '../../src/random.ts';
import { run } from './child.ts';
import { bytesIn, type LongCommand, snapshot } from './command.ts';
import { openWorld } from './commands.ts';
import { type FaultContext, faults, mayMount } from './faults.ts';

const { values } = parseArgs({
  options: {
    command: { type: 'string', multiple: true, default: [] },
    fault: { type: 'string', default: '' },
    kills: { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
  },
});

/** Commands under way at once: each has times in which it waits. */
const parallel = 2;
const shortFaults = 3;

function chosenFaults(): [string, (typeof faults)[string]][] {
  const chosen = Object.entries(faults).filter(([name]) => name.includes(values.fault));
  return values.short ? chosen.slice(0, shortFaults) : chosen;
}

async function wholeOf(command: LongCommand, folder: string) {
  const out = path.join(folder, 'whole', 'out');
  const args = await command.begin(out);
  const start = performance.now();
  const { code, said } = await run(args);
  const duration = performance.now() - start;
  if (code !== 0) throw new Error(`${command.name}: the unbroken run ended with ${code}: ${said}`);
  return { whole: await snapshot(out, command.isResult), ...(await bytesIn(out)), duration };
}

async function check(command: LongCommand, root: string): Promise<void> {
  const folder = path.join(root, command.name.replaceAll(/\W+/g, '-'));
  const unbroken = await wholeOf(command, folder);
  if (unbroken.whole.size === 0) throw new Error(`${command.name}: there is no result to compare.`);
  for (const [name, fault] of chosenFaults()) {
    const own = path.join(folder, name.replaceAll(/\W+/g, '-'));
    await mkdir(own, { recursive: true });
    const rng = random(Number(values.seed), command.name, name);
    const kills = values.short ? 1 : Number(values.kills);
    const context: FaultContext = { command, ...unbroken, folder: own, kills, rng };
    const begun = performance.now();
    const [verdict, text] = await fault(context).then(
      (came) => ['yes', came] as const,
      (error: unknown) => ['NO', error instanceof Error ? error.message : String(error)] as const,
    );
    if (verdict === 'NO') process.exitCode = 1;
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const shown = text
      .replaceAll(own, '')
      .replaceAll(root, '')
      .replaceAll(/\s*\n\s*/g, ' ')
      .replaceAll('|', '\\|');
    process.stdout.write(`| ${command.name}: ${name} | ${seconds} | ${verdict} | ${shown} |\n`);
    await rm(own, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), 'golongrl-faults-'));
  const world = await openWorld(path.join(root, 'world'));
  try {
    const waiting = world.commands.filter(({ name }) => values.command.length === 0 || values.command.includes(name));
    if (waiting.length === 0)
      throw new Error(`--command: expected one of ${world.commands.map(({ name }) => name).join(', ')}`);
    process.stdout.write('| command: fault | seconds | as it should | what came of it |\n| --- | --- | --- | --- |\n');
    const one = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await check(next, root);
    };
    await Promise.all(Array.from({ length: parallel }, one));
  } finally {
    await world.close();
    await rm(root, { recursive: true, force: true });
  }
}

/** Itself in a namespace where it may mount; undefined where the system has none. */
function inNamespace(): number | undefined {
  if (spawnSync('unshare', ['-Urm', 'true']).status !== 0) return undefined;
  const args = [process.execPath, ...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const env = { ...process.env, GOLONGRL_FAULTS_MOUNT: '1' };
  return spawnSync('unshare', ['-Urm', ...args], { stdio: 'inherit', env }).status ?? 1;
}

const inside = mayMount() ? undefined : inNamespace();
if (inside === undefined) await main();
else process.exitCode = inside;
