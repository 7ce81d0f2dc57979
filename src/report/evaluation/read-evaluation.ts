/**
 * @file What the report of an evaluation shows, read from its directory: summaries, and for the sample browser short pieces of each
 * question, gold, context and response. The pieces share a budget, so that the page stays a file one can send.
 */

import { InputError } from '../../errors.ts';
import { type AlignmentRow, alignmentTable } from '../../evaluation/compare/alignment.ts';
import { compareRuns, type RunComparison } from '../../evaluation/compare/compare-runs.ts';
import { cachedReplySchema } from '../../evaluation/run/ask-items.ts';
import type {
  EvaluationDirectory,
  EvaluationRecord,
  EvaluationSummary,
} from '../../evaluation/run/evaluation-directory.ts';
import type { SampleRow } from '../../evaluation/run/score-samples.ts';
import { RequestCache } from '../../llm/request-cache.ts';

/** Characters of all pieces together: with names and numbers a page of 10,000 samples stays under 20 MB. */
const budget = 11_000_000;
const mostPiece = 1500;

/** Texts are shortened to the page's budget. */
export interface BrowserItem {
  readonly benchmark: string;
  readonly id: string;
  readonly subset: string;
  readonly question: string;
  readonly gold: string;
  /** Context before, in and after the evidence; empty where unknown. */
  readonly context: readonly [string, string, string] | null;
}

/** One response; scores are rounded to four decimals. */
export interface BrowserSample {
  /** Index of the item. */
  readonly item: number;
  readonly repeat: number;
  readonly state: string;
  readonly score: number;
  readonly rule: number;
  readonly judge: boolean | null;
  readonly extracted: string;
  readonly response: string;
  readonly note: string;
  /** Score of the same item in the run compared with. */
  readonly other?: number;
}

/** All that the page shows; `comparison` and `alignment` are there where they were asked for. */
export interface EvaluationView {
  readonly record: EvaluationRecord;
  readonly summary: EvaluationSummary;
  readonly items: readonly BrowserItem[];
  readonly samples: readonly BrowserSample[];
  readonly comparison: RunComparison | undefined;
  readonly alignment: { readonly model: string; readonly rows: readonly AlignmentRow[] } | undefined;
}

/** Head and tail of a text. */
function piece(text: string, size: number): string {
  if (text.length <= size) return text;
  const tail = Math.floor(size / 2);
  return `${text.slice(0, size - tail)} […] ${text.slice(-tail)}`;
}

/** The end of a text, where the answer stands. */
const ending = (text: string, size: number): string => (text.length <= size ? text : `[…] ${text.slice(-size)}`);

async function browserItems(directory: EvaluationDirectory, names: readonly string[], size: number) {
  const items: BrowserItem[] = [];
  const index = new Map<string, number>();
  for (const benchmark of names) {
    for (const { id, subset, question, gold, evidence } of await directory.readItems(benchmark)) {
      index.set(`${benchmark}\n${id}`, items.length);
      items.push({
        benchmark,
        id,
        subset,
        question: piece(question, size),
        gold: piece(gold.join(' | '), size / 2),
        context:
          evidence === undefined
            ? null
            : [evidence.before.slice(-size / 3), piece(evidence.span, size / 3), evidence.after.slice(0, size / 3)],
      });
    }
  }
  return { items, index };
}

const noteOf = ({ error, truncation }: SampleRow): string =>
  [
    ...(error === undefined ? [] : [`${error.code}: ${error.message.slice(0, 200)}`]),
    ...(truncation === undefined
      ? []
      : [`prompt cut from ${truncation.original} to ${truncation.kept} ${truncation.unit}`]),
  ].join('; ');

/** What the page shows beside the run itself. */
export interface ReadEvaluationOptions {
  /** An earlier run; flips are shown against it. */
  readonly against?: EvaluationDirectory | undefined;
  /** A model with published figures. */
  readonly published?: string | undefined;
}

/** @throws InputError when the run has no results yet */
export async function readEvaluation(
  directory: EvaluationDirectory,
  { against, published }: ReadEvaluationOptions = {},
): Promise<EvaluationView> {
  const record = await directory.readRecord();
  if (record === undefined) {
    throw new InputError(
      'no-evaluation',
      `${directory.path}: there is no evaluation here.`,
      'Make one with: golongrl eval run',
    );
  }
  const summary = await directory.readSummary();
  const rows = await directory.readSamples();
  const size = Math.min(mostPiece, Math.floor(budget / Math.max(1, rows.length) / 4));
  const names = summary.benchmarks.map(({ benchmark }) => benchmark);
  const { items, index } = await browserItems(directory, names, size);
  const comparison = against === undefined ? undefined : await compareRuns(against, directory);
  const earlier = new Map(
    (comparison?.flips ?? []).map(({ benchmark, id, before }) => [`${benchmark}\n${id}`, before]),
  );
  const cache = await RequestCache.open(directory.file('cache', 'requests.jsonl'), cachedReplySchema, true);
  try {
    const samples: BrowserSample[] = [];
    for (const row of rows) {
      const reply = row.key === undefined ? undefined : await cache.get(row.key);
      const other = earlier.get(`${row.benchmark}\n${row.id}`);
      samples.push({
        item: index.get(`${row.benchmark}\n${row.id}`) ?? 0,
        repeat: row.repeat,
        state: row.state,
        score: Math.round(row.score * 1e4) / 1e4,
        rule: Math.round(row.rule * 1e4) / 1e4,
        judge: row.judge,
        extracted: piece(row.extracted, size / 2),
        response: ending(reply?.answer ?? reply?.text ?? '', size),
        note: noteOf(row),
        ...(other === undefined ? {} : { other }),
      });
    }
    const alignment =
      published === undefined ? undefined : { model: published, rows: alignmentTable(summary, published) };
    return { record, summary, items, samples, comparison, alignment };
  } finally {
    await cache.close();
  }
}
