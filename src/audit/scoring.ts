/** @file How the audit has answers scored: in this thread, or by a pool whose jobs have a deadline. */
import { type JobResult, type RewardJob, runJob } from '../rewards/pool/job.ts';
import type { Profile, RewardSpec } from '../rewards/reward.ts';

/** Verdicts in the order of the jobs. */
export type Score = (jobs: readonly RewardJob[]) => Promise<readonly JobResult[]>;

/** Scores in this thread, without a deadline. */
export const scoreHere: Score = async (jobs) => jobs.map(runJob);

export const jobOf = (spec: RewardSpec, response: string, profile: Profile): RewardJob => ({
  type: 'native',
  spec,
  response,
  profile,
});
