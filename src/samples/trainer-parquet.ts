/**
 * @file The columns of TRL and OpenRLHF as Parquet. verl's are those of the upstream records (`parquet.ts`).
 */
import type { SchemaElement } from 'hyparquet-writer';
import { group, list, type ParquetTable, text, upstreamTable } from './parquet.ts';
import type { Trainer } from './trainer-export.ts';

const messages = (name: string): SchemaElement[] => list(name, [group('element', 2), text('role'), text('content')]);

/** Agree with the records of `trainer-export.ts` field by field. */
export const trainerTables: Readonly<Record<Trainer, ParquetTable>> = {
  verl: upstreamTable,
  trl: {
    columns: ['prompt', 'id', 'task', 'reward'],
    schema: [
      { name: 'root', num_children: 4 },
      ...messages('prompt'),
      text('id'),
      text('task'),
      group('reward', 4),
      text('metric'),
      ...list('gold', [text('element')]),
      text('language'),
      { name: 'caseSensitive', type: 'BOOLEAN', repetition_type: 'OPTIONAL' },
    ],
  },
  openrlhf: {
    columns: ['input', 'label', 'datasource'],
    schema: [{ name: 'root', num_children: 3 }, ...messages('input'), text('label'), text('datasource')],
  },
};
