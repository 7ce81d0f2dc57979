/**
 * @file What every step of a draft works with: its place, the endpoints by name, and the exception that ends it.
 */
import type { Document } from '../../corpus/document.ts';
import type { Answered, CachedClient, PricedModel } from '../../llm/cached-client.ts';
import type { ChatRequest } from '../../llm/chat-model.ts';
import { random } from '../../random.ts';
import type { TaskId } from '../../tasks/task.ts';
import type { SplitName } from '../split.ts';
import type { LlmTrackConfig } from './config.ts';

/** The place of one draft in a build; the configuration and the documents decide it before any request. */
export interface Slot {
  readonly index: number;
  readonly task: TaskId;
  readonly document: Document;
  readonly split: SplitName;
  /** Documents that have nothing to do with it. */
  readonly others: readonly Document[];
}

/** What all drafts of a build share; `models` are the endpoints by their names in the configuration. */
export interface TrackContext {
  readonly config: LlmTrackConfig;
  readonly client: Pick<CachedClient, 'ask' | 'askGroup'>;
  readonly models: ReadonlyMap<string, PricedModel>;
}

/** Ends a draft; `makeLlmSample` turns it into an outcome. */
export class Discard extends Error {
  readonly stage: string;
  constructor(stage: string, why: string) {
    super(why);
    this.stage = stage;
  }
}

/** Asks the endpoints by their names. */
export class Asker {
  readonly context: TrackContext;

  constructor(context: TrackContext) {
    this.context = context;
  }

  ask(endpoint: string, request: ChatRequest): Promise<Answered> {
    return this.context.client.ask(this.modelOf(endpoint), request);
  }

  askGroup(endpoint: string, request: ChatRequest, count: number): Promise<Answered[]> {
    return this.context.client.askGroup(this.modelOf(endpoint), request, count);
  }

  private modelOf(endpoint: string): PricedModel {
    const model = this.context.models.get(endpoint);
    if (model === undefined) throw new Error(`no endpoint ${endpoint}`);
    return model;
  }

  nameOf(endpoint: string): string {
    return this.context.models.get(endpoint)?.model.name ?? endpoint;
  }
}

/** Room above it for the seeds of a group, which servers read as 32 bits. */
export const seedOf = (...labels: (string | number)[]): number => random(...labels).uint32() >>> 2;

/** The endpoint for a document of this length. */
export function routeOf({ generation }: LlmTrackConfig, tokens: number): string | undefined {
  return generation.routes.find(({ upTo = Number.POSITIVE_INFINITY }) => tokens <= upTo)?.endpoint;
}
