export { createEngineApp, type EngineApp, type EngineAppOptions } from './engine/app.ts';
export { type EngineServer, type EngineServerOptions, startEngineServer } from './engine/server.ts';
export { createRewardApp, type RewardAppOptions } from './rewards/app.ts';
export { type RewardServer, type RewardServerOptions, startRewardServer } from './rewards/server.ts';
