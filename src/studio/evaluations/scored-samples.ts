/** @file The scored responses of an evaluation: a page of them, and one with its response and the judge's words. */
import { existsSync } from 'node:fs';
import { cachedReplySchema } from '../../evaluation/run/ask-items.ts';
import type { SampleRow } from '../../evaluation/run/score-samples.ts';
import { depthBin, lengthBin } from '../../evaluation/run/summary.ts';
import { RequestCache } from '../../llm/request-cache.ts';
import type { ScoredDetail, ScoredPage } from '../shared/evaluation-api.ts';
import type { OpenEvaluation } from './open-evaluation.ts';

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

async function repliesOf(open: OpenEvaluation, name: string, keys: readonly string[]) {
  const file = open.directory.file('cache', name);
  if (keys.length === 0 || !existsSync(file)) return [];
  const cache = await RequestCache.open(file, cachedReplySchema, true);
  try {
    const replies = [];
    for (const key of keys) replies.push(await cache.get(key));
    return replies.filter((reply) => reply !== undefined);
  } finally {
    await cache.close();
  }
}

/** Undefined where there is no such sample. */
export async function scoredDetail(
  open: OpenEvaluation,
  { benchmark, id, repeat }: Pick<SampleRow, 'benchmark' | 'id' | 'repeat'>,
): Promise<ScoredDetail | undefined> {
  const row = (await open.rows()).find(
    (each) => each.benchmark === benchmark && each.id === id && each.repeat === repeat,
  );
  if (row === undefined) return undefined;
  const facts = (await open.facts(benchmark)).get(id);
  const [reply] = await repliesOf(open, 'requests.jsonl', row.key === undefined ? [] : [row.key]);
  const words = await repliesOf(open, 'verdicts.jsonl', row.verdicts ?? []);
  return {
    row,
    question: facts?.question ?? '',
    gold: facts?.gold ?? [],
    evidence: facts?.evidence,
    response: reply?.text,
    answer: reply?.answer,
    words: words.map(({ text }) => text),
  };
}
