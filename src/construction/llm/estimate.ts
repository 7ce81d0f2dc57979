/**
 * @file The price of a build before anything is sent: what it comes to about, and a bound that it never exceeds. The bound takes every byte
 * for a token, every repair for needed and every answer for as long as it may be; the budget counts in the same way.
 */
import { z } from 'zod';
import type { Document } from '../../corpus/document.ts';
import { decodingSchema, repairBytes } from '../../llm/ask-structured.ts';
import { addCosts, type Cost, noCost, timesCost, worstCost } from '../../llm/cost-ledger.ts';
import { defaultThinkingTokens } from '../../llm/endpoint.ts';
import type { TaskId } from '../../tasks/task.ts';
import { estimateTokens } from '../../tokens.ts';
import { choiceSchemaOf } from './choices.ts';
import type { LlmTrackConfig } from './config.ts';
import { writtenSchemaOf } from './draft.ts';
import { routeOf, type Slot } from './draft-context.ts';
import { judgeMessages, verdictDecoding, verdictSchema } from './judge.ts';
import { planSlots } from './plan-slots.ts';
import { generationMessages, samplePrompt, solveMessages } from './prompts.ts';
import { block, surrounding } from './solve-draft.ts';

/** What a build may come to, before any request is sent. */
export interface TrackEstimate {
  readonly drafts: number;
  /** Every draft passes every check at once, half of the answers' room is used, both policies are asked. */
  readonly about: Cost;
  readonly most: Cost;
}

/** Requests that differ only by what they hold. */
interface Ask {
  readonly endpoint: string | undefined;
  readonly times: number;
  /** Rounds of repair after each. */
  readonly repairs: number;
  readonly messages: Parameters<typeof worstCost>[0]['messages'];
  readonly maxTokens: number;
  readonly schema?: Record<string, unknown> | undefined;
  /** What the messages hold beside their own text. */
  readonly texts: readonly Document[];
  /** Bytes at most, and tokens about, of what a model wrote into them. */
  readonly written: readonly [bytes: number, tokens: number];
}

const bytes = new WeakMap<Document, number>();
function bytesOf(document: Document): number {
  const known = bytes.get(document) ?? Buffer.byteLength(document.text);
  bytes.set(document, known);
  return known;
}

/** Characters that an answer of a form holds at most. */
function mostCharacters(schema: z.core.JSONSchema.BaseSchema | boolean | undefined): number {
  if (typeof schema !== 'object') return 0;
  const { maxLength, maxItems, items, properties } = schema;
  const item = Array.isArray(items) ? undefined : items;
  const fields = Object.values(properties ?? {}).reduce<number>((sum, field) => sum + mostCharacters(field), 0);
  // With the marks around it.
  return (maxLength ?? 0) + (maxItems ?? 0) * (mostCharacters(item) + 4) + fields;
}

/** Bytes of a question with its options, and with all that a judge sees of an exercise. */
function writtenBytes(task: TaskId): { readonly question: number; readonly exercise: number } {
  const { question, answer, distractors, rationale } = z.toJSONSchema(writtenSchemaOf(task)).properties ?? {};
  const [asked, key, others, why] = [question, answer, distractors, rationale].map(
    (field) => 3 * mostCharacters(field),
  );
  const options = (asked ?? 0) + (others ?? 0) + (task === 'T2' ? (key ?? 0) : 0);
  return { question: options, exercise: options + (key ?? 0) + (why ?? 0) };
}

/** What a written question, and an exercise with its key and reasons, come to about. */
const [questionTokens, exerciseTokens] = [50, 200];

