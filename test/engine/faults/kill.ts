/**
 * @file SIGKILL at random moments, again and again, each time resumed: the last checkpoint and the metrics must be those of the run
 * that nobody killed, byte for byte, and every checkpoint that a killed run records must load.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { random } from '../../../src/random.ts';
import type { Fault } from './main.ts';
import { checkRecorded, compare, startTraining, steps } from './training.ts';

/** Ends the child after some milliseconds, or lets it end. Undefined when it was killed. */
async function run(path: string, model: string, killAfter?: number): Promise<number | undefined> {
  const child = startTraining(path, model);
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.process.kill('SIGKILL'), killAfter);
  const { code, said } = await child.ended;
  clearTimeout(timer);
  if (code === 1) throw new Error(said);
  return code;
}

export const kill: Fault = async ({ root, whole, model, kills, seed, duration }) => {
  const lines = (await readFile(join(whole, 'metrics.jsonl'), 'utf8')).trim().split('\n');
  const trained = lines.filter((line) => /"gradientNorm":[^0n]/.test(line) || /"gradientNorm":0\.0*[1-9]/.test(line));
  if (trained.length < steps / 4) throw new Error(`Only ${trained.length} of ${steps} steps have a gradient.`);
  const broken = join(root, 'killed');
  await mkdir(broken);
  const rng = random(seed, 'kill');
  let killed = 0;
  let code: number | undefined;
  while (code === undefined) {
    code = await run(broken, model, killed < kills ? duration * (0.1 + 0.6 * rng.next()) : undefined);
    if (code === undefined) {
      killed += 1;
      await checkRecorded(broken);
    } else if (killed < kills) {
      // Done before its time: what remains of the kills meets a fresh run.
      await compare(whole, broken);
      await rm(broken, { recursive: true });
      await mkdir(broken);
      code = undefined;
    }
  }
  await compare(whole, broken);
  return `${killed} kills, ${steps} steps: every recorded checkpoint loads, the resumed runs equal the unbroken one byte for byte`;
};
