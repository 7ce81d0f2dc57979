/**
 * @file A disk that fills while a run writes to it (a small tmpfs in a mount namespace of its own), and a limit on file sizes
 * that no checkpoint fits. The run must end with a clear error; the last recorded checkpoint must load; with space again, the
 * resumed run must equal the unbroken one.
 *
 * `disk-full.ts RUN WHOLE MODEL LEFT` is the part inside the namespace.
 */
import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, rm, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Fault } from './main.ts';
import { checkRecorded, compare, expectThat, finishTraining, startTraining, stepsDone } from './training.ts';

/** Fills the file system. */
async function fill(path: string): Promise<void> {
  for (const size of [1 << 16, 1 << 12, 1 << 9, 1]) {
    const piece = Buffer.alloc(size);
    for (;;)
      if (
        !(await appendFile(path, piece).then(
          () => true,
          () => false,
        ))
      )
        break;
  }
}

async function fillDuringTraining(run: string, whole: string, model: string, left: number): Promise<string> {
  await mkdir(run);
  const child = startTraining(run, model);
  while (child.process.exitCode === null && (await stepsDone(run)) < 7) await sleep(5);
  const filler = join(dirname(run), 'filler');
  await fill(filler);
  await truncate(filler, (await stat(filler)).size - left);
  const { code, said } = await child.ended;
  expectThat(code === 1, `The run ended with ${code} on a full disk: ${said}`);
  expectThat(said.includes('disk-full:') && said.includes('no space left on the device'), `The error is: ${said}`);
  const recorded = await checkRecorded(run);
  expectThat(recorded.length > 0, 'No checkpoint was recorded before the disk was full.');
  await rm(filler);
  await finishTraining(run, model);
  await compare(whole, run);
  return `"${said.split('\n')[0]}"; checkpoints of steps ${recorded.join(', ')} load; resumed with space: equal`;
}

/** A full disk but for some bytes: enough for a few lines, too few for a checkpoint of 0.3 MB. */
const diskFullBut =
  (left: number): Fault =>
  async ({ root, whole, model }) => {
    const disk = join(root, `disk-${left}`);
    await mkdir(disk);
    const inside = [
      process.execPath,
      ...process.execArgv,
      fileURLToPath(import.meta.url),
      join(disk, 'run'),
      whole,
      model,
      String(left),
    ];
    const script = 'mount -t tmpfs -o size=4m tmpfs "$0" && exec "$@"';
    const result = spawnSync('unshare', ['-Urm', 'sh', '-c', script, disk, ...inside], { encoding: 'utf8' });
    if (result.error || /unshare|mount:/.test(result.stderr))
      return `not tried: no mount namespace here (${result.error?.message ?? result.stderr.trim()})`;
    if (result.status !== 0) throw new Error(result.stderr);
    return result.stdout.trim();
  };

export const diskFull = diskFullBut(0);
export const diskFullInCheckpoint = diskFullBut(120_000);

export const fileSizeLimit: Fault = async ({ root, whole, model }) => {
  const run = join(root, 'limited');
  await mkdir(run);
  const { code, said } = await startTraining(run, model, 'ulimit -f 60').ended;
  expectThat(code === 1 && said.includes('disk-full:'), `The run ended with ${code}: ${said}`);
  expectThat((await checkRecorded(run)).length === 0, 'A checkpoint was recorded that cannot be whole.');
  await finishTraining(run, model);
  await compare(whole, run);
  return `"${said.split('\n')[0]}"; resumed without the limit: equal`;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [run, whole, model, left] = process.argv.slice(2) as [string, string, string, string];
  process.stdout.write(await fillDuringTraining(run, whole, model, Number(left)));
}
