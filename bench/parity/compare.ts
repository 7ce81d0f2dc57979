/**
 * @file Comparisons of a model in the embedded engine with PyTorch and transformers on the CPU, in fp32: logits, the gradient of
 * every parameter, one AdamW step, decoding, a copy written by the engine, an adapter trained by the engine and loaded by peft, and
 * for a real model the tokenizer.
 */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TrajectoryGroup } from '../../src/engine/engine.ts';
import { fixedBounds } from '../../src/engine/local/decode/fixed-weights.ts';
import { EngineCore } from '../../src/engine/local/engine-core.ts';
import { adamStep, gradientNorm, makeOptimizer } from '../../src/engine/local/train/optimizer.ts';
import { Trainer } from '../../src/engine/local/train/trainer.ts';
import { packingLimits } from '../../src/engine/local/train/units.ts';
import { writeModel } from '../../src/engine/local/weights/checkpoint.ts';
import { adapterLayout } from '../../src/engine/local/weights/lora.ts';
import { type Model, readCompanions, readModel } from '../../src/engine/local/weights/model-files.ts';
import { makeParameters, parameterLayout } from '../../src/engine/local/weights/parameters.ts';
import { SafetensorsReader } from '../../src/engine/local/weights/safetensors.ts';
import { loadTokenizer } from '../../src/engine/tokenizer.ts';
import { random } from '../../src/random.ts';
import { forwardLogits } from '../../test/engine/logits.ts';
import type { Reference } from './reference.ts';

/** Where a comparison writes, and the other side of it. */
export interface Bench {
  readonly work: string;
  readonly reference: Reference;
}

const adam = { learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1, gradientClip: 1 };
/** Largest differences that count as equal. */
export const bounds = { logits: 1e-3, gradient: 1e-3, step: 1e-5, copy: 1e-5 };
// No numerals beyond digits: transformers' reading of GGUF files does not split at them, as the model's own tokenizer does.
const texts = [
  'What did the 1923 address say about taxes, tariffs and the debt?',
  "  def f(x):\n\treturn x**2  # naïve café, 東京 🙂\r\n\n\nDON'T panic: 1234567.89",
];

function randomGroup(vocabSize: number, promptLength: number): TrajectoryGroup {
  const rng = random('parity', vocabSize, promptLength);
  const tokens = (count: number) => Int32Array.from({ length: count }, () => rng.integer(0, vocabSize - 1));
  return {
    prompt: tokens(promptLength),
    rollouts: [7, 12, 9].map((count) => ({
      tokens: tokens(count),
      logprobs: new Float32Array(count),
      advantages: Float32Array.from({ length: count }, () => 2 * rng.next() - 0.8),
    })),
  };
}

async function read(source: SafetensorsReader, name: string): Promise<Float32Array> {
  const shape = source.tensors.get(name)?.shape ?? [];
  const target = new Float32Array(shape.reduce((a, b) => a * b, 1));
  await source.read(name, shape, target);
  return target;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  let worst = 0;
  for (let i = 0; i < b.length; i++) worst = Math.max(worst, Math.abs((a[i] as number) - (b[i] as number)));
  return a.length === b.length ? worst : Number.POSITIVE_INFINITY;
}

function relativeDistance(a: Float32Array, b: Float32Array): number {
  let difference = 0;
  for (let i = 0; i < b.length; i++) difference += ((a[i] as number) - (b[i] as number)) ** 2;
  // An expert that no token chose has no gradient, on either side.
  return difference === 0 ? 0 : Math.sqrt(difference) / gradientNorm(b);
}

/** What came of one model. */
export interface Row {
  readonly model: string;
  readonly logits: number;
  readonly gradient: number;
  readonly gradientOf: string;
  /** AdamW on the reference's gradient, and on the engine's own. */
  readonly step: number;
  readonly ownStep: number;
  /** Share of parameters whose own step differs by more than the bound: those whose gradient is rounding noise. */
  readonly ownStepShare: number;
  /** Log-probabilities of tokens that the engine sampled; infinite where greedy tokens differ from those of `generate`. */
  readonly decode: number;
  /** A copy of the model written by the engine, loaded by transformers: largest difference of logits from the original. */
  readonly copy: number;
  /** An adapter trained by the engine, loaded by peft: logits, and gradients of its tensors. */
  readonly adapterLogits: number;
  readonly adapterGradient: number;
  readonly tokens: string;
}

