/**
 * @file `golongrl data export`: a dataset as JSON lines in the columns of another trainer.
 */
import type { Command } from 'commander';
import { writeLines } from '../samples/lines.ts';
import type { Sample } from '../samples/sample.ts';
import { type Trainer, toTrainerRecord, trainers } from '../samples/trainer-export.ts';
import { samplesOf } from './data-inspect.ts';
import { choice } from './options.ts';
import type { Terminal } from './terminal.ts';

interface Flags {
  readonly to: Trainer;
  readonly out: string;
  readonly split: Sample['split'];
}

async function run(place: string, { to, out, split }: Flags, terminal: Terminal): Promise<void> {
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    for await (const sample of samplesOf(place)) {
      if (sample.split === split) yield JSON.stringify(toTrainerRecord(to, sample, rows++));
    }
  }
  await writeLines(out, lines());
  terminal.out(`${rows} ${split} samples for ${to} in ${out}\n`);
}

export function registerExport(data: Command, terminal: Terminal): void {
  data
    .command('export')
    .description('write a dataset as JSON lines for verl, TRL or OpenRLHF')
    .argument('<path>', 'dataset directory, or a file of native samples')
    .requiredOption('--to <trainer>', trainers.join(' | '), choice('--to', trainers))
    .requiredOption('--out <file>', 'where to write the records')
    .option('--split <name>', 'train | heldout', choice('--split', ['train', 'heldout']), 'train')
    .action((place: string, flags: Flags) => run(place, flags, terminal));
}
