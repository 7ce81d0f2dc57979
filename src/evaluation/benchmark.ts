/**
 * @file What a benchmark is: it names its files, reads them as a stream of items, and scores one response to one item. It knows
 * neither the network nor the run. One file each in `benchmarks/`, one line in `benchmarks/registry.ts`.
 */

import type { ChatMessage, ChatReply, ChatTool } from '../llm/chat-model.ts';
import type { PolicyMarks } from '../rewards/reading/reading.ts';
import type { RewardResult, RewardStatus } from '../rewards/reward.ts';
import type { TaskId } from '../tasks/task.ts';
import type { VerdictForm } from './scorers/verdict.ts';

/**
 * How to score. `upstream`: as the reference's scripts do, defects included. `paper`: as the paper says. `strict`: the answer where it
 * was asked for, and nothing for text elsewhere.
 */
export const compatProfiles = ['upstream', 'paper', 'strict'] as const;
/** One for a whole run; what it changes stands in the file of each benchmark. */
export type CompatProfile = (typeof compatProfiles)[number];

/** Where the evidence stands: an excerpt of the context with the gold span in it, for the reader of a report. */
export interface Evidence {
  /** Position of the evidence in the context, from 0 (start) to 1 (end). */
  readonly depth: number;
  readonly before: string;
  readonly span: string;
  readonly after: string;
}

/** What is kept of an item: everything that scoring and reporting need, and no context. */
export interface ItemFacts {
  readonly id: string;
  readonly subset: string;
  /** Items that share a document or a question are one observation for the intervals. */
  readonly cluster: string;
  readonly question: string;
  readonly gold: readonly string[];
  /** Breakdowns to report, e.g. `{ needles: '4', domain: 'law' }`. */
  readonly groups: Readonly<Record<string, string>>;
  /** Characters of the prompt, as given. */
  readonly characters: number;
  readonly evidence?: Evidence;
  /** What this benchmark's scorer needs besides. */
  readonly meta: Readonly<Record<string, string | number | boolean>>;
}

/** One question as it is asked; what is kept of it afterwards is `facts` alone. */
export interface Item {
  readonly facts: ItemFacts;
  readonly messages: readonly ChatMessage[];
  /** What the loader cut, where the published rule cuts the context rather than the prompt. */
  readonly truncation?: Truncation;
}

/** What was cut off a prompt. */
export interface Truncation {
  readonly original: number;
  readonly kept: number;
  /** What is counted, e.g. characters. */
  readonly unit: string;
}

/** How a prompt that is too long is cut; `none` sends it as it is. */
export type TruncationRule =
  | { readonly type: 'none' }
  /** The whole last message, head and tail halves of so many tokens (DocMath). */
  | { readonly type: 'prompt-tokens'; readonly limit: number }
  /** Turns before the last become one user message of head and tail halves (MRCR). */
  | { readonly type: 'history-tokens'; readonly limit: number };

/** The published sampling of a benchmark; `maxTokens` counts the response, thinking included. */
export interface Sampling {
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number;
  /** Responses to each item. */
  readonly repeats: number;
  readonly repetitionPenalty?: number;
}

/** One question to a judge. */
export interface JudgeQuestion {
  readonly prompt: 'equivalence' | 'memory';
  readonly question: string;
  readonly gold: string;
  readonly answer: string;
  /** Answer 1 is the gold in some scripts and the prediction in others. */
  readonly goldFirst: boolean;
  readonly form: VerdictForm;
}

/** What a response is worth before any judge. */
export interface RuleScore {
  /** In [0, 1]. */
  readonly score: number;
  /** The answer as it was read; empty where none was found. */
  readonly extracted: string;
  /** False where no answer stood in the form asked for. */
  readonly parsed: boolean;
  /** What the reader of answers found, where a rule reads with it. */
  readonly answer?: Pick<RewardResult, 'state' | 'format' | 'reason'>;
  /** Why there is no verdict: no score counts it. */
  readonly unjudged?: Exclude<RewardStatus, 'ok'>;
}

/**
 * Asks the model; every request is cached, so a conversation that is run again costs nothing. `stream` names the source of
 * randomness where several items share a conversation; by default the item has its own.
 */
export type Ask = (
  messages: readonly ChatMessage[],
  tools?: readonly ChatTool[],
  stream?: string,
) => Promise<ChatReply>;

/** What `load` gets beside the benchmark's own constants. */
export interface LoadOptions {
  /** The file or folder that the user named. */
  readonly path: string;
  readonly seed: number;
  /** Wording of prompts; see `prompts.ts`. */
  readonly prompts: Readonly<Record<string, string>>;
  /** Hears of each file that is read, for the hash in run.json. */
  readonly onFile: (path: string) => void;
}

/** Turns the data of an agent's world (a memory, say) into its conversations. */
export interface Agent {
  /** The message that is scored, or why there is none. */
  answer(item: Item, ask: Ask): Promise<string>;
}

/** `load` throws InputError on missing or broken files; `score` is pure, and its score is in [0, 1]. */
export interface Benchmark {
  readonly name: string;
  readonly title: string;
  /** Where the original files are, in words and names that a person can search for. */
  readonly source: string;
  /** Files that are read, as the original distribution names them. */
  readonly files: string;
  /** Items in the published set. */
  readonly items: number;
  readonly sampling: Sampling;
  readonly truncation: TruncationRule;
  /** The capability that its items need most, for the diagnostics of P4; absent where it is none of the nine. */
  readonly capability?: TaskId;
  /** What the column of a published table is: the mean of all items, or of the subsets' means. */
  readonly headline: 'items' | 'subsets';
  /** Part of the six-benchmark mean of the paper. */
  readonly longContext: boolean;
  /** Tokens of the prompt as published; a server must take this and `maxTokens`. */
  readonly inputTokens: number;
  /** Prompt wordings in use, by their names in `prompts.ts`. */
  readonly prompts: readonly string[];
  /** The items, read from the files of the benchmark. */
  load(options: LoadOptions): AsyncIterable<Item>;
  /**
   * What the rules of the benchmark give a response.
   *
   * @param marks Of the policy's template and tokenizer, where the engine is ours.
   */
  score(facts: ItemFacts, response: string, profile: CompatProfile, marks?: PolicyMarks): RuleScore;
  /** What to ask a judge, none where rules decide. One yes is enough. */
  judge?(facts: ItemFacts, response: string, profile: CompatProfile): readonly JudgeQuestion[];
  /** Whether the judge alone decides (`judge`), or the larger of rule and judge (`larger`); default `larger`. */
  combine?(profile: CompatProfile): 'judge' | 'larger';
  /** Present where an item is a conversation with tools. */
  agent?(options: LoadOptions): Agent;
}
