/**
 * @file Scores a response: where its answer stands, then the metric.
 *
 * `hardened` reads every response by the one reader (reading/reading.ts). `paper` has two layouts. *Native* (`scoreResponse`): every
 * answer stands after `[Answer]`, whatever the task; `paper` then means the reference's gate and metrics on that area. *Upstream*
 * (`scoreUpstream`): the reference's own path (`default_compute_score`), in which EM is the bare text after `</think>`, IoU,
 * math_verify and Summary read the whole output, thinking included. State and format come from the one reader under both.
 */
import { messageOf } from '../errors.ts';
import { afterThinking, paperAnswerArea, thinkGateFailure } from './answer-area.ts';
import { mathGoldFault } from './metrics/math-verify.ts';
import { rewards } from './metrics/registry.ts';
import { selectionReward } from './metrics/selection.ts';
import { type Reading, readAnswer } from './reading/reading.ts';
import { aboveFloor, type Profile, type RewardResult, type RewardSpec } from './reward.ts';
import { strip } from './text.ts';
import { type UpstreamReward, type UpstreamRow, upstreamReward } from './upstream.ts';

type Scored = Pick<RewardResult, 'score' | 'status' | 'extracted' | 'reason'>;

const nothing = (reason: string): Scored => ({ score: 0, status: 'ok', extracted: '', reason });

/** Metrics whose reference adds 1e-8 to a denominator reach 1 - 5e-9 at best: that is a full score. */
const settle = (score: number): number => (score > 1 - 1e-8 ? 1 : Math.max(0, score));

function failed(error: unknown): RewardResult {
  const reason = messageOf(error);
  return { score: 0, status: 'error', state: 'unreadable', format: 'none', extracted: '', reason };
}

/** Characters of an answer that are read; no honest one is longer, unless its gold is long. */
const longestAnswer = 100_000;

const reads = (spec: RewardSpec, response: string): Reading =>
  readAnswer(response, { metric: spec.metric, marks: spec.marks });

/** A response without an answer scores 0, unless nobody could judge one. */
function withoutAnswer(spec: RewardSpec, reason: string): Scored {
  const fault = spec.metric === 'math_verify' ? mathGoldFault(spec) : undefined;
  return fault === undefined ? nothing(reason) : { ...nothing(fault), status: 'unjudgeable' };
}

function hardened(kind: UpstreamReward['kind'], spec: RewardSpec, response: string): RewardResult {
  const { state, format, answer, reason } = reads(spec, response);
  if (state !== 'answered') return { ...withoutAnswer(spec, reason), state, format, extracted: answer };
  const longest = Math.max(longestAnswer, 4 * (spec.gold[0]?.length ?? 0));
  if (answer.length > longest)
    return {
      ...nothing(`an answer of ${answer.length} characters, at most ${longest} are read`),
      state: 'unreadable',
      format,
    };
  const verdict = (kind === 'selection' ? selectionReward : rewards[kind])(answer, spec, 'hardened');
  if (verdict.unjudgeable === true)
    return { score: 0, status: 'unjudgeable', state, format, extracted: answer, reason: verdict.reason };
  // Summaries know what else is known without the text, and take their floor off themselves.
  const floored = spec.metric === 'Summary' ? verdict.score : aboveFloor(verdict.score, spec.floor ?? 0);
  const score = settle(spec.format === 'reward' && format !== 'exact' ? floored / 2 : floored);
  return { score, status: 'ok', state: verdict.state ?? state, format, extracted: answer, reason: verdict.reason };
}

/** A verdict of `paper` with what the reader saw. */
function watched(scored: Scored, spec: RewardSpec, response: string): RewardResult {
  const { state, format } = reads(spec, response);
  return { ...scored, state, format };
}

function paperNative(spec: RewardSpec, response: string): Scored {
  const gate = thinkGateFailure(response);
  if (gate !== undefined) return nothing(gate);
  const extracted = paperAnswerArea(afterThinking(response));
  if (extracted === '') return nothing('no answer');
  const { score, reason } = rewards[spec.metric](extracted, spec, 'paper');
  return { score: settle(score), status: 'ok', extracted, reason };
}

/**
 * The reward of a response to a native sample. Never throws: a metric that fails is `status: 'error'`.
 *
 * @example scoreResponse({ metric: 'EM', gold: ['Paris'], language: 'en' }, '</think>\n[Answer]\nParis', 'hardened').score // 1
 */
export function scoreResponse(spec: RewardSpec, response: string, profile: Profile): RewardResult {
  try {
    if (profile === 'hardened') return hardened(spec.metric, spec, response);
    return watched(paperNative(spec, response), spec, response);
  } catch (error) {
    return failed(error);
  }
}

function paperUpstream({ spec, kind, wrapped }: UpstreamReward, output: string): Scored {
  switch (kind) {
    case 'EM':
    case 'selection': {
      const extracted = strip(afterThinking(output));
      const reward = kind === 'EM' ? rewards.EM : selectionReward;
      return { ...reward(extracted, spec, 'paper'), status: 'ok', extracted };
    }
    case 'IoU':
      if (wrapped) return nothing('the reference does not unwrap a list around this ground truth');
      return { ...rewards.IoU(output, spec, 'paper'), status: 'ok', extracted: output };
    case 'math_verify':
      return { ...rewards.math_verify(output, spec, 'paper'), status: 'ok', extracted: output };
    default: {
      if (spec.gold.length === 0) return nothing('no gold');
      const extracted = kind === 'Summary' ? strip(output) : paperAnswerArea(output);
      return { ...rewards[kind](extracted, spec, 'paper'), status: 'ok', extracted };
    }
  }
}

/** The reward of a row in the upstream layout, with its task key. Never throws: a bad row is `status: 'error'`. */
export function scoreUpstream(row: UpstreamRow, profile: Profile): RewardResult & { readonly task: string } {
  try {
    const reward = upstreamReward(row);
    const { spec, task } = reward;
    if (profile === 'hardened') return { ...hardened(reward.kind, spec, row.solution_str), task };
    const gate = thinkGateFailure(row.solution_str);
    const scored = gate === undefined ? paperUpstream(reward, row.solution_str) : nothing(gate);
    return { ...watched(scored, spec, row.solution_str), task };
  } catch (error) {
    return { ...failed(error), task: '' };
  }
}
