/** @file The built command line as a process, watched through its run directory: for checks that kill and restart things. */
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RunDirectory } from '../src/runs/run-directory.ts';
import type { TrainingMetrics } from '../src/training/step-metrics.ts';

export const executable = fileURLToPath(new URL('../bin/golongrl.js', import.meta.url));

export const metricsOf = async (run: string): Promise<TrainingMetrics[]> =>
  (await new RunDirectory(run).readMetrics().catch(() => [])) as TrainingMetrics[];

/** What to do once, when a run has so many steps. */
export interface Moment {
  readonly step: number;
  readonly act: (pid: number) => Promise<void>;
}

/** Runs `golongrl ARGS` until it ends; `run` is the run directory that it writes. */
export async function trainProcess(
  args: readonly string[],
  run: string,
  moments: readonly Moment[] = [],
): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, [executable, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (text: Buffer) => {
    err += text.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const left = [...moments];
  while (child.exitCode === null && child.signalCode === null) {
    const next = left[0];
    if (next !== undefined && (await metricsOf(run)).length >= next.step) {
      left.shift();
      await next.act(child.pid ?? 0);
    }
    await Promise.race([ended, delay(50)]);
  }
  return { code: await ended, err };
}

/** Steps that a run says it lost to restarts of its server, in order. */
export const lostSteps = (err: string): number[] =>
  [...err.matchAll(/Lost the engine after step (\d+).*?continuing after step (\d+)/gs)].map(
    ([, lost, resumed]) => Number(lost) - Number(resumed),
  );
