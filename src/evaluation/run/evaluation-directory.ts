/**
 * @file The directory of an evaluation (docs/evaluation.md): layout, schema version, what is written when. Every file but the two
 * caches is written atomically, and `run.json` last.
 */
import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../../errors.ts';
import { readJournal, writeJournal } from '../../storage/journal.ts';
import { type JournalKind, trusted } from '../../storage/journal-line.ts';
import { findRecord, readRecord, writeRecord } from '../../storage/record.ts';
import type { ItemFacts } from '../benchmark.ts';
import type { ResponseRow } from './ask-items.ts';
import type { Spending } from './budget.ts';
import { type SampleRow, sampleStates } from './score-samples.ts';
import { evaluationSettingsSchema } from './settings.ts';
import type { BenchmarkSummary } from './summary.ts';

/** In `run.json`; a directory of another version is refused by name. */
export const evaluationSchemaVersion = 1;

const dataSchema = z.object({
  path: z.string(),
  revision: z.string().optional(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
  items: z.number(),
  prompts: z.record(z.string(), z.object({ sha256: z.string(), origin: z.string() })),
});

const marksSchema = z.object({
  thinkOpen: z.array(z.string()).readonly().optional(),
  thinkClose: z.array(z.string()).readonly().optional(),
  endTokens: z.array(z.string()).readonly().optional(),
  opensThinking: z.boolean().optional(),
});

const recordSchema = z.object({
  schemaVersion: z.literal(evaluationSchemaVersion),
  kind: z.literal('evaluation'),
  status: z.enum(['running', 'incomplete', 'done']),
  settings: evaluationSettingsSchema,
  /** What each benchmark read. */
  data: z.record(z.string(), dataSchema),
  judgePrompts: z.string().optional(),
  /** Of the policy's template and tokenizer, where the engine is ours: scoring again reads with the same. */
  marks: marksSchema.optional(),
  tokenizer: z.string(),
  versions: z.record(z.string(), z.string()),
});

/** `run.json`: settings, versions and data. `incomplete`: the run ended and some samples are errors. */
export type EvaluationRecord = z.infer<typeof recordSchema>;
/** Which files of a benchmark were read, with their hashes, so that two runs can be held against each other. */
export type DataFacts = z.infer<typeof dataSchema>;

/** summary.json */
export interface EvaluationSummary {
  readonly benchmarks: readonly BenchmarkSummary[];
  readonly longContextMean: { readonly score: number; readonly ci95: readonly [number, number] } | null;
  readonly spent: Spending;
}

const summarySchema = trusted<EvaluationSummary>({
  benchmarks: z.array(
    z.looseObject({
      benchmark: z.string(),
      title: z.string(),
      samples: z.number(),
      coverage: z.number(),
      score: z.number().nullable(),
    }),
  ),
  longContextMean: z.looseObject({ score: z.number() }).nullable(),
  spent: z.looseObject({}),
});

const scoreAgain = 'Score the responses again: golongrl eval run --resume DIR --rescore';
const askAgain = 'Delete the file, then go on with: golongrl eval run --resume DIR. What was answered is in the cache.';

/** Files of lines that are written at once. */
const listOf = <Row>(name: string, hint: string, shape: z.core.$ZodLooseShape): JournalKind<Row> => ({
  name,
  code: 'evaluation-damaged',
  hint,
  line: trusted<Row>(shape),
  whole: true,
  filled: true,
});

const id = z.string();
const itemLines = listOf<ItemFacts>('an item of an evaluation', askAgain, {
  id,
  subset: z.string(),
  cluster: z.string(),
  question: z.string(),
  gold: z.array(z.string()),
});
const responseLines = listOf<ResponseRow>('a response of an evaluation', askAgain, { id, repeat: z.int() });
const sampleLines = listOf<SampleRow>('a sample of an evaluation', scoreAgain, {
  benchmark: z.string(),
  id,
  repeat: z.int(),
  cluster: z.string(),
  state: z.enum(sampleStates),
  score: z.number(),
});

/** The files of one evaluation; what reads them throws InputError where one is damaged. */
export class EvaluationDirectory {
  readonly path: string;

  constructor(directory: string) {
    this.path = directory;
  }

  /** The path of a file in the directory. */
  file(...parts: string[]): string {
    return path.join(this.path, ...parts);
  }

  /** Undefined where there is none yet. @throws InputError when it is of another version or broken */
  readRecord(): Promise<EvaluationRecord | undefined> {
    return findRecord(this.file('run.json'), recordSchema, {
      name: `the record of an evaluation of schema version ${evaluationSchemaVersion}`,
      code: 'run-foreign',
      hint: 'Put the file back from a copy, use the golongrl version that wrote it, or choose another --out.',
    });
  }

  /** Writes `run.json`: what is evaluated, with which settings. */
  writeRecord(record: EvaluationRecord): Promise<void> {
    return writeRecord(this.file('run.json'), record);
  }

  /** Writes the facts of the items of a benchmark, without their prompts. */
  async writeItems(benchmark: string, items: readonly ItemFacts[]): Promise<void> {
    await writeJournal(this.file('items', `${benchmark}.jsonl`), items);
  }

  /** The facts of the items of a benchmark. */
  async readItems(benchmark: string): Promise<ItemFacts[]> {
    return await readJournal(this.file('items', `${benchmark}.jsonl`), itemLines);
  }

  /** Writes the responses of a benchmark; earlier ones are replaced. */
  async writeResponses(benchmark: string, rows: Iterable<ResponseRow>): Promise<void> {
    await writeJournal(this.file('responses', `${benchmark}.jsonl`), rows);
  }

  /** The responses of a benchmark. */
  async readResponses(benchmark: string): Promise<ResponseRow[]> {
    return await readJournal(this.file('responses', `${benchmark}.jsonl`), responseLines);
  }

  /** Writes a scored line for each response. */
  async writeSamples(rows: readonly SampleRow[]): Promise<void> {
    await writeJournal(this.file('samples.jsonl'), rows);
  }

  /** @throws InputError when there are none yet, or broken ones */
  async readSamples(): Promise<SampleRow[]> {
    const file = this.file('samples.jsonl');
    const rows = await readJournal(file, sampleLines);
    if (rows.length > 0) return rows;
    const hint = `${scoreAgain}; where the evaluation has not ended: golongrl eval run --resume DIR`;
    throw new InputError('no-evaluation', `${file}: there are no results of an evaluation here.`, hint);
  }

  /** Writes `summary.json`, last: it means that the evaluation is complete. */
  writeSummary(summary: EvaluationSummary): Promise<void> {
    return writeRecord(this.file('summary.json'), summary);
  }

  /** @throws InputError when the run has none yet, or a broken one */
  readSummary(): Promise<EvaluationSummary> {
    return readRecord(this.file('summary.json'), summarySchema, {
      name: 'the summary of an evaluation',
      code: 'evaluation-damaged',
      hint: `${scoreAgain}; where the evaluation has not ended: golongrl eval run --resume DIR`,
    });
  }
}
