/**
 * @file `golongrl report RUN`: writes the report of a run, finished or not.
 */
import type { Command } from 'commander';
import { writeReport } from '../report/write-report.ts';
import { RunDirectory } from '../runs/run-directory.ts';
import type { Terminal } from './shared/terminal.ts';

export function register(program: Command, terminal: Terminal): void {
  program
    .command('report')
    .description('write the report of a run as one self-contained HTML file, and print its path')
    .argument('<run>', 'run directory')
    .option('--out <file>', 'where to write it (default RUN/report.html)')
    .action(async (path: string, { out }: { out?: string }) => {
      terminal.out(`${await writeReport(new RunDirectory(path), out)}\n`);
    });
}
