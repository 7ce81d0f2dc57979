/**
 * @file P3, open-source track: rows of a dataset of someone else become samples or quarantined rows with a named reason; none is lost.
 */
import type { Quarantined, Row } from '../../records/reader.ts';
import type { Sample } from '../../samples/sample.ts';
import { type Mapping, mapRow } from './mapping.ts';
import { type QuarantinedRow, Refusal } from './refusal.ts';
import { type ReleasedOptions, releasedSample } from './released.ts';

/** The outcome for one question: a sample, or the row set aside with its reason. */
export type ImportItem = { readonly sample: Sample } | { readonly quarantined: QuarantinedRow };

/** How rows are read: in the released layout, or by a mapping file. */
export type Source = { readonly released: ReleasedOptions } | { readonly mapping: Mapping };

function* questionsOf(row: Row, source: Source): Generator<{ row: string; make: () => Sample }> {
  if ('mapping' in source) yield* mapRow(row, source.mapping);
  else yield { row: row.id, make: () => releasedSample(row, source.released) };
}

/** One item for each question of each row, in order. Of equal samples the first is kept. */
export async function* importRows(rows: AsyncIterable<Row | Quarantined>, source: Source): AsyncGenerator<ImportItem> {
  const seen = new Map<string, string>();
  for await (const item of rows) {
    if (item.type === 'quarantined') {
      const { id, code, reason } = item;
      yield { quarantined: { row: id, code, reason } };
      continue;
    }
    for (const { row, make } of questionsOf(item, source)) {
      try {
        const sample = make();
        const twin = seen.get(sample.id);
        if (twin !== undefined) throw new Refusal('duplicate', `the same task, prompt and gold as ${twin}`);
        seen.set(sample.id, row);
        yield { sample };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        yield { quarantined: { row, code: error.code, reason: error.message } };
      }
    }
  }
}
