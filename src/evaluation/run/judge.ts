/**
 * @file A judge model: the questions of a benchmark, asked several times or in both orders where the settings say so, each verdict
 * cached by what was asked. A judge that fails or says nothing is no "no": it is an undecided question, and `upstream` alone counts
 * it as wrong where the reference's script does.
 */
import { GolongrlError } from '../../errors.ts';
import { AdaptivePool } from '../../llm/adaptive-pool.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../../llm/chat-model.ts';
import { cutShort, limitOf, withRoom } from '../../llm/cut-replies.ts';
import { EndpointError } from '../../llm/endpoint-error.ts';
import { type RequestCache, requestKey } from '../../llm/request-cache.ts';
import type { JudgeQuestion } from '../benchmark.ts';
import { fillPrompt, promptHash, wordingOf } from '../prompts.ts';
import { parseVerdict } from '../scorers/verdict.ts';
import type { Budget } from './budget.ts';

/** One vote is greedy, several are sampled; `swap` asks about two answers in both orders, and both must say yes. */
export interface JudgeOptions {
  readonly model: ChatModel;
  readonly cache: RequestCache<ChatReply>;
  readonly budget: Budget;
  readonly votes: number;
  readonly swap: boolean;
  readonly maxTokens: number;
  readonly concurrency: number;
  readonly attempts: number;
  readonly seed: number;
  readonly prompts: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Counts of votes, and what they come to. */
export interface Judgment {
  /** Undefined where the votes decide nothing. */
  readonly verdict: boolean | undefined;
  readonly yes: number;
  readonly no: number;
  /** Replies without a verdict. */
  readonly silent: number;
  /** Keys of the replies in the cache, in the order of the votes. */
  readonly keys: readonly string[];
  readonly error?: string;
}

/** One vote with the keys of its replies, silent ones before the one that decides. */
interface Vote {
  readonly said: boolean | undefined;
  readonly keys: readonly string[];
}

/** A failure of the model is no exception: it comes back as an undecided `Judgment` with `error`. */
export interface Judge {
  readonly name: string;
  ask(question: JudgeQuestion): Promise<Judgment>;
}

/** The room of a verdict that is cut off doubles so often. */
const mostDoublings = 2;

/** A judge that says nothing is asked this often. */
const mostTries = 3;

/** Identifies the wordings that a judge gets. */
export const judgePromptHash = (prompts: Readonly<Record<string, string>>): string =>
  promptHash(
    (['judge-system', 'judge-user', 'memory-judge-system', 'memory-judge-user'] as const)
      .map((name) => wordingOf(prompts, name))
      .join('\n'),
  );

/** A judge with a pool of its own; what was judged before comes from the cache and costs nothing. */
export function openJudge(options: JudgeOptions): Judge {
  const { model, cache, budget, prompts, signal } = options;
  const pool = new AdaptivePool({ most: options.concurrency, attempts: options.attempts });

  const messagesOf = (question: JudgeQuestion, goldFirst: boolean): ChatRequest['messages'] => {
    const { prompt, question: problem, gold, answer } = question;
    const memory = prompt === 'memory';
    const values: Record<string, string> = memory
      ? { question: problem, answer: gold, hypothesis: answer }
      : { problem, answer_1: goldFirst ? gold : answer, answer_2: goldFirst ? answer : gold };
    return [
      { role: 'system', content: wordingOf(prompts, memory ? 'memory-judge-system' : 'judge-system') },
      { role: 'user', content: fillPrompt(wordingOf(prompts, memory ? 'memory-judge-user' : 'judge-user'), values) },
    ];
  };

  const keyOf = (request: ChatRequest): string => {
    const { name, fields } = model;
    return requestKey({ judge: name, ...(fields === undefined ? {} : { fields }), request });
  };

  const reply = async (request: ChatRequest, key: string): Promise<ChatReply> => {
    const known = await cache.get(key);
    if (known !== undefined) return known;
    let cuts = 0;
    const fresh = await pool.run(async () => {
      budget.check();
      const asked = withRoom(model, request, Math.min(cuts, mostDoublings));
      const found = await model.complete(asked, signal);
      budget.add(found);
      if (found.finish === 'length' && ++cuts > 0) throw cutShort(found, limitOf(model, asked));
      return found;
    }, signal);
    await cache.set(key, fresh);
    return fresh;
  };

  /** One vote; a reply without a verdict is asked again with another seed. */
  const vote = async (question: JudgeQuestion, goldFirst: boolean, number: number): Promise<Vote> => {
    const messages = messagesOf(question, goldFirst);
    const temperature = options.votes === 1 ? 0 : 0.7;
    const keys: string[] = [];
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const seed = options.seed + number * mostTries + attempt;
      const request = { messages, temperature, maxTokens: options.maxTokens, seed };
      // As it was when it was asked: the model may learn on the way what it takes.
      const key = keyOf(request);
      const { text } = await reply(request, key);
      keys.push(key);
      const said = parseVerdict(text, question.form);
      if (said !== undefined) return { said, keys };
    }
    // The reference's script gives 0 after three silent replies.
    return { said: question.form === 'first-bracket' ? false : undefined, keys };
  };

  return {
    name: model.name,
    async ask(question) {
      const orders =
        options.swap && question.prompt === 'equivalence'
          ? [question.goldFirst, !question.goldFirst]
          : [question.goldFirst];
      let [yes, no, silent] = [0, 0, 0];
      try {
        const perOrder = await Promise.all(
          orders.map((goldFirst) =>
            Promise.all(Array.from({ length: options.votes }, (_, number) => vote(question, goldFirst, number))),
          ),
        );
        const keys = perOrder.flat().flatMap((vote) => vote.keys);
        const majorities = perOrder.map((votes) => {
          const own = votes.filter(({ said }) => said === true).length;
          const against = votes.filter(({ said }) => said === false).length;
          yes += own;
          no += against;
          silent += votes.length - own - against;
          return own + against === 0 ? undefined : own > against;
        });
        // Both orders must agree on yes: a judge that prefers a place has not found the answers the same.
        const undecided = majorities.includes(undefined);
        return { verdict: undecided ? undefined : majorities.every((said) => said === true), yes, no, silent, keys };
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof GolongrlError) || error instanceof EndpointError) throw error;
        return { verdict: undefined, yes, no, silent, keys: [], error: `${error.code}: ${error.message}` };
      }
    },
  };
}
