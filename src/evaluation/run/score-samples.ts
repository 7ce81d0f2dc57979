/**
 * @file The second half of an evaluation: a response becomes a sample with a state and a score. Nothing here asks the model; a judge
 * is asked where there is one, and remembers.
 */
import type { RequestCache } from '../../llm/request-cache.ts';
import type { PolicyMarks } from '../../rewards/reading/reading.ts';
import { strip } from '../../rewards/text.ts';
import type { Benchmark, CompatProfile, ItemFacts, RuleScore } from '../benchmark.ts';
import type { AskedItem, CachedReply, ResponseRow } from './ask-items.ts';
import type { Judge } from './judge.ts';

/** `truncated`: the response ran into its limit of tokens. `error`: there is no score, and coverage falls. */
export const sampleStates = ['ok', 'wrong', 'unparsed', 'truncated', 'error'] as const;
/** Decided in this order: error, truncated, unparsed, then by the score. */
export type SampleState = (typeof sampleStates)[number];

/** A line of samples.jsonl. */
export interface SampleRow {
  readonly benchmark: string;
  readonly id: string;
  readonly repeat: number;
  readonly subset: string;
  readonly cluster: string;
  readonly state: SampleState;
  /** In [0, 1]; 0 for an error, which the score leaves out. */
  readonly score: number;
  /** What rules alone say. */
  readonly rule: number;
  /** What the judge said; null where none was asked. */
  readonly judge: boolean | null;
  /** What the judge replied, by its keys in `cache/verdicts.jsonl`; evaluations of before December 2026 lack it. */
  readonly verdicts?: readonly string[];
  readonly extracted: string;
  /** What the reader of answers found, in which form, and why it is worth this much, where a rule reads with it. */
  readonly answer?: RuleScore['answer'];
  /** Characters of the prompt, as given. */
  readonly characters: number;
  /** Position of the evidence in the context, 0 to 1; null where unknown. */
  readonly depth: number | null;
  readonly groups: Readonly<Record<string, string>>;
  /** The response, by its key in the cache. */
  readonly key?: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly truncation?: ResponseRow['truncation'];
  readonly error?: ResponseRow['error'];
}

/** What the items of one benchmark share while they are scored. */
export interface ScoreContext {
  readonly benchmark: Benchmark;
  readonly profile: CompatProfile;
  readonly cache: RequestCache<CachedReply>;
  /** Absent: rules only. */
  readonly judge: Judge | undefined;
  /** Of the policy, where the engine is ours. */
  readonly marks?: PolicyMarks | undefined;
}

/** Characters of an extracted answer that a row keeps. */
const shownAnswer = 400;

const stateOf = (row: ResponseRow, parsed: boolean, score: number): SampleState => {
  if (row.finish === 'length') return 'truncated';
  if (!parsed) return 'unparsed';
  return score > 0 ? 'ok' : 'wrong';
};

/** The verdict over all golds, one yes being enough; undefined where no question was decided yes and some were not decided. */
async function judged(context: ScoreContext, judge: Judge, facts: ItemFacts, response: string) {
  const questions = context.benchmark.judge?.(facts, response, context.profile) ?? [];
  const judgments = await Promise.all(questions.map((question) => judge.ask(question)));
  const yes = judgments.some(({ verdict }) => verdict === true);
  const open = judgments.find(({ verdict }) => verdict === undefined);
  const why = open?.error ?? 'the judge gave no verdict';
  const keys = judgments.flatMap((judgment) => judgment.keys);
  return { asked: questions.length > 0, verdict: yes ? true : open === undefined ? false : undefined, why, keys };
}

async function scoreResponseRow(context: ScoreContext, facts: ItemFacts, row: ResponseRow): Promise<SampleRow> {
  const { benchmark, profile, cache, judge } = context;
  const base = {
    benchmark: benchmark.name,
    id: facts.id,
    repeat: row.repeat,
    subset: facts.subset,
    cluster: facts.cluster,
    characters: facts.characters,
    depth: facts.evidence?.depth ?? null,
    groups: facts.groups,
    promptTokens: row.promptTokens,
    completionTokens: row.completionTokens,
    ...(row.key === undefined ? {} : { key: row.key }),
    ...(row.truncation === undefined ? {} : { truncation: row.truncation }),
  };
  const failed = (code: string, message: string, rule = 0, extracted = ''): SampleRow => ({
    ...base,
    state: 'error',
    score: 0,
    rule,
    judge: null,
    extracted,
    error: { code, message },
  });
  if (row.error !== undefined) return failed(row.error.code, row.error.message);
  const reply = row.key === undefined ? undefined : await cache.get(row.key);
  if (reply === undefined) return failed('response-lost', 'The cache does not hold this response.');
  const response = strip(reply.answer ?? reply.text);
  const rule = benchmark.score(facts, response, profile, context.marks);
  const extracted = rule.extracted.slice(0, shownAnswer);
  if (rule.unjudged !== undefined) return failed(`reward-${rule.unjudged}`, rule.answer?.reason ?? '', 0, extracted);
  const alone = { asked: false, verdict: undefined, why: '', keys: [] };
  const { asked, verdict, why, keys } = judge === undefined ? alone : await judged(context, judge, facts, response);
  if (asked && verdict === undefined) return failed('judge', why, rule.score, extracted);
  const combine = benchmark.combine?.(profile) ?? 'larger';
  const score = !asked ? rule.score : combine === 'judge' ? Number(verdict) : Math.max(rule.score, Number(verdict));
  return {
    ...base,
    state: stateOf(row, rule.parsed, score),
    score,
    rule: rule.score,
    judge: asked ? (verdict ?? null) : null,
    ...(keys.length === 0 ? {} : { verdicts: keys }),
    extracted,
    ...(rule.answer === undefined ? {} : { answer: rule.answer }),
  };
}

/** The samples of an item, one a repeat. */
export function scoreItem(context: ScoreContext, { facts, responses }: AskedItem): Promise<SampleRow[]> {
  return Promise.all(responses.map((row) => scoreResponseRow(context, facts, row)));
}
