/**
 * @file `golongrl export`: a dataset and a preset as a job of another trainer.
 */
import type { Command } from 'commander';
import { parseVerlPreset, type VerlPresetName, verlPresetNames, verlPresets } from '../export/verl/preset.ts';
import { type Profile, profiles } from '../rewards/reward.ts';
import { versions } from '../runs/versions.ts';
import { choice, type Format, formats } from './shared/options.ts';
import type { Terminal } from './shared/terminal.ts';

interface Flags {
  readonly preset: VerlPresetName;
  readonly out: string;
  readonly profile: Profile;
  readonly set: readonly string[];
  readonly overwrite?: boolean;
  readonly format: Format;
}

async function run(dataset: string, flags: Flags, terminal: Terminal): Promise<void> {
  const { out, preset, format } = flags;
  const { exportVerl } = await import('../export/verl/export-verl.ts');
  const { samplesOf } = await import('../samples/samples-of.ts');
  const found = await exportVerl({
    ...flags,
    samples: () => samplesOf(dataset),
    source: dataset,
    version: versions().golongrl ?? '',
  });
  if (format === 'json') terminal.out(`${JSON.stringify({ out, preset, ...found })}\n`);
  if (format === 'quiet') terminal.out(`${out}\n`);
  if (format !== 'human') return;
  const { samples, byTask, tooLong, shortfall } = found;
  const tasks = Object.entries(byTask).map(([task, count]) => `${task} ${count}`);
  terminal.out(
    `${[
      `${preset} in ${out}: ${samples.train} training samples (${tasks.join(', ')}), ${samples.heldout} held-out ones`,
      ...(tooLong === 0 ? [] : [`${tooLong} training prompts are longer than the preset takes; verl leaves them out`]),
      ...(shortfall === undefined
        ? []
        : [
            `This job cannot run on ${verlPresets[preset].model} as it is: ${shortfall.found}.`,
            `  ${shortfall.change}`,
          ]),
      `Read ${out}/README.md, then check the environment that will train:`,
      `  golongrl doctor --target verl --export ${out} --python VENV/bin/python`,
    ].join('\n')}\n`,
  );
}

/** `verl` is the one trainer that gets a whole job; `data export` writes rows for others. */
export function register(command: Command, terminal: Terminal): void {
  command
    .command('verl')
    .description(
      "verl 0.9 (Megatron, SGLang): Parquet, overrides, launch script, plugin; the paper's scripts as presets",
    )
    .argument('<dataset>', 'dataset directory, or a file of native samples')
    .requiredOption('--preset <name>', verlPresetNames.join(' | '), parseVerlPreset)
    .requiredOption('--out <dir>', 'folder to write')
    .option(
      '--profile <name>',
      'reward profile that the job asks for: paper | hardened',
      choice('--profile', profiles),
      'paper',
    )
    .option(
      '--set <override>',
      'KEY=VALUE in Hydra words, in place of what the preset says; may be repeated',
      (text: string, all: readonly string[]) => [...all, text],
      [],
    )
    .option('--overwrite', 'replace an export')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .action((dataset: string, flags: Flags) => run(dataset, flags, terminal));
}
