/** @file Public entry point `golongrl/llm`. */
export { AdaptivePool, type PoolOptions } from './adaptive-pool.ts';
export {
  ChatFailure,
  type ChatMessage,
  type ChatModel,
  type ChatReply,
  type ChatRequest,
  type ChatTool,
  type ChatToolCall,
  type EndpointOptions,
  openEndpoint,
} from './chat-model.ts';
export { RequestCache, requestKey } from './request-cache.ts';
