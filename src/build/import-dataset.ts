/**
 * @file Rows of somebody else's dataset as a dataset of samples, with a line in `quarantine.jsonl` for each row that is none.
 */
import path from 'node:path';
import { type ImportItem, importRows } from '../construction/import/import-rows.ts';
import { layoutFor } from '../construction/import/mapping.ts';
import type { QuarantinedRow } from '../construction/import/refusal.ts';
import { countedSample, openTokenCounter, tokenizerName } from '../engine/token-counter.ts';
import { InputError } from '../errors.ts';
import { readRows } from '../records/read-rows.ts';
import { SampleCounter } from '../samples/sample-counter.ts';
import { DatasetWriter } from '../samples/write-dataset.ts';
import type { BuildReport } from './build-report.ts';
import type { ImportPlan } from './plan.ts';

const counted = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).map(([code, count]) => `  ${code} ${count}`);

/** Counts what comes of rows as it passes. */
class ImportTally {
  readonly reasons: Record<string, number> = {};
  /** Of samples, the findings that they are kept with. */
  readonly flagged: Record<string, number> = {};
  readonly samples = new SampleCounter();
  quarantined = 0;
  private first: QuarantinedRow | undefined;

  add(item: ImportItem): void {
    if ('sample' in item) {
      this.samples.add(item.sample);
      for (const flag of item.sample.provenance.imported?.flags ?? [])
        this.flagged[flag] = (this.flagged[flag] ?? 0) + 1;
      return;
    }
    const { quarantined: row } = item;
    this.first ??= row;
    this.quarantined++;
    this.reasons[row.code] = (this.reasons[row.code] ?? 0) + 1;
  }

  get rows(): number {
    return this.samples.summary().samples + this.quarantined;
  }

  /** @throws InputError when no row became a sample. */
  check({ source }: ImportPlan): void {
    if (this.samples.summary().samples > 0) return;
    const { row = '', code = '', reason = '' } = this.first ?? {};
    const message = `none of ${this.rows} rows can be used; ${row}: ${code}: ${reason}`;
    throw new InputError('nothing-imported', message, hintOf(source));
  }

  lines(): string[] {
    const { reasons, flagged, quarantined, rows } = this;
    const flags = Object.keys(flagged).length === 0 ? [] : ['of the samples, flagged in their provenance:'];
    const head = `${rows} rows: ${this.samples.summary().samples} samples, ${quarantined} set aside`;
    return [head, ...counted(reasons), ...flags, ...counted(flagged)];
  }
}

const hintOf = (source: ImportPlan['source']): string =>
  'mapping' in source
    ? 'Mend the mapping file: golongrl schema mapping lists its fields.'
    : 'Say where question, answer and context stand: --mapping FILE (docs/construction.md).';

async function finish(writer: DatasetWriter, { name, targets }: ImportPlan, tally: ImportTally): Promise<void> {
  const { reasons, flagged, rows } = tally;
  await writer.finish({
    about: `${tally.samples.summary().samples} samples imported from ${name}. Of each, the gold earns 1 and an empty response 0 under the reward profiles that its\nprovenance names. Rows that could not be used are in \`quarantine.jsonl\`, each with its reason.`,
    sections: [{ title: 'Import', lines: tally.lines() }],
    report: {
      imported: { dataset: name, files: targets.map((target) => path.basename(target)), rows, reasons, flagged },
    },
  });
}

async function openWriter({ out, tokenizer }: ImportPlan): Promise<DatasetWriter | undefined> {
  if (out === undefined) return undefined;
  const options = { seed: 0, tokenizer: tokenizerName(tokenizer), quarantine: true, ifExists: 'overwrite' } as const;
  return await DatasetWriter.open(out, options);
}

/** @throws InputError when no row became a sample, ResourceError when the disk is full. */
export async function importDataset(plan: ImportPlan): Promise<BuildReport> {
  const { out, targets, encoding, source } = plan;
  const counter = await openTokenCounter(plan.tokenizer);
  const layout = layoutFor('mapping' in source ? source.mapping : undefined);
  const writer = await openWriter(plan);
  const tally = new ImportTally();
  try {
    for await (const read of importRows(readRows(targets, { layout, encoding }), source)) {
      const item = 'sample' in read ? { sample: await countedSample(read.sample, counter) } : read;
      tally.add(item);
      if ('sample' in item) writer?.add(item.sample);
      else writer?.quarantine(item.quarantined);
    }
    tally.check(plan);
    if (writer !== undefined) await finish(writer, plan, tally);
  } catch (error) {
    await writer?.abandon();
    throw error;
  }
  const { reasons, flagged, quarantined, rows } = tally;
  const last = out === undefined ? 'Nothing was written.' : `Written to ${out}.`;
  const facts = { rows, quarantined, reasons, flagged, ...tally.samples.summary() };
  const summary = [...tally.lines(), last].join('\n');
  return { out, lines: [], summary, facts: out === undefined ? facts : { out, ...facts } };
}
