/** @file What goes wrong in a long command. Each fault says what came of it: the result of the unbroken run, or a named error before. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { appendFile, mkdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../src/random.ts';
import { type Child, type ChildOptions, type Ended, namedError, run, start } from './child.ts';
import { expectResult, expectSame, type LongCommand, newestJournal, type Snapshot, snapshot } from './command.ts';

export interface FaultContext {
  readonly command: LongCommand;
  /** Its result when nothing happens, the bytes of all its files and of the largest, and how many milliseconds it took. */
  readonly whole: Snapshot;
  readonly bytes: number;
  readonly largest: number;
  readonly duration: number;
  /** A folder of its own. */
  readonly folder: string;
  readonly kills: number;
  readonly rng: Random;
}

/** Makes something go wrong and says what came of it. @throws when that is not as it should be */
export type Fault = (context: FaultContext) => Promise<string>;

/** What commands say where a kill came before there was anything to go on with. */
const nothingYet = /no build|nothing|holds no|there is no such file|there is no evaluation|no shard/;

const sameResult = ({ command, whole }: FaultContext, out: string): Promise<void> => expectResult(command, whole, out);

const begin = async ({ command }: FaultContext, out: string, options?: ChildOptions): Promise<Child> =>
  start(await command.begin(out), options);

function expectDone({ code, said }: Ended): void {
  if (code !== 0) throw new Error(`It ended with ${code}: ${said.slice(-1500)}`);
}

/** Goes on until the work is done. @returns the error where there was nothing to go on with */
async function goOn(context: FaultContext, out: string, mayBeDamaged = false): Promise<string | undefined> {
  const { command } = context;
  const resumed = await run(command.resume(out));
  if (resumed.code === 0) return undefined;
  const named = namedError(resumed);
  if (!mayBeDamaged && !nothingYet.test(named)) throw new Error(`It cannot go on: ${named}`);
  expectDone(await run([...(await command.begin(out)), ...command.anew]));
  return named;
}

/** Goes on until the work is done, and compares. */
async function complete(context: FaultContext, out: string): Promise<void> {
  await goOn(context, out);
  await sameResult(context, out);
}

/** Ends a child with a signal after a random share of the time that the work takes, of at least `from`. */
async function endAtRandom(
  { duration, rng }: FaultContext,
  child: Child,
  signal: NodeJS.Signals,
  from = 0.05,
): Promise<Ended> {
  const timer = setTimeout(() => child.process.kill(signal), duration * (from + (0.8 - from) * rng.next()));
  const ended = await child.ended;
  clearTimeout(timer);
  return ended;
}

const kill: Fault = async (context) => {
  const { command, folder, kills } = context;
  const out = path.join(folder, 'out');
  let [killed, done, begun] = [0, 0, false];
  while (killed < kills) {
    const child = start(begun ? command.resume(out) : await command.begin(out));
    const ended = await endAtRandom(context, child, 'SIGKILL');
    begun = true;
    if (ended.code === undefined) {
      killed++;
      continue;
    }
    if (ended.code !== 0 && !nothingYet.test(namedError(ended))) throw new Error(`It cannot go on: ${ended.said}`);
    // Done before its time, or nothing was begun: what remains of the kills meets fresh work.
    if (ended.code === 0) await sameResult(context, out);
    done++;
    begun = false;
    await rm(folder, { recursive: true });
    await mkdir(folder, { recursive: true });
  }
  await complete(context, out);
  return `${killed} kills in ${done + 1} runs: identical`;
};

const interrupt: Fault = async (context) => {
  const out = path.join(context.folder, 'out');
  const { code } = await endAtRandom(context, await begin(context, out), 'SIGINT');
  await complete(context, out);
  return `ended with ${code ?? 'the signal'}; resumed: identical`;
};

