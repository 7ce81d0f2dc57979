/**
 * @file `golongrl report RUN`: writes the report of a run, finished or not.
 */
import type { Command } from 'commander';
import type { Terminal } from './shared/terminal.ts';

/** The path of the page goes to stdout; exit code 1 where the folder is no run. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('<run>', 'run directory')
    .option('--out <file>', 'where to write it (default RUN/report.html)')
    .action(async (path: string, { out }: { out?: string }) => {
      const { writeReport } = await import('../report/write-report.ts');
      const { RunDirectory } = await import('../runs/run-directory.ts');
      terminal.out(`${await writeReport(new RunDirectory(path), out)}\n`);
    });
}
