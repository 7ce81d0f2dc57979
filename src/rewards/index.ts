/** @file Public entry point `golongrl/rewards`: what a response earns: nine metrics under two profiles, threads with deadlines, known tricks. */
export { type Exploit, exploitProbes, exploits, type Probe } from './exploits.ts';
export { mathEqual, type Verdict } from './math/equal.ts';
export { rewards } from './metrics/registry.ts';
export type { EncodedJob } from './pool/encode.ts';
export { type JobResult, type RewardJob, runJob } from './pool/job.ts';
export { openRewardPool, type RewardPool, type RewardPoolOptions } from './pool/pool.ts';
export type { PolicyMarks } from './reading/thinking.ts';
export { type Layout, layouts, renderGold } from './render-gold.ts';
export {
  type MetricVerdict,
  type Profile,
  profiles,
  type Reward,
  type RewardResult,
  type RewardSpec,
} from './reward.ts';
export { scoreResponse, scoreUpstream } from './score.ts';
export { subTaskMetric, type UpstreamReward, type UpstreamRow, upstreamReward } from './upstream.ts';
