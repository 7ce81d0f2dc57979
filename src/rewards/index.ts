export { type Exploit, exploitProbes, exploits } from './exploits.ts';
export { mathEqual, type Verdict } from './math/equal.ts';
export { rewards } from './metrics/registry.ts';
export { type JobResult, type RewardJob, runJob } from './pool/job.ts';
export { openRewardPool, type RewardPool, type RewardPoolOptions } from './pool/pool.ts';
export { type Layout, layouts, renderGold } from './render-gold.ts';
export { type Profile, profiles, type Reward, type RewardResult, type RewardSpec } from './reward.ts';
export { scoreResponse, scoreUpstream } from './score.ts';
export { subTaskMetric, type UpstreamReward, type UpstreamRow, upstreamReward } from './upstream.ts';