const mount = (...args: string[]): void => {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount: ${stderr}`);
};

/** Whether this process may mount: `main.ts` starts itself in a namespace where it may. */
export const mayMount = (): boolean => process.env.GOLONGRL_FAULTS_MOUNT === '1';

/** Work on a file system of its own, unmounted at the end. */
async function onDisk(folder: string, work: (disk: string) => Promise<string>): Promise<string> {
  if (!mayMount()) return 'not tried: no mount namespace here';
  const disk = path.join(folder, 'disk');
  await mkdir(disk);
  mount('-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk);
  try {
    return await work(disk);
  } finally {
    spawnSync('umount', ['-l', disk]);
  }
}

/** Fills the file system but for some bytes. */
async function fill(filler: string, left: number): Promise<void> {
  for (const size of [1 << 20, 1 << 12])
    for (let more = true; more; )
      more = await appendFile(filler, Buffer.alloc(size)).then(
        () => true,
        () => false,
      );
  await truncate(filler, Math.max(0, (await stat(filler)).size - left));
}

const diskFull =
  (share: (rng: Random) => number): Fault =>
  (context) =>
    onDisk(context.folder, async (disk) => {
      const { rng, bytes } = context;
      const out = path.join(disk, 'out');
      const filler = path.join(disk, 'filler');
      const args = await context.command.begin(out);
      await fill(filler, Math.floor(bytes * share(rng)));
      const ended = await run(args);
      await rm(filler);
      if (ended.code === 0) {
        await sameResult(context, out);
        return 'the room was enough: identical';
      }
      const named = namedError(ended);
      if (!named.includes('no space left')) throw new Error(`It ended with: ${named}`);
      await complete(context, out);
      return `"${named}" Resumed with space: identical`;
    });

const fileSize: Fault = async (context) => {
  const { folder, largest, rng } = context;
  const out = path.join(folder, 'out');
  const blocks = Math.floor((largest / 1024) * (0.1 + 0.8 * rng.next()));
  const ended = await (await begin(context, out, { shell: `ulimit -f ${blocks}` })).ended;
  if (ended.code === 0) {
    await sameResult(context, out);
    return 'every file fits: identical';
  }
  const named = namedError(ended);
  await complete(context, out);
  return `"${named}" Resumed without the limit: identical`;
};

const readOnlyFolder: Fault = (context) =>
  onDisk(context.folder, async (disk) => {
    const out = path.join(disk, 'out');
    const args = await context.command.begin(out);
    mount('-o', 'remount,ro', disk);
    const before = await snapshot(disk);
    const named = namedError(await run(args));
    expectSame(before, await snapshot(disk));
    return `"${named}"`;
  });

const readOnlyOnTheWay: Fault = (context) =>
  onDisk(context.folder, async (disk) => {
    const out = path.join(disk, 'out');
    await endAtRandom(context, await begin(context, out), 'SIGKILL', 0.3);
    const before = await snapshot(disk);
    mount('-o', 'remount,ro', disk);
    const ended = await run(context.command.resume(out));
    expectSame(before, await snapshot(disk));
    const said = ended.code === 0 ? 'it was complete' : `"${namedError(ended)}"`;
    mount('-o', 'remount,rw,size=64m', disk);
    await complete(context, out);
    return `${said} Resumed where it may write: identical`;
  });

/** The fewest file descriptors with which the command line starts at all; below, Node itself ends with its own words. */
let fewest: Promise<number> | undefined;
async function fewestDescriptors(): Promise<number> {
  for (let count = 12; count < 200; count++)
    if ((await run(['--version'], { shell: `ulimit -n ${count}` })).code === 0) return count;
  throw new Error('It does not start with 200 file descriptors.');
}

const descriptors: Fault = async (context) => {
  fewest ??= fewestDescriptors();
  const least = await fewest;
  const said: string[] = [];
  for (const more of [0, 8, 20, 40, 70, 100, 140]) {
    const out = path.join(context.folder, `out-${more}`);
    const ended = await (await begin(context, out, { shell: `ulimit -n ${least + more}` })).ended;
    if (ended.code === 0) {
      await sameResult(context, out);
      said.push(`${least + more}: identical`);
      break;
    }
    said.push(`${least + more}: "${namedError(ended)}"${existsSync(out) ? ' Resumed with more: identical' : ''}`);
    if (existsSync(out)) await complete(context, out);
  }
  return said.join('; ');
};

/** Of some processes in one directory, one may work. @returns the errors of the others */
async function oneOf(children: readonly Child[]): Promise<string[]> {
  const ends = await Promise.all(children.map(({ ended }) => ended));
  const done = ends.filter(({ code }) => code === 0);
  if (done.length !== 1)
    throw new Error(
      `${done.length} of ${ends.length} ended well: ${ends.map(({ said }) => said.slice(-700)).join(' | ')}`,
    );
  return ends.filter(({ code }) => code !== 0).map(namedError);
}

const twoAtOnce: Fault = async (context) => {
  const out = path.join(context.folder, 'out');
  const errors = await oneOf([await begin(context, out), await begin(context, out), await begin(context, out)]);
  await sameResult(context, out);
  return `one of three identical, the others: "${[...new Set(errors.map((text) => text.replaceAll(/process \d+/g, 'process N')))].join('", "')}"`;
};

const twoResumes: Fault = async (context) => {
  const { command, folder, duration } = context;
  const out = path.join(folder, 'out');
  const child = await begin(context, out);
  setTimeout(() => child.process.kill('SIGKILL'), duration * 0.5);
  await child.ended;
  const ends = await Promise.all([run(command.resume(out)), run(command.resume(out))]);
  const failed = ends.filter(({ code }) => code !== 0).map(namedError);
  if (failed.length === 2) await complete(context, out);
  await sameResult(context, out);
  return failed.length === 0
    ? 'one after the other: identical'
    : `identical, the other: "${failed[0]?.replaceAll(/process \d+/g, 'process N')}"`;
};

function libfaketime(): string | undefined {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/faketime`) : [];
  return folders.map((folder) => path.join(folder, 'libfaketime.so.1')).find((file) => existsSync(file));
}

