export { type Exploit, exploitProbes, exploits } from './exploits.ts';
export { type JobResult, type RewardJob, runJob } from './job.ts';
export { mathEqual, type Verdict } from './math/equal.ts';
export { openRewardPool, type RewardPool, type RewardPoolOptions } from './pool.ts';
export { rewards } from './registry.ts';
export { type Layout, layouts, renderGold } from './render-gold.ts';
export { type Profile, profiles, type Reward, type RewardResult, type RewardSpec } from './reward.ts';
export { scoreResponse, scoreUpstream } from './score.ts';
export { subTaskMetric, type UpstreamReward, type UpstreamRow, upstreamReward } from './upstream.ts';
