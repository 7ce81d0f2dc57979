/**
 * @file The directory of an evaluation (docs/evaluation.md): layout, schema version, what is written when. Every file but the two
 * caches is written atomically, and `run.json` last.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../../errors.ts';
import { writeJsonl } from '../../samples/jsonl.ts';
import { fileError, readJsonLines, writeFileAtomic } from '../../storage/files.ts';
import type { ItemFacts } from '../benchmark.ts';
import type { ResponseRow } from './ask-items.ts';
import type { Spending } from './budget.ts';
import type { SampleRow } from './score-samples.ts';
import { evaluationSettingsSchema } from './settings.ts';
import type { BenchmarkSummary } from './summary.ts';

export const evaluationSchemaVersion = 1;

const dataSchema = z.object({
  path: z.string(),
  revision: z.string().optional(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
  items: z.number(),
  prompts: z.record(z.string(), z.object({ sha256: z.string(), origin: z.string() })),
});

const recordSchema = z.object({
  schemaVersion: z.literal(evaluationSchemaVersion),
  kind: z.literal('evaluation'),
  status: z.enum(['running', 'incomplete', 'done']),
  settings: evaluationSettingsSchema,
  /** What each benchmark read. */
  data: z.record(z.string(), dataSchema),
  judgePrompts: z.string().optional(),
  tokenizer: z.string(),
  versions: z.record(z.string(), z.string()),
});

export type EvaluationRecord = z.infer<typeof recordSchema>;
export type DataFacts = z.infer<typeof dataSchema>;

/** summary.json */
export interface EvaluationSummary {
  readonly benchmarks: readonly BenchmarkSummary[];
  readonly longContextMean: { readonly score: number; readonly ci95: readonly [number, number] } | null;
  readonly spent: Spending;
}

export class EvaluationDirectory {
  readonly path: string;

  constructor(directory: string) {
    this.path = directory;
  }

  file(...parts: string[]): string {
    return path.join(this.path, ...parts);
  }

  /** Undefined where there is none yet. @throws InputError when it is of another version or broken */
  async readRecord(): Promise<EvaluationRecord | undefined> {
    const file = this.file('run.json');
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw fileError(error, file, 'read');
    }
    const parsed = recordSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    throw new InputError(
      'run-foreign',
      `${file}: got something that is no evaluation of schema version ${evaluationSchemaVersion}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
    );
  }

  writeRecord(record: EvaluationRecord): Promise<void> {
    return writeFileAtomic(this.file('run.json'), `${JSON.stringify(record, undefined, 1)}\n`);
  }

  async writeItems(benchmark: string, items: readonly ItemFacts[]): Promise<void> {
    await writeJsonl(this.file('items', `${benchmark}.jsonl`), items);
  }

  async readItems(benchmark: string): Promise<ItemFacts[]> {
    return (await readJsonLines(this.file('items', `${benchmark}.jsonl`))) as ItemFacts[];
  }

  async writeResponses(benchmark: string, rows: Iterable<ResponseRow>): Promise<void> {
    await writeJsonl(this.file('responses', `${benchmark}.jsonl`), rows);
  }

  async readResponses(benchmark: string): Promise<ResponseRow[]> {
    return (await readJsonLines(this.file('responses', `${benchmark}.jsonl`))) as ResponseRow[];
  }

  async writeSamples(rows: readonly SampleRow[]): Promise<void> {
    await writeJsonl(this.file('samples.jsonl'), rows);
  }

  async readSamples(): Promise<SampleRow[]> {
    return (await readJsonLines(this.file('samples.jsonl'))) as SampleRow[];
  }

  writeSummary(summary: EvaluationSummary): Promise<void> {
    return writeFileAtomic(this.file('summary.json'), `${JSON.stringify(summary, undefined, 1)}\n`);
  }

  /** @throws InputError when the run has none yet */
  async readSummary(): Promise<EvaluationSummary> {
    const file = this.file('summary.json');
    try {
      return JSON.parse(await readFile(file, 'utf8')) as EvaluationSummary;
    } catch (error) {
      throw fileError(error, file, 'read');
    }
  }
}
