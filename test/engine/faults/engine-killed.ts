/**
 * @file The engine's process is killed, as a system does that runs out of memory: the training ends with an error that says so
 * and how to go on, and resumed it is the unbroken run.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from './main.ts';
import { checkRecorded, compare, expectThat, finishTraining, startTraining, stepsDone } from './training.ts';

/** Processes that a process has started. */
export async function childrenOf(pid: number): Promise<number[]> {
  const tasks = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8')));
  return lists.join(' ').split(/\s+/).filter(Boolean).map(Number);
}

export const engineKilled: Fault = async ({ root, whole, model }) => {
  const path = join(root, 'engine-killed');
  await mkdir(path);
  const { process: training, ended } = startTraining(path, model);
  while ((await stepsDone(path)) < 5) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const pid of await childrenOf(training.pid as number)) process.kill(pid, 'SIGKILL');
  const { code, said } = await ended;
  const message = /The engine's process ended: it was killed[^\n]*/.exec(said)?.[0];
  expectThat(code === 1 && message !== undefined, `It ended with ${code}: ${said}`);
  const recorded = await checkRecorded(path);
  await finishTraining(path, model);
  await compare(whole, path);
  return `"${message}"; resumed after step ${recorded.at(-1)}, the run equals the unbroken one byte for byte`;
};
