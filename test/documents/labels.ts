/** @file What a careful reader says is in a document: `NAME.labels.json` beside it. A key that is left out was not looked for. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const table = z.strictObject({
  caption: z.string().optional(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  totals: z.array(z.number()).optional(),
  units: z.record(z.string(), z.string()).optional(),
});

const turn = z.strictObject({
  speaker: z.string(),
  starts: z.string(),
  time: z.string().optional(),
  directions: z.array(z.string()).optional(),
});

const section = z.strictObject({ title: z.string(), number: z.string().optional(), level: z.number().optional() });
const reference = z.strictObject({ label: z.string(), to: z.string(), target: z.string().optional() });
const quantity = z.strictObject({
  text: z.string(),
  value: z.number().optional(),
  unit: z.string().optional(),
  measures: z.string().optional(),
});

const labels = z.strictObject({
  file: z.string(),
  language: z.string(),
  kind: z.string(),
  sections: z.array(section).optional(),
  tables: z.array(table).optional(),
  turns: z.array(turn).optional(),
  names: z.array(z.strictObject({ name: z.string(), kind: z.string() })).optional(),
  definitions: z.array(z.strictObject({ term: z.string(), meaning: z.string() })).optional(),
  references: z.array(reference).optional(),
  quotations: z.array(z.strictObject({ text: z.string(), speaker: z.string().optional() })).optional(),
  events: z.array(z.strictObject({ date: z.string(), contains: z.string() })).optional(),
  quantities: z.array(quantity).optional(),
  steps: z.array(z.array(z.string())).optional(),
  lists: z.array(z.array(z.string())).optional(),
  summaries: z.array(z.strictObject({ kind: z.string(), starts: z.string(), ends: z.string() })).optional(),
  /** Texts that could be argued about, by kind of fact: neither right nor wrong. */
  maybe: z.record(z.string(), z.array(z.unknown())).optional(),
});

/** The labels of one document. */
export type Labels = z.infer<typeof labels>;
/** A table as it is labelled; rows without the heading, spans resolved. */
export type LabelledTable = z.infer<typeof table>;
/** A turn as it is labelled. */
export type LabelledTurn = z.infer<typeof turn>;

/** @throws ZodError for a file of another form. */
export const readLabels = (file: string): Labels => labels.parse(JSON.parse(readFileSync(file, 'utf8')));

/** What may be argued about, of one kind of fact, as texts. */
export const maybeOf = ({ maybe }: Labels, kind: string): string[] =>
  (maybe?.[kind] ?? []).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry ?? {}).filter((value) => typeof value === 'string'),
  );