/** All comparisons of the model at `path`. */
export async function compare(bench: Bench, path: string): Promise<Row> {
  const { work, reference } = bench;
  const model = await readModel(path);
  const real = model.config.vocabSize > 1000;
  const group = real ? await realGroup(path) : randomGroup(model.config.vocabSize, 110);
  const batchPath = join(work, 'batch.json');
  const out = join(work, 'reference.safetensors');
  const rollouts = group.rollouts.map(({ tokens, advantages }) => ({
    tokens: [...tokens],
    advantages: [...advantages],
  }));
  await writeFile(batchPath, JSON.stringify({ prompt: [...group.prompt], rollouts, adam, ...(real ? { texts } : {}) }));
  await reference.call('run', path, batchPath, out);
  const source = await SafetensorsReader.open(out);
  const row = await compareWith(bench, source, { path, model, group, real });
  await source.close();
  return row;
}

/** A question in the model's own chat format, and answers that need not be good. */
async function realGroup(path: string): Promise<TrajectoryGroup> {
  const tokenizer = await loadTokenizer(path);
  const [prompt] = await tokenizer.encodePrompts([texts[0] as string]);
  const answers = [
    'It said that taxes fell.',
    'The debt was to be paid, and tariffs kept as they were.',
    'I do not know',
  ];
  const rng = random('parity advantages');
  const rollouts = await Promise.all(
    answers.map(async (answer) => {
      const tokens = await tokenizer.encode(answer);
      const advantages = Float32Array.from(tokens, () => 2 * rng.next() - 0.8);
      return { tokens, logprobs: new Float32Array(tokens.length), advantages };
    }),
  );
  return { prompt: prompt as Int32Array, rollouts };
}

async function compareWith(
  bench: Bench,
  source: SafetensorsReader,
  { path, model, group, real }: { path: string; model: Model; group: TrajectoryGroup; real: boolean },
): Promise<Row> {
  const { config } = model;
  const layout = parameterLayout(config);
  const parameters = makeParameters(layout, model.parameters);
  const gradients = makeParameters(layout);
  const sequence = Int32Array.from([...group.prompt, ...(group.rollouts[0]?.tokens ?? [])]);
  const logits = largestDifference(await forwardLogits(config, parameters, sequence), await read(source, 'logits'));

  const trainer = new Trainer({ config, parameters, gradients, limits: packingLimits(config), threads: 2 });
  await trainer.forwardBackward([group], { type: 'cross-entropy', aggregation: 'token-mean' });
  await trainer.release();
  let gradient = 0;
  let gradientOf = '';
  for (const { name, key } of layout.slots) {
    const distance = relativeDistance(gradients.views[key] as Float32Array, await read(source, `gradient.${name}`));
    if (distance > gradient || Number.isNaN(distance)) [gradient, gradientOf] = [distance, name];
  }

  const theirs = makeParameters(layout);
  for (const { name, key } of layout.slots) theirs.views[key]?.set(await read(source, `gradient.${name}`));
  const onTheirs = { ...parameters, flat: parameters.flat.slice() };
  adamStep(onTheirs.flat, theirs.flat, makeOptimizer(layout.size), adam);
  adamStep(parameters.flat, gradients.flat, makeOptimizer(layout.size), adam);
  let [step, ownStep, apart] = [0, 0, 0];
  for (const { name, offset, size } of layout.slots) {
    const after = await read(source, `after.${name}`);
    step = Math.max(step, largestDifference(onTheirs.flat.subarray(offset, offset + size), after));
    const own = parameters.flat.subarray(offset, offset + size);
    ownStep = Math.max(ownStep, largestDifference(own, after));
    for (let i = 0; i < size; i++) if (Math.abs((own[i] as number) - (after[i] as number)) > bounds.step) apart++;
  }
  return {
    model: basename(path),
    logits,
    gradient,
    gradientOf,
    step,
    ownStep,
    ownStepShare: apart / layout.size,
    decode: await compareDecode(bench, path, group),
    copy: await compareCopy(bench, path),
    ...(await compareAdapter(bench, path, group)),
    tokens: real ? await compareTokens(path, source) : '-',
  };
}

