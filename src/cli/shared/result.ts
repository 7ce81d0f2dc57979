/**
 * @file The result of a run on stdout: tables for a person, one JSON object for a program, the report's path for a script. All of it is read
 * from the run directory, as the report is, so that the three say the same.
 */
import { dirname } from 'node:path';
import { beyondFloor, type Floors, meanBeyond, tasksUnderFloor, underFloor } from '../../evaluation/compare/floors.ts';
import type { Change, Comparison } from '../../evaluation/compare/statistics.ts';
import { comparisonTable, lengthTable, tasksThatWent } from '../../evaluation/compare/table.ts';
import { signed } from '../../format.ts';
import { type RunView, readRun } from '../../report/read-run.ts';
import { limitOf, planOutcome, planOutcomeText, runTime, runTimeText } from '../../report/run-time.ts';
import { peakMemoryMb } from '../../runs/peak-memory.ts';
import { RunDirectory } from '../../runs/run-directory.ts';
import type { Format } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Numbers of any depth, to six decimals. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value;

const changeOf = ({ before, after, ci95, samples }: Change) => ({ before, after, ci95, questions: samples });

/** The comparison as the JSON result states it. */
function jsonComparison(comparison: Comparison, floors: Floors | undefined) {
  const tasks = Object.entries(comparison.tasks).map(([task, change]) => {
    const floor = floors?.[task]?.reward;
    const beside =
      floor === undefined
        ? {}
        : { floor, beyondFloor: beyondFloor(change, floor), underFloor: underFloor(change, floor) ?? null };
    return [task, { ...changeOf(change), ...beside }];
  });
  const mean = floors && meanBeyond(comparison, floors);
  return {
    tasks: Object.fromEntries(tasks) as Record<string, object>,
    mean: { ...changeOf(comparison.mean), ...(mean && { floor: mean.floor, beyondFloor: mean.beyond }) },
    up: tasksThatWent('up', comparison),
    down: tasksThatWent('down', comparison),
  };
}

/** One object; what a run does not have is absent, but for tasks and their mean. */
function jsonResult(view: RunView, { seconds, dataset, report }: RunResult): string {
  const { sampled, greedy, facts } = view;
  const { floors, lengths, control } = facts;
  const result = {
    ...(control && { control }),
    ...(sampled ? jsonComparison(sampled, floors) : { tasks: {}, mean: null }),
    ...(greedy && { greedy: jsonComparison(greedy, floors) }),
    ...(lengths && {
      lengths: lengths.map(({ name, over, to = null, beyondTraining, ...modes }) => ({
        name,
        over,
        to,
        beyondTraining,
        ...(modes.sampled && { sampled: changeOf(modes.sampled) }),
        ...(modes.greedy && { greedy: changeOf(modes.greedy) }),
      })),
    }),
    ...(floors && { floors }),
    seconds: Math.round(seconds * 10) / 10,
    time: runTime(view),
    limit: limitOf(runTime(view)),
    plan: planOutcome(view),
    peakRssMb: peakMemoryMb(),
    ...(dataset && { dataset: { samples: dataset.samples, byTask: dataset.byTask } }),
    report,
  };
  return JSON.stringify(result, rounded);
}

/** Which tasks went down, lie under the floor, went up: one line, the bad ones first. */
function directions(mode: string, comparison: Comparison, floors: Floors | undefined): string {
  const gain = (task: string): string => {
    const { before, after } = comparison.tasks[task] ?? { before: 0, after: 0 };
    return `${task} ${signed(after - before)}`;
  };
  const listed = (names: readonly string[]): string => names.join(', ') || 'no task';
  const under =
    floors === undefined ? [] : [`Under the blind floor: ${listed(tasksUnderFloor('after', comparison, floors))}.`];
  const went = (side: 'up' | 'down'): string => listed(tasksThatWent(side, comparison).map(gain));
  return [`${mode}`, `Down: ${went('down')}.`, ...under, `Up: ${went('up')}.`].join('  ');
}

function humanResult(view: RunView, { seconds, report }: RunResult): string {
  const { sampled, greedy, facts } = view;
  const { floors, lengths, control } = facts;
  const outcome = planOutcome(view);
  const parts = [
    control && `CONTROL (${control}): this run must gain nothing.`,
    sampled && comparisonTable('Held-out reward, T 1.0', sampled, floors),
    greedy && comparisonTable('Held-out reward, greedy', greedy, floors),
    lengths && lengths.length > 0 && lengthTable(lengths),
    [sampled && directions('At T 1.0:', sampled, floors), greedy && directions('Greedily:', greedy, floors)]
      .filter((line) => line !== undefined)
      .join('\n'),
    [runTimeText(runTime(view)), limitOf(runTime(view)), outcome && planOutcomeText(outcome)]
      .filter((line) => line !== undefined && line !== '')
      .join('\n'),
    `${seconds.toFixed(0)} s, peak memory ${peakMemoryMb()} MB`,
    `Report: ${report}`,
  ];
  return parts.filter((part) => part !== undefined && part !== false && part !== '').join('\n\n');
}

/** What `train`, `sft`, `quickstart` and `data validate` print. */
export interface RunResult {
  /** Wall-clock seconds of this process. */
  readonly seconds: number;
  readonly dataset?: { readonly samples: number; readonly byTask: Readonly<Record<string, number>> };
  /** Path of the report, in the run directory. */
  readonly report: string;
}

/** Prints a finished run in the format asked for. @throws InputError when the run directory cannot be read */
export async function printResult(terminal: Terminal, format: Format, result: RunResult): Promise<void> {
  if (format === 'quiet') {
    terminal.out(`${result.report}\n`);
    return;
  }
  const view = await readRun(new RunDirectory(dirname(result.report)));
  terminal.out(format === 'json' ? `${jsonResult(view, result)}\n` : `\n${humanResult(view, result)}\n`);
}
