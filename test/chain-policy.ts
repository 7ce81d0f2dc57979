/**
 * @file A policy that knows the form of an answer and nothing else: whatever it is asked, it says `</think>[Answer]` and
 * then a random letter or digit. Set by hand (a bigram in the output head), so end-to-end tests have a real model folder for
 * the real engine in milliseconds, with rewards that differ: it guesses multiple choice, and training can only teach it that.
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenizerJson, trainBpe } from '../models/micro/bpe.ts';
import { writeModel } from '../src/engine/local/weights/checkpoint.ts';
import type { ModelConfig } from '../src/engine/local/weights/model-config.ts';
import { initModel } from '../src/engine/local/weights/parameters.ts';

const typicalText =
  'Countries:\nKenya (region: Africa): capital Nairobi; highest point 5199\nWhich countries have the region Africa?\nAfter [Answer], write the exact value on one line.';

/** Written beside the tokenizer, so that other readers know its end token. */
const tokenizerConfig = { tokenizer_class: 'PreTrainedTokenizerFast', eos_token: '<|end|>', pad_token: '<|pad|>' };

/** Writes the model folder and returns its path; `change` makes another shape of it. */
export async function writeChainPolicy(change: Partial<ModelConfig> = {}): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'golongrl-policy-')), 'policy');
  await mkdir(folder, { recursive: true });
  const { vocab, merges } = trainBpe([typicalText], 320);
  const config: ModelConfig = {
    architecture: 'llama',
    vocabSize: Object.keys(vocab).length,
    hiddenSize: 32,
    intermediateSize: 32,
    layers: 1,
    heads: 2,
    kvHeads: 2,
    headDim: 8,
    normEpsilon: 1e-6,
    ropeTheta: 10_000,
    maxContext: 1536,
    tied: false,
    ...change,
  };
  const parameters = initModel(config, 1, 0.02);
  const guesses = [...'ABCDE0123456789'];
  const chain: [string, string[]][] = [
    ['Ċ', ['</think>']],
    ['</think>', ['[Answer]']],
    ['[Answer]', guesses],
    ...guesses.map((guess): [string, string[]] => [guess, ['<|end|>']]),
  ];
  const { embedding, head } = parameters.views;
  for (const [direction, [token, followers]] of chain.entries()) {
    const row = (vocab[token] ?? 0) * config.hiddenSize;
    embedding?.fill(0, row, row + config.hiddenSize);
    if (embedding) embedding[row + direction] = 1;
    for (const follower of followers) if (head) head[(vocab[follower] ?? 0) * config.hiddenSize + direction] = 2;
  }
  const companions = { 'tokenizer_config.json': JSON.stringify(tokenizerConfig) };
  await writeModel(folder, { config, parameters, tokenizer: tokenizerJson(vocab, merges), companions });
  return folder;
}
