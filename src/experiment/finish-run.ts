/**
 * @file The end of every run, quickstart or not: marked as done, with its report.
 */
import { writeReport } from '../report/write-report.ts';
import type { Stage } from '../runs/events.ts';
import { peakMemoryMb } from '../runs/peak-memory.ts';
import type { RunDirectory } from '../runs/run-directory.ts';

/**
 * Adds what one process took to those before it, so that the report of a resumed run tells of all.
 *
 * @param seconds By stage.
 * @param wall Seconds of the whole, with what belongs to no stage.
 */
export async function noteSitting(
  run: RunDirectory,
  seconds: Partial<Record<Stage, number>>,
  wall?: number,
): Promise<void> {
  const { facts } = await run.readRecord();
  const earlier = Array.isArray(facts.sittings) ? (facts.sittings as unknown[]) : [];
  await run.update({ facts: { sittings: [...earlier, { seconds, peakRssMb: peakMemoryMb(), wall }] } });
}

/** Marks the run as done and writes its report; returns the path of the report. Parameters as above. */
export async function finish(
  run: RunDirectory,
  seconds: Partial<Record<Stage, number>>,
  wall?: number,
): Promise<string> {
  const peakRssMb = peakMemoryMb();
  await noteSitting(run, seconds, wall);
  await run.update({ status: 'done', facts: { seconds, peakRssMb } });
  return await writeReport(run);
}
