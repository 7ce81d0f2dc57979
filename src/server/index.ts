export { createRewardApp, type RewardAppOptions } from './reward-app.ts';
export { type RewardServer, type RewardServerOptions, startRewardServer } from './reward-server.ts';
