/**
 * @file Scores a response: the think gate, the answer area, the metric.
 *
 * Two layouts. *Native* (`scoreResponse`): every answer stands after `[Answer]`, whatever the task and the profile; `paper`
 * then means the reference's gate and metrics on that area. *Upstream* (`scoreUpstream`): the reference's own path
 * (`default_compute_score`), in which EM is the bare text after `</think>`, IoU, math_verify and Summary read the whole
 * output, thinking included.
 */
import {
  afterThinking,
  hardenedAnswerArea,
  markCount,
  mostMarks,
  paperAnswerArea,
  thinkGateFailure,
} from './answer-area.ts';
import { rewards } from './metrics/registry.ts';
import { selectionReward } from './metrics/selection.ts';
import type { Profile, RewardResult, RewardSpec } from './reward.ts';
import { strip } from './text.ts';
import { type UpstreamReward, type UpstreamRow, upstreamReward } from './upstream.ts';

const nothing = (reason: string): RewardResult => ({ score: 0, status: 'ok', extracted: '', reason });

/** Metrics whose reference adds 1e-8 to a denominator reach 1 - 5e-9 at best: that is a full score. */
const settle = (score: number): number => (score > 1 - 1e-8 ? 1 : Math.max(0, score));

function failed(error: unknown): RewardResult {
  const reason = error instanceof Error ? error.message : String(error);
  return { score: 0, status: 'error', extracted: '', reason };
}

function hardened(kind: UpstreamReward['kind'], spec: RewardSpec, response: string): RewardResult {
  const marks = markCount(response);
  if (marks > mostMarks) return nothing(`${marks} answer marks: a list of guesses`);
  const extracted = hardenedAnswerArea(response);
  if (extracted === '') return nothing('no answer');
  const reward = kind === 'selection' ? selectionReward : rewards[kind];
  const { score, reason } = reward(extracted, spec, 'hardened');
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
    const gate = thinkGateFailure(response);
    if (gate !== undefined) return nothing(gate);
    const extracted = paperAnswerArea(afterThinking(response));
    if (extracted === '') return nothing('no answer');
    const { score, reason } = rewards[spec.metric](extracted, spec, 'paper');
    return { score: settle(score), status: 'ok', extracted, reason };
  } catch (error) {
    return failed(error);
  }
}

function paperUpstream({ spec, kind, wrapped }: UpstreamReward, output: string): RewardResult {
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
    if (profile === 'hardened') {
      return { ...hardened(reward.kind, reward.spec, row.solution_str), task: reward.task };
    }
    const gate = thinkGateFailure(row.solution_str);
    const result = gate === undefined ? paperUpstream(reward, row.solution_str) : nothing(gate);
    return { ...result, task: reward.task };
  } catch (error) {
    return { ...failed(error), task: '' };
  }
}