async function compareCopy({ work, reference }: Bench, path: string): Promise<number> {
  const { config, configJson, parameters } = await readModel(path);
  const copy = join(work, 'copy');
  const companions = await readCompanions(path).catch(() => ({}));
  await writeModel(copy, {
    config,
    configJson,
    parameters: makeParameters(parameterLayout(config), parameters),
    companions,
  });
  const out = join(work, 'same.safetensors');
  await reference.call('same', path, copy, out);
  const source = await SafetensorsReader.open(out);
  const [weights = Number.NaN] = await read(source, 'weights');
  const [logits = Number.NaN] = await read(source, 'logits');
  await source.close();
  return weights === 0 ? logits : Number.POSITIVE_INFINITY;
}

/** Samples with the engine; the other side scores what came, and continues the prompt greedily by itself. */
async function compareDecode({ work, reference }: Bench, path: string, { prompt }: TrajectoryGroup): Promise<number> {
  const engine = await EngineCore.open({ model: path, threads: 2, maxContext: 512 });
  const request = { prompts: [prompt], rolloutsPerPrompt: 3, maxTokens: 40, stopTokens: [], seeds: [5] };
  // So long that the decoder keeps a copy of the weights; the greedy ones are decoded without.
  const maxTokens = fixedBounds.steps;
  const [drawn = []] = await engine.sample({ ...request, maxTokens, temperature: 1 });
  const [[greedy] = []] = await engine.sample({ ...request, rolloutsPerPrompt: 1, temperature: 0 });
  await engine.close();
  const [samples, out] = [join(work, 'samples.json'), join(work, 'decode.safetensors')];
  const rollouts = drawn.map(({ tokens }) => [...tokens]);
  await writeFile(samples, JSON.stringify({ prompt: [...prompt], rollouts, count: request.maxTokens }));
  await reference.call('decode', path, samples, out);
  const source = await SafetensorsReader.open(out);
  const theirs = await read(source, 'logprobs');
  const sameGreedy = (await read(source, 'greedy')).join() === greedy?.tokens.join();
  await source.close();
  const ours = Float32Array.from(drawn.flatMap(({ logprobs }) => [...logprobs]));
  return sameGreedy ? largestDifference(ours, theirs) : Number.POSITIVE_INFINITY;
}

async function compareAdapter(
  { work, reference }: Bench,
  path: string,
  group: TrajectoryGroup,
): Promise<Pick<Row, 'adapterLogits' | 'adapterGradient'>> {
  const folder = join(work, 'adapter');
  const engine = await EngineCore.open({ model: path, threads: 2, lora: { rank: 4, alpha: 12 } });
  for (let step = 0; step < 3; step++) {
    await engine.forwardBackward([group], { type: 'cross-entropy', aggregation: 'token-mean' });
    await engine.optimStep({ ...adam, learningRate: 2e-2 });
  }
  await engine.save(folder);
  await engine.close();
  const out = join(work, 'adapter.safetensors');
  await reference.call('adapter', path, folder, join(work, 'batch.json'), out);

  const model = await readModel(folder);
  const { config } = model;
  const layout = adapterLayout(config);
  const base = makeParameters(parameterLayout(config), model.parameters);
  const adapter = makeParameters(layout, model.adapter?.parameters);
  const parameters = { ...base, views: { ...base.views, ...adapter.views } };
  const gradients = makeParameters(layout);
  const trainer = new Trainer({ config, parameters, gradients, limits: packingLimits(config), threads: 2 });
  await trainer.forwardBackward([group], { type: 'cross-entropy', aggregation: 'token-mean' });
  await trainer.release();
  const source = await SafetensorsReader.open(out);
  const sequence = Int32Array.from([...group.prompt, ...(group.rollouts[0]?.tokens ?? [])]);
  const adapterLogits = largestDifference(
    await forwardLogits(config, parameters, sequence),
    await read(source, 'logits'),
  );
  let adapterGradient = 0;
  for (const { name, key } of layout.slots) {
    const theirs = await read(source, `gradient.${name}`);
    adapterGradient = Math.max(adapterGradient, relativeDistance(gradients.views[key] as Float32Array, theirs));
  }
  await source.close();
  return { adapterLogits, adapterGradient };
}

async function compareTokens(path: string, source: SafetensorsReader): Promise<string> {
  const tokenizer = await loadTokenizer(path);
  const ours = [
    ...(await Promise.all(texts.map((text) => tokenizer.encode(text)))),
    ...(await tokenizer.encodePrompts([texts[0] as string])),
  ];
  const names = [...texts.map((_, i) => `tokens.${i}`), 'tokens.chat'];
  for (const [i, name] of names.entries()) {
    if ((await read(source, name)).join() !== ours[i]?.join()) return `differ (${name})`;
  }
  return 'equal';
}
