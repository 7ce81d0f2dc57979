/**
 * @file `npm run check:faults -- [--kills N] [--seed N] [--only TEXT]`: what can go wrong in a training run goes wrong, with the
 * real engine; prints a table of what came of each fault. Exits with 1 if one did not end as it should.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeChainPolicy } from '../../chain-policy.ts';
import { brokenCheckpoints } from './broken-checkpoints.ts';
import { diskFull, diskFullInCheckpoint, fileSizeLimit } from './disk-full.ts';
import { engineKilled } from './engine-killed.ts';
import { kill } from './kill.ts';
import { tooLarge } from './memory.ts';
import { notFinite } from './not-finite.ts';
import { finishTraining } from './training.ts';

export interface FaultContext {
  /** A folder to work in. */
  readonly root: string;
  /** A run that nothing happened to, and how many milliseconds it took. */
  readonly whole: string;
  readonly duration: number;
  readonly model: string;
  readonly kills: number;
  readonly seed: number;
}

/** Makes something go wrong and says what came of it. @throws when that is not as it should be. */
export type Fault = (context: FaultContext) => Promise<string>;

const faults: Readonly<Record<string, Fault>> = {
  'kill -9 at random moments': kill,
  'engine killed, as for memory': engineKilled,
  'disk full': diskFull,
  'disk full in a checkpoint': diskFullInCheckpoint,
  'limit on file sizes': fileSizeLimit,
  ...brokenCheckpoints,
  ...notFinite,
  'a batch that cannot fit': tooLarge,
};

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const root = await mkdtemp(join(tmpdir(), 'golongrl-faults-'));
const model = await writeChainPolicy();
try {
  const whole = join(root, 'whole');
  const start = performance.now();
  await finishTraining(whole, model);
  const duration = performance.now() - start;
  const context = { root, whole, duration, model, kills: Number(values.kills), seed: Number(values.seed) };
  process.stdout.write('| fault | seconds | as it should | what came of it |\n| --- | --- | --- | --- |\n');
  for (const [name, fault] of Object.entries(faults)) {
    if (!name.includes(values.only)) continue;
    const begun = performance.now();
    const [verdict, text] = await fault(context).then(
      (came) => ['yes', came],
      (error: unknown) => ['NO', error instanceof Error ? error.message : String(error)],
    );
    if (verdict === 'NO') process.exitCode = 1;
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const shown = text
      ?.replaceAll(root, '')
      .replaceAll(/\s*\n\s*/g, ' ')
      .replaceAll('|', '\\|');
    process.stdout.write(`| ${name} | ${seconds} | ${verdict} | ${shown} |\n`);
  }
} finally {
  await rm(root, { recursive: true });
  await rm(join(model, '..'), { recursive: true });
}
