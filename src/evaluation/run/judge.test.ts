import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChatFailure, type ChatModel, type ChatReply } from '../../llm/chat-model.ts';
import { RequestCache } from '../../llm/request-cache.ts';
import type { JudgeQuestion } from '../benchmark.ts';
import { defaultPrompts, fillPrompt, promptHash, promptOrigin } from '../prompts.ts';
import { cachedReplySchema } from './ask-items.ts';
import { Budget } from './budget.ts';
import { openJudge } from './judge.ts';

let directory: string;
let cache: RequestCache<ChatReply>;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-judge-'));
  cache = await RequestCache.open<ChatReply>(join(directory, 'verdicts.jsonl'), cachedReplySchema);
});
afterEach(async () => {
  await cache.close();
  await rm(directory, { recursive: true, force: true });
});

const question: JudgeQuestion = {
  prompt: 'equivalence',
  question: 'Capital?',
  gold: 'Lima',
  answer: 'the city of Lima',
  goldFirst: true,
  form: 'last-bracket',
};

/** A judge that speaks by rule; it stands in for a model, whose verdicts a test cannot know. */
function judgeThatSays(say: (user: string, seed: number) => string, options: { votes?: number; swap?: boolean } = {}) {
  const asked: string[] = [];
  const model: ChatModel = {
    name: 'judge',
    complete: async ({ messages, seed = 0 }) => {
      const user = messages.at(-1)?.content ?? '';
      asked.push(user);
      return { text: say(user, seed), toolCalls: [], finish: 'stop', promptTokens: 1, completionTokens: 1 };
    },
  };
  const budget = new Budget({ limits: {}, price: { input: 0, output: 0 } });
  const base = {
    model,
    cache,
    budget,
    votes: 1,
    swap: false,
    maxTokens: 9,
    concurrency: 4,
    attempts: 1,
    seed: 0,
    prompts: {},
  };
  return { asked, judge: openJudge({ ...base, ...options }) };
}

test('a verdict is remembered', async () => {
  const { asked, judge } = judgeThatSays(() => '[[YES]]');
  expect(await judge.ask(question)).toMatchObject({ verdict: true, yes: 1 });
  await judge.ask(question);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain('Answer 1: Lima\nAnswer 2: the city of Lima');
});

test('with both orders, a judge that favours a place has said no', async () => {
  const { asked, judge } = judgeThatSays((user) => (user.includes('Answer 1: Lima') ? '[[YES]]' : '[[NO]]'), {
    swap: true,
  });
  expect(await judge.ask(question)).toMatchObject({ verdict: false, yes: 1, no: 1 });
  expect(asked).toHaveLength(2);
});

test('the majority of several judgments decides', async () => {
  const { judge } = judgeThatSays((_, seed) => (Math.floor(seed / 3) === 1 ? '[[NO]]' : '[[YES]]'), { votes: 3 });
  expect(await judge.ask(question)).toMatchObject({ verdict: true, yes: 2, no: 1 });
});

test('a silent judge is asked three times and then undecided, but wrong where the script says so', async () => {
  const { asked, judge } = judgeThatSays(() => 'Hm.');
  expect(await judge.ask(question)).toMatchObject({ verdict: undefined, silent: 1 });
  expect(asked).toHaveLength(3);
  expect(await judge.ask({ ...question, form: 'first-bracket' })).toMatchObject({ verdict: false });
});

test('a judge that fails has not said no', async () => {
  const { judge } = judgeThatSays(() => {
    throw new ChatFailure('http-500', 'down', { retryable: false });
  });
  expect(await judge.ask(question)).toMatchObject({ verdict: undefined, error: 'http-500: down' });
});

test('values of a prompt are not looked into, and the origin of a wording is known', () => {
  expect(fillPrompt('{a} {b} {c}', { a: '{b}', b: '$& x' })).toBe('{b} $& x {c}');
  expect(promptOrigin('judge-user', defaultPrompts['judge-user'])).toMatch(/own|reference/);
  expect(promptOrigin('document', 'other words')).toBe('changed');
  expect(promptHash('a')).not.toBe(promptHash('b'));
});
