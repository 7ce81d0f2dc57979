/** @file `golongrl model export`: a GGUF file, a sharded model or an adapter as one plain model folder. */
import type { Command } from 'commander';
import { exportModel } from '../engine/local/export-model.ts';
import type { Terminal } from './terminal.ts';

export function register(program: Command, terminal: Terminal): void {
  const model = program.command('model').description('Convert models.');
  model
    .command('export')
    .description('Write a model as a Hugging Face folder in fp32; an adapter is merged into its model.')
    .argument('<source>', 'model folder, GGUF file or adapter folder')
    .argument('<directory>', 'where to write; an existing model there is replaced')
    .action(async (source: string, directory: string) => {
      const { architecture, layers, hiddenSize, vocabSize } = await exportModel(source, directory);
      terminal.out(`${directory}\n`);
      terminal.err(`${architecture}, ${layers} layers of ${hiddenSize}, ${vocabSize} tokens\n`);
    });
}
