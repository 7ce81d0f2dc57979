/**
 * @file The columns of TRL and OpenRLHF as Parquet. verl's are those of the upstream records (`parquet.ts`).
 */
import type { SchemaElement } from 'hyparquet-writer';
import { group, list, type ParquetTable, text, upstreamTable } from './parquet.ts';
import type { Trainer } from './trainer-export.ts';

const messages = (name: string): SchemaElement[] => list(name, [group('element', 2), text('role'), text('content')]);

export const trainerTables: Readonly<Record<Trainer, ParquetTable>> = {
  verl: upstreamTable,
  trl: {
    columns: ['prompt', 'id', 'task', 'metric', 'gold', 'language'],
    schema: [
      { name: 'root', num_children: 6 },
      ...messages('prompt'),
      text('id'),
      text('task'),
      text('metric'),
      ...list('gold', [text('element')]),
      text('language'),
    ],
  },
  openrlhf: {
    columns: ['input', 'label'],
    schema: [{ name: 'root', num_children: 2 }, ...messages('input'), text('label')],
  },
};
