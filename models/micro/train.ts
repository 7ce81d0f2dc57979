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
import { type SupervisedExample, supervisedGroup } from './supervised.ts';

const options = new Command()
  .description('Train the micro policy on generated dossiers (see README.md for the parts and their times).')
  .option('--out <dir>', 'model folder to write', 'runs/micro')
  .option('--from <dir>', 'go on from this model instead of a new one')
  .option('--steps <n>', 'optimizer steps', Number, 1200)
  .option('--batch <n>', 'dossiers a step', Number, 8)
  .option('--questions <n>', 'questions over one dossier', Number, 6)
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
    questions: number;
    rate: number;
    vocab: number;
    records: string;
    wide: number;
    seed: number;
    exampleSeed: number;
    careless: boolean;
  }>();

const [recordsMin = 4, recordsMax = 9] = options.records.split(',').map(Number);
function* tokenizerTexts(): Generator<string> {
  for (let i = 0; i < 4000; i++) {
    const wanted = { recordsMin: 5, recordsMax: 9, careless: false };
    for (const { prompt, response } of supervisedGroup(options.seed + 7_000_000, i, 1, wanted))
      yield `${prompt}\n${response}`;
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

/** One group for each dossier: what its prompts share, then each question and its response, with weight 1 on the response. */
async function sharedGroup(tokenizer: Tokenizer, examples: readonly SupervisedExample[]): Promise<TrajectoryGroup> {
  const prompts = await tokenizer.encodePrompts(examples.map((example) => example.prompt));
  const responses = await Promise.all(examples.map((example) => tokenizer.encode(`${example.response}<|end|>`)));
  const first = prompts[0] ?? new Int32Array();
  const differs = first.findIndex((token, i) => prompts.some((prompt) => prompt[i] !== token));
  const prompt = first.subarray(0, differs < 0 ? first.length - 1 : differs);
  const rollouts = prompts.map((own, i): Rollout => {
    const question = own.subarray(prompt.length);
    const response = responses[i] ?? new Int32Array();
    const tokens = Int32Array.of(...question, ...response);
    const advantages = new Float32Array(tokens.length).fill(1, question.length);
    return { tokens, logprobs: new Float32Array(tokens.length), advantages };
  });
  return { prompt, rollouts };
}

if (options.from === undefined) await writeInitialModel();
else mkdirSync(options.out, { recursive: true });
const start = options.from ?? options.out;
const engine = await openLocalEngine({ model: start, threads: 2 });
const tokenizer = await loadTokenizer(start);
const log = join(options.out, 'train.log');
const started = performance.now();
let examples = 0;
for (let step = 0; step < options.steps; step++) {
  const rng = random(options.seed, 'width', step);
  const drawn = Array.from({ length: options.batch }, (_, i) => {
    const most = rng.chance(options.wide) ? recordsMax * 3 : recordsMax;
    const wanted = { recordsMin, recordsMax: most, careless: options.careless };
    return supervisedGroup(options.exampleSeed, step * options.batch + i, options.questions, wanted);
  });
  const groups = await Promise.all(drawn.map((examples) => sharedGroup(tokenizer, examples)));
  const rollouts = groups.flatMap((group) => group.rollouts);
  const tokens = rollouts.reduce((sum, { advantages }) => sum + advantages.reduce((a, b) => a + b, 0), 0);
  examples += rollouts.length;
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
    const row = `step ${step + 1}/${options.steps} loss ${metrics.loss.toFixed(4)} ${(examples / seconds).toFixed(0)} examples/s ${seconds.toFixed(0)} s`;
    process.stderr.write(`${row}\n`);
    appendFileSync(log, `${row}\n`);
  }
  if (step % 200 === 199) await engine.save(join(options.out, 'checkpoints', `step-${step + 1}`));
}
await engine.save(join(options.out, 'final'));
await engine.close();
