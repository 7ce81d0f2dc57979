/**
 * @file What every step of a draft works with: its place, the endpoints by name, and the exception that ends it.
 */
import type { Document } from '../../corpus/document.ts';
import type { Answered, CachedClient, PricedModel } from '../../llm/cached-client.ts';
import type { ChatRequest } from '../../llm/chat-model.ts';
import { random } from '../../random.ts';
import type { TaskId } from '../../tasks/task.ts';
import type { SplitName } from '../split.ts';
import type { SubTask } from './catalogue/sub-task.ts';
import type { AskedBefore } from './checks/draft-place.ts';
import type { LlmTrackConfig } from './config.ts';

/** The place of one draft in a build; the configuration and the documents decide it before any request. */
export interface Slot {
  readonly index: number;
  readonly task: TaskId;
  readonly subTask: SubTask;
  /** What the question is about, the first one above all. */
  readonly documents: readonly Document[];
  readonly split: SplitName;
  /** Documents like them that have nothing to do with the question, the likest first. */
  readonly others: readonly Document[];
  /** Tokens that the prompt is filled up to; undefined where its documents suffice. */
  readonly length?: number | undefined;
}

/** The document that a draft is above all about. */
export const primaryOf = ({ documents }: Slot): Document => {
  const [first] = documents;
  if (first === undefined) throw new Error('a draft has a document');
  return first;
};

/** What all drafts of a build share; `models` are the endpoints by their names in the configuration. */
export interface TrackContext {
  readonly config: LlmTrackConfig;
  readonly models: ReadonlyMap<string, PricedModel>;
  /** Tokens of a text, as exactly as the build counts. */
  readonly countTokens: (text: string) => Promise<number>;
}

/** What a request is for, for the table of costs. */
export const askStages = ['write', 'repair', 'closed book', 'blind', 'judge', 'robustness', 'cascade'] as const;

/** One of `askStages`. */
export type AskStage = (typeof askStages)[number];

/** Ends a draft; `makeLlmSample` turns it into an outcome. */
export class Discard extends Error {
  readonly stage: string;
  constructor(stage: string, why: string) {
    super(why);
    this.stage = stage;
  }
}

/** Something wrong with a draft that its writer may mend. */
export interface Fault {
  readonly stage: string;
  readonly why: string;
  /** What the writer of a Chinese draft is told instead. */
  readonly zh?: string;
}

/** What a judge said of a key that is wrong by one thing. */
export interface Control {
  readonly judge: string;
  readonly kind: string;
  readonly refused: boolean;
}

/** A promise with its key. */
function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Asks the endpoints by their names for one draft, and keeps what the reports are made of. */
export class Asker {
  readonly context: TrackContext;
  private readonly client: Pick<CachedClient, 'ask' | 'askGroup'>;
  private readonly onReply: ((stage: AskStage) => void) | undefined;
  /** What each reply was for, by its key. */
  readonly stages = new Map<string, AskStage>();
  /** Faults that were sent back, in order. */
  readonly repairs: Fault[] = [];
  readonly controls: Control[] = [];
  private readonly firstAsked = deferred<AskedBefore | undefined>();

  constructor(
    context: TrackContext,
    client: Pick<CachedClient, 'ask' | 'askGroup'>,
    onReply?: (stage: AskStage) => void,
  ) {
    this.context = context;
    this.client = client;
    this.onReply = onReply;
  }

  /** The question first written, as soon as it is; undefined where the draft ended before. Later drafts over its documents are told of it. */
  get asked(): Promise<AskedBefore | undefined> {
    return this.firstAsked.promise;
  }

  /** Only the first call counts. */
  tell(asked: AskedBefore | undefined): void {
    this.firstAsked.resolve(asked);
  }

  async ask(endpoint: string, request: ChatRequest, stage: AskStage): Promise<Answered> {
    const answered = await this.client.ask(this.modelOf(endpoint), request);
    this.note([answered], stage);
    return answered;
  }

  async askGroup(endpoint: string, request: ChatRequest, count: number, stage: AskStage): Promise<Answered[]> {
    const answers = await this.client.askGroup(this.modelOf(endpoint), request, count);
    this.note(answers, stage);
    return answers;
  }

  private note(answers: readonly Answered[], stage: AskStage): void {
    for (const { key } of answers) {
      if (!this.stages.has(key)) this.stages.set(key, stage);
      this.onReply?.(stage);
    }
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

/** The endpoint for documents of this length. */
export function routeOf({ generation }: LlmTrackConfig, tokens: number): string | undefined {
  return generation.routes.find(({ upTo = Number.POSITIVE_INFINITY }) => tokens <= upTo)?.endpoint;
}
