/**
 * @file Trains the micro policy from nothing on generated text, with the embedded engine: no Python, no downloads, no text
 * of other people. `npx tsx models/micro/train.ts --help` lists the options; README.md has the command and the figures.
 */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Rollout, TrajectoryGroup } from '../../src/engine/engine.ts';
import { writeModel } from '../../src/engine/local/checkpoint.ts';
import { openLocalEngine } from '../../src/engine/local/local-engine.ts';
import { loadTokenizer, type Tokenizer } from '../../src/engine/tokenizer.ts';
import { random } from '../../src/random.ts';
import { tokenizerJson, trainBpe } from './bpe.ts';
import { inductionInit } from './induction-init.ts';
import { type SupervisedExample, supervisedExample } from './supervised.ts';

const options = new Command()
  .description('Train the micro policy on generated dossiers (see README.md for the parts and their times).')
  .option('--out <dir>', 'model folder to write', 'runs/micro')
  .option('--from <dir>', 'go on from this model instead of a new one')
  .option('--steps <n>', 'optimizer steps', Number, 1200)
  .option('--batch <n>', 'examples a step', Number, 48)
  .option('--rate <x>', 'peak learning rate', Number, 1.2e-3)
  .option('--vocab <n>', 'BPE vocabulary', Number, 1024)
  .option('--records <min,max>', 'records of a dossier', '4,9')
  .option(
    '--wide <share>',
    'share of examples with up to three times as many records (contexts up to 1K tokens)',
    Number,
    0.06,
  )
  .option('--seed <n>', 'seed of the weights', Number, 1)
  .option('--example-seed <n>', 'seed of the examples', Number, 1)
  .option('--careless', 'mix in careless demonstrations, which leave reinforcement learning something to do', false)
  .parse(process.argv)
  .opts<{
    out: string;
    from?: string;
    steps: number;
    batch: number;
    rate: number;
    vocab: number;
    records: string;
    wide: number;
    seed: number;
    exampleSeed: number;
    careless: boolean;
  }>();

const [recordsMin = 4, recordsMax = 9] = options.records.split(',').map(Number);
/** Sequences of one dense batch; longer batches waste padding, smaller ones waste cores. */
const sequencesAtOnce = 24;

function* tokenizerTexts(): Generator<string> {
  for (let i = 0; i < 4000; i++) {
    const example = supervisedExample(options.seed + 7_000_000, i, { recordsMin: 5, recordsMax: 9, careless: false });
    yield `${example.prompt}\n${example.response}`;
  }
}

async function writeInitialModel(): Promise<void> {
  const { vocab, merges } = trainBpe(tokenizerTexts(), options.vocab);
  const tokenizer = tokenizerJson(vocab, merges);
  const config = {
    architecture: 'llama',
    vocabSize: options.vocab,
    hiddenSize: 128,
    intermediateSize: 384,
    layers: 4,
    heads: 4,
    kvHeads: 4,
    headDim: 64,
    normEpsilon: 1e-6,
    ropeTheta: 1_000_000,
    maxContext: 1536,
    tied: true,
  } as const;
  const newline = vocab.Ċ;
  if (newline === undefined) throw new Error('the tokenizer has no newline');
  await writeModel(options.out, { config, parameters: inductionInit(config, newline, options.seed), tokenizer });
  const template = "{{ messages[0]['content'] }}\n<think>\n";
  const tokenizerConfig = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    eos_token: '<|end|>',
    pad_token: '<|pad|>',
    chat_template: template,
    model_max_length: config.maxContext,
  };
  writeFileSync(join(options.out, 'tokenizer_config.json'), `${JSON.stringify(tokenizerConfig, undefined, 2)}\n`);
}

/** Sequences of nearly equal length side by side, each as prompt and response with weight 1 on the response. */
async function denseBatches(
  tokenizer: Tokenizer,
  examples: readonly SupervisedExample[],
): Promise<{ groups: TrajectoryGroup[]; tokens: number }> {
  const prompts = await tokenizer.encodePrompts(examples.map((example) => example.prompt));
  const responses = await Promise.all(examples.map((example) => tokenizer.encode(`${example.response}<|end|>`)));
  let tokens = 0;
  const rollouts = prompts.map((prompt, i): Rollout => {
    const response = responses[i] ?? new Int32Array();
    const sequence = new Int32Array(prompt.length + response.length);
    sequence.set(prompt);
    sequence.set(response, prompt.length);
    const advantages = new Float32Array(sequence.length).fill(1, prompt.length);
    tokens += response.length;
    return { tokens: sequence, logprobs: new Float32Array(sequence.length), advantages };
  });
  rollouts.sort((a, b) => a.tokens.length - b.tokens.length);
  const groups: TrajectoryGroup[] = [];
  for (let at = 0; at < rollouts.length; at += sequencesAtOnce) {
    groups.push({ prompt: new Int32Array(), rollouts: rollouts.slice(at, at + sequencesAtOnce) });
  }
  return { groups, tokens };
}

if (options.from === undefined) await writeInitialModel();
else mkdirSync(options.out, { recursive: true });
const start = options.from ?? options.out;
const engine = await openLocalEngine({ model: start, threads: 2 });
const tokenizer = await loadTokenizer(start);
const log = join(options.out, 'train.log');
const started = performance.now();
let trainedTokens = 0;
for (let step = 0; step < options.steps; step++) {
  const rng = random(options.seed, 'width', step);
  const examples = Array.from({ length: options.batch }, (_, i) => {
    const most = rng.chance(options.wide) ? recordsMax * 3 : recordsMax;
    return supervisedExample(options.exampleSeed, step * options.batch + i, {
      recordsMin,
      recordsMax: most,
      careless: options.careless,
    });
  });
  const { groups, tokens } = await denseBatches(tokenizer, examples);
  trainedTokens += groups.reduce((sum, group) => sum + group.rollouts.reduce((s, r) => s + r.tokens.length, 0), 0);
  const metrics = await engine.forwardBackward(groups, {
    type: 'cross-entropy',
    aggregation: 'constant',
    normalizer: tokens,
  });
  // Warm-up over 50 steps, then a linear decay over the last two thirds to a tenth.
  const decay = Math.min(1, (1 - step / options.steps) / (2 / 3));
  const learningRate = options.rate * Math.min(1, (step + 1) / 50) * (0.1 + 0.9 * decay);
  await engine.optimStep({ learningRate, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.01, gradientClip: 1 });
  if (step % 20 === 19 || step === options.steps - 1) {
    const seconds = (performance.now() - started) / 1000;
    const row = `step ${step + 1}/${options.steps} loss ${metrics.loss.toFixed(4)} ${Math.round(trainedTokens / seconds)} tokens/s ${seconds.toFixed(0)} s`;
    process.stderr.write(`${row}\n`);
    appendFileSync(log, `${row}\n`);
  }
  if (step % 200 === 199) await engine.save(join(options.out, 'checkpoints', `step-${step + 1}`));
}
await engine.save(join(options.out, 'final'));
await engine.close();
