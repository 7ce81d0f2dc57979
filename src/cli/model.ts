/** @file `golongrl model export`: a GGUF file, a sharded model or an adapter as one plain model folder. */
import type { Command } from 'commander';
import { type WeightType, weightTypes } from '../engine/local/weights/safetensors.ts';
import { choice } from './shared/options.ts';
import type { Terminal } from './shared/terminal.ts';

/** The folder's path goes to stdout, the model's shape to stderr. */
export function register(command: Command, terminal: Terminal): void {
  command
    .command('export')
    .description('Write a model as a Hugging Face folder; an adapter is merged into its model.')
    .argument('<source>', 'model folder, GGUF file or adapter folder')
    .argument('<directory>', 'where to write; an existing model there is replaced')
    .option('--dtype <type>', `type of the weights: ${weightTypes.join(' | ')}`, choice('--dtype', weightTypes), 'fp32')
    .action(async (source: string, directory: string, { dtype }: { dtype: WeightType }) => {
      const { exportModel } = await import('../engine/local/weights/export-model.ts');
      const { architecture, layers, hiddenSize, vocabSize } = await exportModel(source, directory, dtype);
      terminal.out(`${directory}\n`);
      terminal.err(`${architecture}, ${layers} layers of ${hiddenSize}, ${vocabSize} tokens\n`);
    });
}
