/** @file Public entry point `golongrl/server`: the reward server and the embedded engine behind HTTP. */
export { createEngineApp, type EngineApp, type EngineAppOptions } from './engine/app.ts';
export { type EngineServer, type EngineServerOptions, startEngineServer } from './engine/server.ts';
export { createRewardApp, type RewardAppOptions } from './rewards/app.ts';
export { BodyReader, type ReadItem } from './rewards/body-reader.ts';
export type { ReadAs, Refused, Route } from './rewards/read-body.ts';
export { type RewardServer, type RewardServerOptions, startRewardServer } from './rewards/server.ts';
