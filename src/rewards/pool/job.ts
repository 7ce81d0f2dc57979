/**
 * @file One unit of verification as it travels to a worker: a native sample, an upstream row, or a pair of mathematical texts.
 */
import { messageOf } from '../../errors.ts';
import { mathEqual } from '../math/equal.ts';
import { type AnswerType, judgeAnswer } from '../math/judge.ts';
import { readAnswer } from '../reading/reading.ts';
import type { Profile, RewardResult, RewardSpec } from '../reward.ts';
import { scoreResponse, scoreUpstream } from '../score.ts';
import { subTaskMetric, type UpstreamRow } from '../upstream.ts';

/** `math` compares two texts alone, without a sample; its score is 0 or 1. */
export type RewardJob =
  | { readonly type: 'native'; readonly spec: RewardSpec; readonly response: string; readonly profile: Profile }
  | { readonly type: 'upstream'; readonly row: UpstreamRow; readonly profile: Profile }
  | { readonly type: 'math'; readonly gold: string; readonly pred: string; readonly profile: Profile };

/** A reward with its task key; a pair of mathematical texts also has the type of its gold and the steps of its verdict. */
export interface JobResult extends RewardResult {
  readonly task: string;
  readonly trace?: readonly string[];
  readonly type?: AnswerType;
}

/** Runs a job in this thread; never throws. */
export function runJob(job: RewardJob): JobResult {
  try {
    return verdictOf(job);
  } catch (error) {
    return unanswered(taskOf(job), 'error', messageOf(error));
  }
}

function verdictOf(job: RewardJob): JobResult {
  switch (job.type) {
    case 'native':
      return { ...scoreResponse(job.spec, job.response, job.profile), task: job.spec.metric };
    case 'upstream':
      return scoreUpstream(job.row, job.profile);
    case 'math':
      return mathJob(job);
  }
}

/** What stands in a result without a verdict. */
const noVerdict = { score: 0, state: 'unreadable', format: 'none', extracted: '' } as const;

type MathJob = Extract<RewardJob, { type: 'math' }>;

function mathJob(job: MathJob): JobResult {
  try {
    return job.profile === 'paper' ? paperMath(job) : typedMath(job);
  } catch (error) {
    const reason = messageOf(error);
    return { ...noVerdict, status: 'error', reason, task: 'math_verify', trace: [reason] };
  }
}

function paperMath({ gold, pred }: MathJob): JobResult {
  const { equal, trace, extracted } = mathEqual(gold, pred);
  const { state, format } = readAnswer(pred, { metric: 'math_verify' });
  const reason = trace.at(-1) ?? '';
  return { score: equal ? 1 : 0, status: 'ok', state, format, extracted, reason, task: 'math_verify', trace };
}

/** `pred` is a whole response or a bare answer: the reader finds the answer in it. */
function typedMath({ gold, pred }: MathJob): JobResult {
  const { state, format, answer, reason } = readAnswer(pred, { metric: 'math_verify' });
  const judged = judgeAnswer(gold, state === 'answered' ? answer : '');
  const why = state === 'answered' || judged.verdict === 'unjudgeable' ? judged.reason : reason;
  return {
    score: judged.verdict === 'equal' ? 1 : 0,
    status: judged.verdict === 'unjudgeable' ? 'unjudgeable' : 'ok',
    state,
    format,
    extracted: judged.answer,
    reason: why,
    task: 'math_verify',
    type: judged.type,
    trace: [`gold: "${judged.gold}" (${judged.type})`, `answer: "${judged.answer}"`, `${judged.verdict}: ${why}`],
  };
}

/** Characters of all texts in a value of JSON; nesting that no ground truth has counts as endless. */
function textSize(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (depth > 3) return Number.POSITIVE_INFINITY;
  let size = 0;
  for (const item of Object.values(value)) size += textSize(item, depth + 1);
  return size;
}

/** Characters that the verifier of a job reads: the response's and the gold's. */
export function jobSize(job: RewardJob): { readonly response: number; readonly gold: number } {
  switch (job.type) {
    case 'native':
      return { response: job.response.length, gold: textSize(job.spec.gold) };
    case 'upstream':
      return { response: job.row.solution_str.length, gold: textSize(job.row.ground_truth) };
    case 'math':
      return { response: job.pred.length, gold: job.gold.length };
  }
}

/** Jobs of more characters than this are large: they travel alone, and never in the way of ordinary ones. */
const ordinarySize = 100_000;

/** By the characters that its verifier reads, response and gold together. */
export function isLarge(job: RewardJob): boolean {
  const { response, gold } = jobSize(job);
  return response + gold > ordinarySize;
}

/** Up to this many characters, a metric whose time is linear in them takes a millisecond or so. */
const quickSize = 20_000;
/** ROUGE-L's time grows with the product: up to this it stays within about 20 ms at the very worst. */
const quickProduct = 2e7;

/**
 * Whether a job may run in a thread that must not stall: its time is bounded by its size, well below 50 ms. Mathematics may
 * take longer, Chinese words load a dictionary.
 */
export function isQuick(job: RewardJob): boolean {
  const { response, gold } = jobSize(job);
  if (job.type === 'math' || response + gold > quickSize) return false;
  if (job.type === 'native') {
    const { metric, language } = job.spec;
    return metric !== 'math_verify' && (metric !== 'Summary' || (language === 'en' && response * gold <= quickProduct));
  }
  const { data_source, extra_info } = job.row;
  const mode = extra_info?.reward_mode ?? '';
  if (data_source.includes('math') || mode === 'math_verify') return false;
  return response * gold <= quickProduct && subTaskMetric(mode) !== 'Summary';
}

/** The task key of a job before it is judged; an upstream row's is part of its verdict. */
export const taskOf = (job: RewardJob): string =>
  job.type === 'native' ? job.spec.metric : job.type === 'math' ? 'math_verify' : '';

/** The result of a job whose verifier did not answer. */
export const unanswered = (task: string, status: 'timeout' | 'error', reason: string): JobResult => ({
  ...noVerdict,
  status,
  reason,
  task,
});
