/**
 * @file `golongrl data import`: datasets of others as native samples, with a line for each row that is none.
 */
import path from 'node:path';
import type { Command } from 'commander';
import { importRows } from '../../construction/import/import-rows.ts';
import { layoutFor, readMapping } from '../../construction/import/mapping.ts';
import { type CompatibilityCode, compatibilityCodes, type QuarantinedRow } from '../../construction/import/refusal.ts';
import { estimateName } from '../../construction/length.ts';
import { InputError, UsageError } from '../../errors.ts';
import { readRows, rowFormats } from '../../records/read-rows.ts';
import { type Profile, profiles } from '../../rewards/index.ts';
import { SampleCounter } from '../../samples/sample-counter.ts';
import { DatasetWriter, datasetExists, datasetState } from '../../samples/write-dataset.ts';
import { choice, type Format, formats } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';

interface Flags {
  readonly mapping?: string;
  readonly dataset: string;
  readonly licence: string;
  readonly encoding?: string;
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

const counted = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).map(([code, count]) => `  ${code} ${count}`);

async function run(targets: readonly string[], flags: Flags, terminal: Terminal): Promise<void> {
  const { out, dataset, licence, profile, keep, overwrite, dryRun, format, encoding } = flags;
  if (keep !== undefined && flags.mapping !== undefined)
    throw new UsageError('keep-mapping', '--keep: is for the released layout, and goes without --mapping');
  const mapping = flags.mapping === undefined ? undefined : await readMapping(flags.mapping);
  const state = dryRun === true ? 'absent' : await datasetState(out);
  if (state !== 'absent' && overwrite !== true) throw datasetExists(out, state);
  const claimed = profile === undefined ? [...profiles] : [profile];
  const source = mapping === undefined ? { released: { dataset, licence, profiles: claimed, keep } } : { mapping };
  const name = mapping?.dataset ?? dataset;
  const writer =
    dryRun === true
      ? undefined
      : await DatasetWriter.open(out, { seed: 0, tokenizer: estimateName, quarantine: true, ifExists: 'overwrite' });
  const counter = new SampleCounter();
  const reasons: Record<string, number> = {};
  const flagged: Record<string, number> = {};
  let first: QuarantinedRow | undefined;
  let quarantined = 0;
  try {
    for await (const item of importRows(readRows(targets, { layout: layoutFor(mapping), encoding }), source)) {
      if ('sample' in item) {
        counter.add(item.sample);
        for (const flag of item.sample.provenance.imported?.flags ?? []) flagged[flag] = (flagged[flag] ?? 0) + 1;
        writer?.add(item.sample);
        continue;
      }
      first ??= item.quarantined;
      quarantined++;
      reasons[item.quarantined.code] = (reasons[item.quarantined.code] ?? 0) + 1;
      writer?.quarantine(item.quarantined);
    }
    const summary = counter.summary();
    const rows = summary.samples + quarantined;
    if (summary.samples === 0) {
      const message = `none of ${rows} rows can be used; ${first?.row ?? ''}: ${first?.code ?? ''}: ${first?.reason ?? ''}`;
      throw new InputError('nothing-imported', message, 'Look at the mapping file, or at the rows.');
    }
    const lines = [
      `${rows} rows: ${summary.samples} samples, ${quarantined} set aside`,
      ...counted(reasons),
      ...(Object.keys(flagged).length === 0
        ? []
        : ['of the samples, flagged in their provenance:', ...counted(flagged)]),
    ];
    await writer?.finish({
      about: `${summary.samples} samples imported from ${name}. Of each, the gold earns 1 and an empty response 0 under the reward profiles that its\nprovenance names. Rows that could not be used are in \`quarantine.jsonl\`, each with its reason.`,
      sections: [{ title: 'Import', lines }],
      report: {
        imported: { dataset: name, files: targets.map((target) => path.basename(target)), rows, reasons, flagged },
      },
    });
    const result = { ...(dryRun === true ? {} : { out }), rows, quarantined, reasons, flagged, ...summary };
    if (format === 'json') terminal.out(`${JSON.stringify(result)}\n`);
    else if (format === 'quiet') terminal.out(dryRun === true ? '' : `${out}\n`);
    else terminal.out(`${[...lines, dryRun === true ? 'Nothing was written.' : `Written to ${out}.`].join('\n')}\n`);
  } catch (error) {
    await writer?.abandon();
    throw error;
  }
}

export function registerImport(data: Command, terminal: Terminal): void {
  data
    .command('import')
    .description('rows of the released layout, or of any question-answering set by a mapping file, as native samples')
    .argument('<paths...>', `files, folders, patterns: ${rowFormats.join(', ')}, each also .gz`)
    .option('--mapping <file>', 'YAML that says where context, question and answer stand (docs/construction.md)')
    .option('--dataset <name>', 'name of a dataset in the released layout', 'Kwai-Klear/GoLongRL')
    .option('--licence <name>', 'its licence, as an SPDX identifier', 'unknown')
    .option('--encoding <label>', 'of text files, e.g. gb18030, windows-1252; told from the bytes by default')
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
    .action((targets: string[], flags: Flags) => run(targets, flags, terminal));
}