/** All that a draft may ask. */
function asksOf(config: LlmTrackConfig, { task, document, others }: Slot): Ask[] {
  const { generation, judge, closedBook, robustness, cascade, endpoints } = config;
  const constrainOf = (endpoint: string | undefined) => endpoints[endpoint ?? '']?.constrain ?? false;
  const empty = { ...document, text: '' };
  const most = writtenBytes(task);
  const question = [most.question, questionTokens] as const;
  const route = routeOf(config, estimateTokens(document.text));
  const schemaOf = (endpoint: string | undefined, schema: z.ZodType, decoding: z.ZodType | undefined) => {
    const constrain = constrainOf(endpoint);
    return constrain === false ? undefined : decodingSchema({ schema, decoding, constrain });
  };
  const choices = generation.choices ? choiceSchemaOf(task, document) : undefined;
  const solve = (endpoint: string | undefined, times = 0, around: readonly Document[] = [], blind = false): Ask => {
    const blocks = [document, ...around].map((one) => block({ ...one, text: '' })).join('\n\n');
    return {
      endpoint,
      times,
      repairs: 0,
      messages: solveMessages(samplePrompt(blind ? '' : blocks, '', task)),
      maxTokens: cascade?.maxTokens ?? 2048,
      texts: blind ? [] : [document, ...around],
      written: question,
    };
  };
  return [
    {
      endpoint: route,
      times: 1,
      repairs: generation.repairs,
      messages: generationMessages(task, empty),
      maxTokens: generation.maxTokens,
      schema: schemaOf(route, writtenSchemaOf(task), choices),
      texts: [document],
      written: [0, 0],
    },
    ...judge.endpoints.map((endpoint) => ({
      endpoint,
      times: judge.control ? 2 : 1,
      repairs: judge.repairs,
      messages: judgeMessages({ task, text: '', question: '', gold: [], rationale: '' }),
      maxTokens: judge.maxTokens,
      schema: schemaOf(endpoint, verdictSchema, verdictDecoding),
      texts: [document],
      written: [most.exercise, exerciseTokens] as const,
    })),
    solve(closedBook?.endpoint, closedBook?.rollouts, [], true),
    solve(robustness?.endpoint, robustness?.rollouts, surrounding(others, robustness?.addTokens ?? 0)),
    solve(cascade?.weak, cascade?.rollouts),
    solve(cascade?.strong, cascade?.rollouts),
  ];
}

const free = { input: 0, output: 0 };

function costsOf(config: LlmTrackConfig, ask: Ask): { readonly about: Cost; readonly most: Cost } {
  const { endpoint, times, repairs, messages, maxTokens, schema, texts, written } = ask;
  const { price = free, engine, thinkingTokens } = config.endpoints[endpoint ?? ''] ?? {};
  const cost = (promptTokens: number, completionTokens: number): Cost => ({
    requests: 1,
    promptTokens,
    completionTokens,
    money: (promptTokens * price.input + completionTokens * price.output) / 1e6,
  });
  const sum = (each: (text: Document) => number): number => texts.reduce((total, text) => total + each(text), 0);
  const frame = worstCost({ messages, temperature: 0, ...(schema && { jsonSchema: schema }) }, free).promptTokens;
  // Whether a model thinks is not known before it is asked; the most is then that it does.
  const longest = maxTokens + (engine === undefined ? (thinkingTokens ?? defaultThinkingTokens) : 0);
  const first = cost(frame + sum(bytesOf) + written[0], longest);
  const repair = cost(first.promptTokens + repairBytes, longest);
  const own = messages.reduce((total, { content }) => total + estimateTokens(content), 0);
  const tokens = own + sum(({ text }) => estimateTokens(text)) + written[1];
  return {
    about: timesCost(cost(tokens, Math.ceil((maxTokens + (thinkingTokens ?? 0)) / 2)), times),
    most: timesCost(addCosts(first, timesCost(repair, repairs)), times),
  };
}

/** Sums all requests that the drafts may need. @throws UsageError as `planSlots` does. */
export function estimateTrack(config: LlmTrackConfig, documents: readonly Document[]): TrackEstimate {
  let [about, most] = [noCost, noCost];
  for (const slot of planSlots(config, documents)) {
    for (const ask of asksOf(config, slot)) {
      const costs = costsOf(config, ask);
      [about, most] = [addCosts(about, costs.about), addCosts(most, costs.most)];
    }
  }
  return { drafts: config.drafts, about, most };
}
