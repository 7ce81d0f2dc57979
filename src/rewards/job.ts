/**
 * @file One unit of verification as it travels to a worker: a native sample, an upstream row, or a pair of mathematical texts.
 */
import { mathEqual } from './math/equal.ts';
import type { Profile, RewardResult, RewardSpec } from './reward.ts';
import { scoreResponse, scoreUpstream } from './score.ts';
import type { UpstreamRow } from './upstream.ts';

export type RewardJob =
  | { readonly type: 'native'; readonly spec: RewardSpec; readonly response: string; readonly profile: Profile }
  | { readonly type: 'upstream'; readonly row: UpstreamRow; readonly profile: Profile }
  | { readonly type: 'math'; readonly gold: string; readonly pred: string };

/** A reward with its task key; mathematics also carries the steps of its verdict. */
export interface JobResult extends RewardResult {
  readonly task: string;
  readonly trace?: readonly string[];
}

/** Runs a job in this thread; never throws. */
export function runJob(job: RewardJob): JobResult {
  switch (job.type) {
    case 'native':
      return { ...scoreResponse(job.spec, job.response, job.profile), task: job.spec.metric };
    case 'upstream':
      return scoreUpstream(job.row, job.profile);
    case 'math':
      return mathJob(job.gold, job.pred);
  }
}

function mathJob(gold: string, pred: string): JobResult {
  try {
    const { equal, trace, extracted } = mathEqual(gold, pred);
    return { score: equal ? 1 : 0, status: 'ok', extracted, reason: trace.at(-1) ?? '', task: 'math_verify', trace };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { score: 0, status: 'error', extracted: '', reason, task: 'math_verify', trace: [reason] };
  }
}

/** The verdict on a job whose verifier did not answer. */
export function unanswered(job: RewardJob, status: 'timeout' | 'error', reason: string): JobResult {
  const task = job.type === 'native' ? job.spec.metric : job.type === 'math' ? 'math_verify' : '';
  return { score: 0, status, extracted: '', reason, task };
}
