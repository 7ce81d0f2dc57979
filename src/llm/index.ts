/** @file Public entry point `golongrl/llm`: requests to language models: cached, within a budget, answered by a schema. */
export { AdaptivePool, type PoolOptions } from './adaptive-pool.ts';
export { askStructured, type Structured, type StructuredRequest } from './ask-structured.ts';
export {
  type Answered,
  CachedClient,
  type CachedClientOptions,
  type OnReply,
  type PricedModel,
  type StoredReply,
} from './cached-client.ts';
export {
  ChatFailure,
  type ChatMessage,
  type ChatModel,
  type ChatReply,
  type ChatRequest,
  type ChatTool,
  type ChatToolCall,
  type ProbeUsage,
} from './chat-model.ts';
export { type Budget, type Cost, CostLedger, type Price } from './cost-ledger.ts';
export type { LostReply } from './cut-replies.ts';
export { type EndpointOptions, openEndpoint } from './endpoint.ts';
export { EndpointError } from './endpoint-error.ts';
export { EndpointRecords } from './endpoint-records.ts';
export type { EndpointTraits } from './endpoint-traits.ts';
export { RequestCache, requestKey } from './request-cache.ts';
