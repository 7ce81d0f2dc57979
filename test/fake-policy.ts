/**
 * @file The smallest policy that can learn: a table of logits, one row a prompt, one column an answer. It stands in for the
 * engine where a test is about the loop (order, dynamic sampling, resume, interrupt) and a transformer would only cost
 * time; `test/quickstart.test.ts` runs the real engine. Gradient and update are plain REINFORCE and SGD.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine, TrajectoryGroup } from '../src/engine/engine.ts';
import type { Tokenizer } from '../src/engine/tokenizer.ts';
import { InputError } from '../src/errors.ts';
import { random } from '../src/random.ts';
import type { Sample } from '../src/samples/sample.ts';

export const answers = ['Lima', 'Oslo', 'Cairo', 'Quito', 'Hanoi'] as const;
const prompts = 40;

const softmax = (logits: readonly number[]): number[] => {
  const exps = logits.map(Math.exp);
  const total = exps.reduce((sum, value) => sum + value, 0);
  return exps.map((value) => value / total);
};

const argmax = (values: readonly number[]): number => values.indexOf(Math.max(...values));

function inverseCdf(probabilities: readonly number[], draw: number): number {
  let sum = 0;
  for (const [index, probability] of probabilities.entries()) {
    sum += probability;
    if (draw < sum) return index;
  }
  return probabilities.length - 1;
}

export interface FakeEngine extends Engine {
  /** Prompts of every request so far. */
  readonly requests: Int32Array[][];
}

export function fakeEngine(): FakeEngine {
  let logits = Array.from({ length: prompts }, () => answers.map(() => 0));
  let gradient = logits.map((row) => row.map(() => 0));
  let steps = 0;
  const requests: Int32Array[][] = [];
  const rowOf = (prompt: Int32Array) => logits[prompt[0] ?? 0] ?? [];
  return {
    requests,
    info: async () => ({
      model: 'fake',
      architecture: 'llama',
      parameters: 200,
      vocabSize: 6,
      maxContext: 64,
      losses: ['ppo'],
    }),
    async sample(request) {
      request.signal?.throwIfAborted();
      requests.push([...request.prompts]);
      return request.prompts.map((prompt, p) =>
        Array.from({ length: request.rolloutsPerPrompt }, (_, g) => {
          const probabilities = softmax(rowOf(prompt));
          const draw = random(request.seeds[p] ?? 0, 'sample', g).next();
          const answer = request.temperature === 0 ? argmax(probabilities) : inverseCdf(probabilities, draw);
          return {
            tokens: Int32Array.of(answer + 1),
            logprobs: Float32Array.of(Math.log(probabilities[answer] ?? 1)),
            entropies: Float32Array.of(-probabilities.reduce((sum, q) => sum + q * Math.log(q), 0)),
            stopReason: 'stop' as const,
          };
        }),
      );
    },
    async forwardBackward(batch: readonly TrajectoryGroup[]) {
      const rollouts = batch.flatMap((group) =>
        group.rollouts.map((rollout) => ({ ...rollout, prompt: group.prompt[0] ?? 0 })),
      );
      for (const { prompt, tokens, advantages } of rollouts) {
        for (const [k, q] of softmax(logits[prompt] ?? []).entries()) {
          const row = gradient[prompt] ?? [];
          row[k] =
            (row[k] ?? 0) + ((advantages[0] ?? 0) * ((k === (tokens[0] ?? 0) - 1 ? 1 : 0) - q)) / rollouts.length;
        }
      }
      return { loss: 0, entropy: 0, clipFraction: 0, approximateKl: 0, maskedFraction: 0, tokens: rollouts.length };
    },
    async optimStep({ learningRate }) {
      logits = logits.map((row, p) => row.map((value, k) => value + learningRate * (gradient[p]?.[k] ?? 0)));
      gradient = logits.map((row) => row.map(() => 0));
      steps += 1;
      return { gradientNorm: 1, step: steps };
    },
    async save(directory) {
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, 'policy.json'), JSON.stringify({ logits, steps }));
      return { path: directory };
    },
    async load({ path }) {
      const text = await readFile(join(path, 'policy.json'), 'utf8');
      try {
        ({ logits, steps } = JSON.parse(text));
      } catch (error) {
        throw new InputError('checkpoint-corrupt', `${path}/policy.json is not JSON.`, undefined, { cause: error });
      }
    },
    close: async () => undefined,
  };
}

/** A prompt is its number; a completion is one answer. */
export const fakeTokenizer: Tokenizer = {
  stopTokens: [0],
  vocabSize: 6,
  marks: {},
  encode: async (text) => Int32Array.of(Number(text)),
  encodePrompts: async (texts) => texts.map((text) => Int32Array.of(Number(text))),
  decode: async (completions) =>
    completions.map((tokens) => `</think>\n[Answer]\n${answers[(tokens[0] ?? 1) - 1] ?? ''}`),
};

/** `count` exact-match samples of two tasks' keys, the answer to prompt n being answers[n mod 5]. */
export function fakeSamples(count = 20): Sample[] {
  return Array.from(
    { length: count },
    (_, n): Sample => ({
      id: `sample-${n}`,
      task: n % 2 === 0 ? 'T1' : 'T6',
      prompt: String(n),
      reward: { metric: n % 2 === 0 ? 'EM' : 'SubEM', gold: [answers[n % answers.length] ?? ''], language: 'en' },
      question: 'Which?',
      rationale: '',
      rendering: 'short',
      split: 'train',
      cluster: `document-${n % 7}`,
      tokens: 1,
      provenance: { documents: [], evidence: [], generator: 'fake', generatorVersion: 1, seed: '' },
    }),
  );
}

/** Samples whose answer a policy that guesses a letter or digit hits now and then: groups differ, so there is a gradient. */
export const guessableSamples = (): Sample[] =>
  fakeSamples().map((sample) => ({ ...sample, reward: { metric: 'EM', gold: ['A'], language: 'en' } }));