/** A clock far behind that jumps ahead by decades in the middle, and the next process finds it behind again. */
const clock: Fault = async (context) => {
  const library = libfaketime();
  if (library === undefined) return 'not tried: no libfaketime here (apt-get install faketime)';
  const out = path.join(context.folder, 'out');
  const file = path.join(context.folder, 'clock');
  const env = { LD_PRELOAD: library, DONT_FAKE_MONOTONIC: '1', FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1' };
  await writeFile(file, '-10y\n');
  const child = await begin(context, out, { env });
  await delay(context.duration * 0.4);
  await writeFile(file, '+10y\n');
  setTimeout(() => child.process.kill('SIGKILL'), context.duration * 0.3);
  await child.ended;
  await writeFile(file, '-20y\n');
  const resumed = start(context.command.resume(out), { env });
  await delay(context.duration * 0.2);
  await writeFile(file, '+1y\n');
  const ended = await resumed.ended;
  if (ended.code !== 0 && !nothingYet.test(namedError(ended))) throw new Error(`It cannot go on: ${ended.said}`);
  if (ended.code !== 0) await complete(context, out);
  await sameResult(context, out);
  return 'back by 10 years, ahead by 20, killed, back by 30, ahead by 21: identical';
};

/** Nothing can be printed: the result is on disk all the same, and what could not be said is an error. */
const outputs: Fault = async (context) => {
  const [quietOut, silentOut] = [path.join(context.folder, 'a'), path.join(context.folder, 'b')];
  const full = await (await begin(context, quietOut, { redirect: '>/dev/full' })).ended;
  const named = full.code === 0 ? 'it says nothing' : `"${namedError(full)}"`;
  await sameResult(context, quietOut);
  const args = (await context.command.begin(silentOut)).filter((word) => word !== '--format' && word !== 'quiet');
  expectDone(await run(args, { redirect: '>/dev/null 2>/dev/full' }));
  await sameResult(context, silentOut);
  return `stdout: ${named}, identical; stderr: identical`;
};

/** A power cut takes the end of what was written last. */
const lastLineCut: Fault = async (context) => {
  const out = path.join(context.folder, 'out');
  await endAtRandom(context, await begin(context, out), 'SIGKILL', 0.4);
  const file = await newestJournal(context.folder);
  if (file === undefined) return await complete(context, out).then(() => 'no line was written yet: identical');
  const { size, atime, mtime } = statSync(file);
  await truncate(file, Math.max(0, size - context.rng.integer(1, 40)));
  await utimes(file, atime, mtime);
  const named = await goOn(context, out, true);
  await sameResult(context, out);
  return `${path.relative(out, file)}: ${named === undefined ? 'resumed' : `"${named}" Begun anew`}: identical`;
};

/** By name; the short form takes the first three. */
export const faults: Readonly<Record<string, Fault>> = {
  'kill -9 at random moments': kill,
  'disk full on the way': diskFull((rng) => 0.1 + 0.8 * rng.next()),
  'three at once': twoAtOnce,
  'disk full from the start': diskFull(() => 0),
  'limit on file sizes': fileSize,
  'read-only folder': readOnlyFolder,
  'read-only after a kill': readOnlyOnTheWay,
  'no file descriptors': descriptors,
  'two resumes at once': twoResumes,
  'clock jumps': clock,
  'outputs full': outputs,
  interrupted: interrupt,
  'last line cut': lastLineCut,
};
