/**
 * @file `golongrl data import`: datasets of others as native samples, with a line for each row that is none.
 */
import type { Command } from 'commander';
import type { ImportPlan } from '../../build/plan.ts';
import { readMapping } from '../../construction/import/mapping.ts';
import { type CompatibilityCode, compatibilityCodes } from '../../construction/import/refusal.ts';
import { UsageError } from '../../errors.ts';
import { rowFormats } from '../../records/reader.ts';
import { type Profile, profiles } from '../../rewards/index.ts';
import { choice, type Format, formats } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';
import { carryOut } from './carry-out.ts';
import { checkAbsent } from './decide-build.ts';

interface Flags {
  readonly mapping?: string;
  readonly dataset: string;
  readonly licence: string;
  readonly encoding?: string;
  readonly tokenizer?: string;
  readonly profile?: Profile;
  readonly keep?: readonly CompatibilityCode[];
  readonly out: string;
  readonly overwrite?: boolean;
  readonly dryRun?: boolean;
  readonly format: Format;
}

const help = `
Without --mapping the rows have the layout of the released dataset: data_source, prompt, ability, reward_model, extra_info. This is
also what \`data build\` and \`data export --to verl\` write: such rows come back as the samples they were.

Examples:
  golongrl data import GoLongRL/data --licence Apache-2.0 --out golongrl
  golongrl data import train-v2.0.json --mapping squad.yaml --out squad
`;

async function decide(targets: readonly string[], flags: Flags): Promise<ImportPlan> {
  const { out, dataset, licence, profile, keep, overwrite, dryRun, encoding, tokenizer } = flags;
  if (keep !== undefined && flags.mapping !== undefined)
    throw new UsageError('keep-mapping', '--keep: is for the released layout, and goes without --mapping');
  const mapping = flags.mapping === undefined ? undefined : await readMapping(flags.mapping);
  if (dryRun !== true) await checkAbsent(out, overwrite === true);
  const claimed = profile === undefined ? [...profiles] : [profile];
  return {
    kind: 'import',
    targets,
    encoding,
    tokenizer,
    name: mapping?.dataset ?? dataset,
    source: mapping === undefined ? { released: { dataset, licence, profiles: claimed, keep } } : { mapping },
    ...(dryRun === true ? {} : { out }),
  };
}

/** Rows that do not fit are set aside with file, line and reason; the rest is imported. */
export function registerImport(command: Command, terminal: Terminal): void {
  command
    .argument('<paths...>', `files, folders, patterns: ${rowFormats.join(', ')}, each also .gz`)
    .option('--mapping <file>', 'YAML that says where context, question and answer stand (docs/construction.md)')
    .option('--dataset <name>', 'name of a dataset in the released layout', 'Kwai-Klear/GoLongRL')
    .option('--licence <name>', 'its licence, as an SPDX identifier', 'unknown')
    .option('--encoding <label>', 'of text files, e.g. gb18030, windows-1252; told from the bytes by default')
    .option('--tokenizer <path>', 'count prompts with that of a model: its folder or GGUF file (default: an estimate)')
    .option(
      '--profile <name>',
      'the only reward profile that samples must fit (default both)',
      choice('--profile', profiles),
    )
    .option(
      '--keep <code>',
      'released layout: a finding that flags a row instead of setting it aside, e.g. answer-not-in-context; may be repeated',
      (text: string, before: readonly CompatibilityCode[] = []) => [
        ...before,
        choice('--keep', compatibilityCodes)(text),
      ],
    )
    .option('--out <dir>', 'where to write the dataset', 'dataset')
    .option('--overwrite', 'replace a dataset in the same place')
    .option('--dry-run', 'report, and write nothing')
    .option('--format <format>', `result on stdout: ${formats.join(' | ')}`, choice('--format', formats), 'human')
    .addHelpText('after', help)
    .action(async (targets: string[], flags: Flags) =>
      carryOut(await decide(targets, flags), { format: flags.format }, terminal),
    );
}
