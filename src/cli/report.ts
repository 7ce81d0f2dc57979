/**
 * @file `golongrl report RUN`: writes the report of a run, finished or not.
 */
import type { Command } from 'commander';
import type { TrackerName } from '../trackers/names.ts';
import { followerOf, reportToHelp, reportToList } from './shared/report-to.ts';
import type { Terminal } from './shared/terminal.ts';

interface Flags {
  readonly out?: string;
  readonly reportTo?: readonly TrackerName[];
}

const help = `
TensorBoard reads RUN/tensorboard (tensorboard --logdir runs), and so do wandb and trackio when they import it. MLflow is told where it is:
  MLFLOW_TRACKING_URI=http://127.0.0.1:5000 golongrl report runs/quickstart --report-to mlflow
`;

/** The path of the page goes to stdout; exit code 1 where the folder is no run. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('<run>', 'run directory')
    .option('--out <file>', 'where to write it (default RUN/report.html)')
    .option('--report-to <list>', `send the run to trackers too: ${reportToHelp}`, reportToList)
    .addHelpText('after', help)
    .action(async (path: string, { out, reportTo = [] }: Flags) => {
      const { writeReport } = await import('../report/write-report.ts');
      const { RunDirectory } = await import('../runs/run-directory.ts');
      if (reportTo.length > 0) await (await followerOf(path, reportTo, terminal)).end();
      terminal.out(`${await writeReport(new RunDirectory(path), out)}\n`);
    });
}
