/**
 * @file A chat model, what it is asked and what it replies, and the failures that a caller can act on: whether asking again may help,
 * and whether the server said that it has too much to do.
 */
import { GolongrlError } from '../errors.ts';
import type { PolicyMarks } from '../rewards/reading/reading.ts';

/** `id` is the model's own; the reply to the call names it. */
export interface ChatToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text, as the model wrote it. */
  readonly arguments: string;
}

/** `toolCallId` is for the role `tool` alone, `toolCalls` for `assistant`. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  readonly toolCalls?: readonly ChatToolCall[];
  readonly toolCallId?: string;
}

/** A function that a model may call, as the protocol declares it. */
export interface ChatTool {
  readonly name: string;
  readonly description: string;
  /** JSON schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** All of it goes into the key of the cache: two requests that differ in a field are two. */
export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ChatTool[];
  readonly temperature: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly seed?: number;
  /** Not in the protocol; vLLM and SGLang read it. */
  readonly repetitionPenalty?: number;
  /** JSON schema that the answer follows, for servers that constrain decoding to one. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
}

/** Tokens as the server counts them. */
export interface ChatReply {
  /** Reasoning that the server keeps apart stands before the answer in `<think>` marks, as the model wrote it. */
  readonly text: string;
  readonly toolCalls: readonly ChatToolCall[];
  readonly finish: 'stop' | 'length' | 'tool-calls';
  readonly promptTokens: number;
  /** Thoughts included, shown or not. */
  readonly completionTokens: number;
  /** Of the prompt, those that the server had read before and charges less for; absent where it names none. */
  readonly cachedTokens?: number;
  /** Of the completion, those of thoughts; absent where the server names none. */
  readonly reasoningTokens?: number;
}

/** What the probe of an endpoint used; `id` tells it from other endpoints'. */
export interface ProbeUsage {
  readonly id: string;
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** An endpoint, the embedded engine, or a test's own; no retries inside, they are the pool's. */
export interface ChatModel {
  readonly name: string;
  /** Where the model of this name is: an address, or the name of an endpoint. Models of one name at two places share no replies. */
  readonly place?: string;
  /** The server that does the work, where models share one: it bears so many requests, whatever model they name. */
  readonly server?: string;
  /** What its template and tokenizer say of thinking and ends, where the engine is ours. */
  readonly marks?: PolicyMarks;
  /** Fields that a user adds to requests or leaves out: replies follow from them as from the request. */
  readonly fields?: { readonly extraBody?: unknown; readonly omit?: unknown };
  /** Tokens that a reply to the request can have, with the room for thoughts; undefined where nothing limits it. */
  mostTokens?(request: ChatRequest): number | undefined;
  /**
   * Finds out once how the model is asked; `complete` does so too. Gives what that used, also where an earlier process found it out.
   *
   * @throws EndpointError when it cannot be used as it is configured, ChatFailure when another try may help.
   */
  prepare?(signal?: AbortSignal): Promise<ProbeUsage | undefined>;
  /** @throws ChatFailure */
  complete(request: ChatRequest, signal?: AbortSignal): Promise<ChatReply>;
  /**
   * Several replies to one request, for models that read a prompt once for all of them. Reply `g` depends on request and `g` alone.
   *
   * @throws ChatFailure
   */
  completeGroup?(request: ChatRequest, count: number, signal?: AbortSignal): Promise<ChatReply[]>;
}

/** A model that holds something open: an engine, or nothing for one behind an address. */
export interface OpenedModel {
  readonly model: ChatModel;
  close(): Promise<void>;
}

/** A request that brought no reply. */
export class ChatFailure extends GolongrlError {
  /** Asking again may help. */
  readonly retryable: boolean;
  /** The server has too much to do: ask less at once. */
  readonly overload: boolean;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfter: number | undefined;

  constructor(
    code: string,
    message: string,
    options: { retryable: boolean; overload?: boolean; retryAfter?: number | undefined; cause?: unknown },
  ) {
    super(code, message, undefined, { cause: options.cause });
    this.retryable = options.retryable;
    this.overload = options.overload ?? false;
    this.retryAfter = options.retryAfter;
  }
}
