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
import { primaryOf, routeOf, type Slot } from './draft-context.ts';
import { judgeMessages, verdictSchemaOf } from './judge.ts';
import { planSlots } from './plan/plan-slots.ts';
import { blindMessages, faultCharacters, samplePrompt, solveMessages, writeMessages } from './prompts.ts';
import { languageOf, shownOf } from './shown-documents.ts';
import { crowded, promptDocuments } from './solving/around.ts';
import { shownDraft } from './write-draft.ts';

/** What a build may come to, before any request is sent. */
export interface TrackEstimate {
  readonly drafts: number;
  /** Every draft passes every check at once, both policies are asked, answers take half of their room and 2,000 tokens at most. */
  readonly about: Cost;
  readonly most: Cost;
}

/** Requests that differ only by what they hold. */
interface Ask {
  readonly endpoint: string | undefined;
  /** At most, and where no repair is needed. */
  readonly times: number;
  readonly about: number;
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

/** Bytes of a question with its options, of its key, and of the whole draft. */
function writtenBytes(task: TaskId): { readonly question: number; readonly exercise: number } {
  const { question, answer, distractors, summary } = z.toJSONSchema(writtenSchemaOf(task)).properties ?? {};
  const [asked = 0, key = 0, others = 0, text = 0] = [question, answer, distractors, summary].map(
    (field) => 3 * mostCharacters(field),
  );
  // Options, items and fragments stand in the question; three keys at most and the key points go to a judge.
  return { question: asked + key + others, exercise: asked + 4 * key + others + 3 * text };
}

/** What a written question, and an exercise with its keys, come to about. */
const [questionTokens, exerciseTokens] = [80, 200];

/** Bytes of questions that were asked before and of offered facts, at most. */
const toldBytes = 12 * 3 * 204 + 16 * (4 * 260 + 12) + 400;

/** All that a draft may ask in one round; with repairs every round asks all of it. */
function asksOf(config: LlmTrackConfig, slot: Slot): Ask[] {
  const { generation, judge, blind, closedBook, robustness, cascade, endpoints, solving, seed } = config;
  const { task, subTask, documents } = slot;
  const language = languageOf(primaryOf(slot));
  const rounds = 1 + generation.repairs;
  const constrainOf = (endpoint: string | undefined) => endpoints[endpoint ?? '']?.constrain ?? false;
  const empty = documents.map((document) => ({
    ...document,
    text: '',
    own: { start: 0, title: shownOf(document).title },
  }));
  const most = writtenBytes(task);
  const question = [most.question, questionTokens] as const;
  const tokens = documents.reduce((sum, document) => sum + estimateTokens(shownOf(document).text), 0);
  const route = routeOf(config, tokens);
  const schemaOf = (endpoint: string | undefined, schema: z.ZodType, decoding: z.ZodType | undefined) => {
    const constrain = constrainOf(endpoint);
    return constrain === false ? undefined : decodingSchema({ schema, decoding, constrain });
  };
  const choices = generation.choices ? choiceSchemaOf(task, primaryOf(slot)) : undefined;
  const solve = (endpoint: string | undefined, times = 0, around: readonly Document[] = [], quoted = false): Ask => {
    const shown = around.map((document) => ({
      ...document,
      text: '',
      own: { start: 0, title: shownOf(document).title },
    }));
    const prompt = samplePrompt(shown, '', subTask, language);
    return {
      endpoint,
      times,
      about: times,
      repairs: 0,
      messages: quoted ? blindMessages(prompt, language) : solveMessages(prompt),
      maxTokens: solving.maxTokens,
      texts: around,
      written: question,
    };
  };
  const final = promptDocuments(slot, seed);
  const crowd = final.length > documents.length ? final : crowded(slot, seed, robustness?.addTokens ?? 0);
  const keys: readonly (readonly string[])[] = [[], [], []];
  const conversation = shownDraft * 4 + 3 * faultCharacters + 400;
  const writing = {
    endpoint: route,
    repairs: 0,
    messages: writeMessages({ subTask, documents: empty, offered: [], begin: [], asked: [] }),
    maxTokens: generation.maxTokens,
    schema: schemaOf(route, writtenSchemaOf(task), choices),
    texts: documents,
  };
  return [
    { ...writing, times: 1, about: 1, written: [toldBytes, 600] },
    { ...writing, times: generation.repairs, about: 0, written: [toldBytes + conversation, 1500] },
    ...judge.endpoints.map((endpoint) => ({
      endpoint,
      times: rounds * (judge.swap ? 2 : 1),
      about: judge.swap ? 2 : 1,
      repairs: judge.repairs,
      messages: judgeMessages({ subTask, documents: empty, language, question: '', keys, keyPoints: [] }),
      maxTokens: judge.maxTokens,
      schema: schemaOf(endpoint, verdictSchemaOf(task, 3), undefined),
      texts: documents,
      written: [most.exercise, exerciseTokens] as const,
    })),
    { ...solve(closedBook?.endpoint, rounds * (closedBook?.rollouts ?? 0)), about: closedBook?.rollouts ?? 0 },
    {
      ...solve(
        blind?.endpoint,
        task === 'T9' || blind === undefined ? 0 : rounds * (blind.answers + 1),
        documents,
        true,
      ),
      about: task === 'T9' ? 0 : (blind?.answers ?? 0),
    },
    { ...solve(robustness?.endpoint, rounds * (robustness?.rollouts ?? 0), crowd), about: robustness?.rollouts ?? 0 },
    solve(cascade?.weak, cascade?.rollouts, final),
    solve(cascade?.strong, cascade?.rollouts, final),
  ];
}

const free = { input: 0, output: 0 };

function costsOf(config: LlmTrackConfig, ask: Ask): { readonly about: Cost; readonly most: Cost } {
  const { endpoint, times, about, repairs, messages, maxTokens, schema, texts, written } = ask;
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
    about: timesCost(cost(tokens, Math.min(2000, Math.ceil((maxTokens + (thinkingTokens ?? 0)) / 2))), about),
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
