/** @file `golongrl eval report`: the report of an evaluation, written again. */
import type { Command } from 'commander';
import { alignmentTable } from '../../evaluation/compare/alignment.ts';
import { EvaluationDirectory } from '../../evaluation/run/evaluation-directory.ts';
import { alignmentText } from '../../evaluation/run/tables.ts';
import { writeEvaluationReport } from '../../report/evaluation/write-evaluation-report.ts';
import type { Terminal } from '../shared/terminal.ts';

interface ReportFlags {
  readonly against?: string;
  readonly published?: string;
  readonly out?: string;
}

async function report(place: string, flags: ReportFlags, terminal: Terminal): Promise<void> {
  const directory = new EvaluationDirectory(place);
  const against = flags.against === undefined ? undefined : new EvaluationDirectory(flags.against);
  const file = await writeEvaluationReport(directory, { against, published: flags.published, path: flags.out });
  if (flags.published !== undefined) {
    const rows = alignmentTable(await directory.readSummary(), flags.published);
    terminal.err(`${alignmentText(flags.published, rows)}\n`);
  }
  terminal.out(`${file}\n`);
}

/** Reads what a run has written; the path of the page goes to stdout. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('<run>', 'run directory')
    .option('--against <run>', 'an earlier run, to show what changed')
    .option('--published <model>', 'put published figures beside ours, e.g. GoLongRL-30B-A3B')
    .option('--out <file>', 'where the report goes (default report.html in the run)')
    .action((place: string, flags: ReportFlags) => report(place, flags, terminal));
}
