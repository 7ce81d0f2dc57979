/** @file The scored responses of an evaluation: a page of them, and one with its response and the judge's words. */
import type { z } from 'zod';
import { cachedReplySchema } from '../../evaluation/run/ask-items.ts';
import type { SampleRow } from '../../evaluation/run/score-samples.ts';
import { depthBin, lengthBin } from '../../evaluation/run/summary.ts';
import { KeptReplies } from '../index/kept-replies.ts';
import type { ScoredDetail, ScoredPage } from '../shared/evaluation-api.ts';
import type { OpenEvaluation } from './open-evaluation.ts';

type CachedReply = z.infer<typeof cachedReplySchema>;

/** What a list is narrowed by; empty texts narrow nothing. */
export interface ScoredAsk {
  readonly benchmark: string;
  readonly state: string;
  /** A bin of length, of depth. */
  readonly length: string;
  readonly depth: string;
  /** Words of the question or of the extracted answer. */
  readonly words: string;
  readonly offset: number;
  readonly limit: number;
}

/** Characters of a question in a row. */
const shownQuestion = 240;

async function questionOf(
  open: OpenEvaluation,
  { benchmark, id }: Pick<SampleRow, 'benchmark' | 'id'>,
): Promise<string> {
  return (await open.facts(benchmark)).get(id)?.question ?? '';
}

/** In the order of the file. @throws InputError when the evaluation is damaged */
export async function scoredPage(open: OpenEvaluation, ask: ScoredAsk): Promise<ScoredPage> {
  const { benchmark, state, length, depth, words, offset, limit } = ask;
  const needle = words.toLowerCase();
  const narrowed = (await open.rows()).filter(
    (row) =>
      (benchmark === '' || row.benchmark === benchmark) &&
      (state === '' || row.state === state) &&
      (length === '' || lengthBin(row.characters) === length) &&
      (depth === '' || (row.depth !== null && depthBin(row.depth) === depth)),
  );
  const named = [];
  for (const row of narrowed) {
    const question = await questionOf(open, row);
    if (needle === '' || question.toLowerCase().includes(needle) || row.extracted.toLowerCase().includes(needle))
      named.push({ row, question });
  }
  return {
    total: named.length,
    offset,
    rows: named.slice(offset, offset + limit).map(({ row, question }) => {
      const { id, repeat, subset, score, rule, judge, extracted, characters } = row;
      return {
        benchmark: row.benchmark,
        id,
        repeat,
        subset,
        state: row.state,
        score,
        rule,
        judge,
        extracted,
        characters,
        depth: row.depth,
        question: question.slice(0, shownQuestion),
      };
    }),
  };
}

/** Responses and verdicts of an evaluation. Close it. */
export class ScoredReplies {
  private readonly requests: KeptReplies<CachedReply>;
  private readonly verdicts: KeptReplies<CachedReply>;

  constructor({ directory }: OpenEvaluation) {
    this.requests = new KeptReplies(directory.file('cache', 'requests.jsonl'), cachedReplySchema);
    this.verdicts = new KeptReplies(directory.file('cache', 'verdicts.jsonl'), cachedReplySchema);
  }

  /** The response to a sample and the words of its judge, as far as they were kept. */
  async of({ key, verdicts = [] }: SampleRow) {
    const reply = key === undefined ? undefined : await this.requests.get(key);
    const words = [];
    for (const verdict of verdicts) words.push((await this.verdicts.get(verdict))?.text);
    return { response: reply?.text, answer: reply?.answer, words: words.filter((text) => text !== undefined) };
  }

  async close(): Promise<void> {
    await this.requests.close();
    await this.verdicts.close();
  }
}

/** Undefined where there is no such sample. */
export async function scoredDetail(
  open: OpenEvaluation,
  { benchmark, id, repeat }: Pick<SampleRow, 'benchmark' | 'id' | 'repeat'>,
  replies: ScoredReplies,
): Promise<ScoredDetail | undefined> {
  const row = (await open.rows()).find(
    (each) => each.benchmark === benchmark && each.id === id && each.repeat === repeat,
  );
  if (row === undefined) return undefined;
  const facts = (await open.facts(benchmark)).get(id);
  return {
    row,
    question: facts?.question ?? '',
    gold: facts?.gold ?? [],
    evidence: facts?.evidence,
    ...(await replies.of(row)),
  };
}
