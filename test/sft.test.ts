/**
 * @file The supervised start through the command line, with the real engine: a policy of random weights, which writes no
 * answer at all, learns the form of one; then interrupt and resume, and what follows on the checkpoint.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../src/cli/main.ts';
import { writeModel } from '../src/engine/local/weights/checkpoint.ts';
import { initModel } from '../src/engine/local/weights/parameters.ts';
import { loadTokenizer } from '../src/engine/tokenizer.ts';
import { trainFromConfig } from '../src/experiment/train-from-config.ts';
import { scoreResponse } from '../src/rewards/index.ts';
import { demonstration, demonstrationTokens } from '../src/training/demonstration.ts';
import { parseConfig } from '../src/training/parse-config.ts';
import type { SupervisedMetrics } from '../src/training/step-metrics.ts';
import { fakeSamples } from './fake-policy.ts';

const micro = fileURLToPath(new URL('../models/micro', import.meta.url));
const samples = fakeSamples(20).map((sample, n) => ({
  ...sample,
  prompt: `Which city has the number ${n}?`,
  rationale: `Number ${n}.`,
  // One answer to all: a layer of random weights cannot look anything up in so few steps.
  reward: { ...sample.reward, gold: ['Lima'] },
}));

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-sft-'));
  const config = {
    architecture: 'llama',
    vocabSize: 1024,
    hiddenSize: 48,
    intermediateSize: 96,
    layers: 1,
    heads: 2,
    kvHeads: 2,
    headDim: 24,
    normEpsilon: 1e-6,
    ropeTheta: 10_000,
    maxContext: 256,
    tied: true,
  } as const;
  const model = join(directory, 'policy');
  await mkdir(model);
  await writeModel(model, { config, parameters: initModel(config, 1) });
  for (const name of ['tokenizer.json', 'tokenizer_config.json']) await cp(join(micro, name), join(model, name));
  for (const name of ['train', 'heldout'])
    await writeFile(join(directory, `${name}.jsonl`), samples.map((sample) => JSON.stringify(sample)).join('\n'));
  await writeFile(join(directory, 'config.yaml'), configText);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const configText = `
model: policy
data: { train: train.jsonl, heldout: heldout.jsonl }
rollout: { prompts: 2, group: 2, maxTokens: 40 }
sft: { steps: 80, batch: 8, learningRate: 2e-2 }
optimizer: { weightDecay: 0 }
evaluation: { greedy: false }
checkpoint: { every: 15 }
`;

async function golongrl(...args: string[]) {
  const said = { out: '', err: '' };
  const out = (text: string) => {
    said.out += text;
  };
  const err = (text: string) => {
    said.err += text;
  };
  return { code: await runCommand(args, { out, err, columns: undefined }), ...said };
}

let trained: ReturnType<typeof golongrl> | undefined;
/** The run that nothing interrupts, once for all tests. */
function unbroken(): ReturnType<typeof golongrl> {
  trained ??= golongrl('sft', join(directory, 'config.yaml'), '--out', join(directory, 'whole'));
  return trained;
}

const metricsText = (run: string) => readFile(join(directory, run, 'metrics.jsonl'), 'utf8');

test('a policy that writes no answer learns to: the loss falls, the share of answers rises, the report shows it', {
  tags: ['long'],
}, async () => {
  const { code, out, err } = await unbroken();
  expect(err).not.toContain('error');
  expect(code).toBe(0);
  const metrics: SupervisedMetrics[] = (await metricsText('whole'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(metrics).toHaveLength(80);
  expect(metrics[0]?.loss).toBeGreaterThan(6);
  expect(metrics.at(-1)?.loss).toBeLessThan(1);
  const { facts, kind } = JSON.parse(await readFile(join(directory, 'whole', 'run.json'), 'utf8'));
  expect(kind).toBe('sft');
  expect(facts.answered.before).toBeLessThan(0.1);
  expect(facts.answered.after).toBeGreaterThan(0.5);
  expect(facts.comparison.sampled.mean.after).toBeGreaterThan(facts.comparison.sampled.mean.before);
  expect(out).toMatch(/Responses with \[Answer\] at T 1\.0: \d+ % before, \d+ % after\./);
  const report = await readFile(join(directory, 'whole', 'report.html'), 'utf8');
  expect(report).toContain('Cross-entropy of the gold answers');
});

test('an interrupted run says how to go on and ends as the unbroken one; training takes up its checkpoint', {
  tags: ['long'],
}, async () => {
  await unbroken();
  const out = join(directory, 'parts');
  const config = parseConfig(configText, { file: 'config.yaml' });
  const abort = new AbortController();
  const result = await trainFromConfig({
    kind: 'sft',
    out,
    config,
    base: directory,
    signal: abort.signal,
    onEvent: (event) => {
      if (event.type === 'supervised-step-end' && event.metrics.step === 22) abort.abort();
    },
  });
  expect(result).toMatchObject({ interrupted: true, step: 22 });
  expect((await golongrl('train', '--resume', out)).err).toContain('Resume it with: golongrl sft');
  expect((await golongrl('sft', '--resume', out, '--format', 'quiet')).code).toBe(0);
  expect(await metricsText('parts')).toBe(await metricsText('whole'));
  const weights = ['checkpoints', 'step-000080', 'model.safetensors'];
  const whole = await readFile(join(directory, 'whole', ...weights));
  expect(whole.equals(await readFile(join(out, ...weights)))).toBe(true);

  const flags = ['--model', join('whole', 'checkpoints', 'step-000080'), '--steps', '2', '--dynamicSampling.draw', '1'];
  const rl = await golongrl('train', join(directory, 'config.yaml'), '--out', join(directory, 'rl'), ...flags);
  expect(rl.code).toBe(0);
});

test('a demonstration earns the full reward under both profiles, with and without its evidence', () => {
  for (const sample of samples) {
    for (const profile of ['paper', 'hardened'] as const) {
      const text = demonstration(sample, { profile, rationale: true });
      expect(text).toMatch(/^<think>\nNumber \d+\.\n<\/think>\n\[Answer\]\n/);
      expect(scoreResponse(sample.reward, text, profile).score).toBe(1);
      const bare = demonstration(sample, { profile, rationale: false });
      expect(bare.startsWith('<think>\n</think>\n[Answer]')).toBe(true);
    }
  }
});

test('where the template has opened the thinking, the response starts inside; else it opens it', async () => {
  const tokenizer = await loadTokenizer(micro);
  const [sample] = samples as [(typeof samples)[0]];
  const options = { profile: 'hardened', rationale: true } as const;
  const text = async (prompt: string) => {
    const tokens = await demonstrationTokens(tokenizer, { sample, prompt: await tokenizer.encode(prompt) }, options);
    expect(tokens.at(-1)).toBe(tokenizer.stopTokens[0]);
    return (await tokenizer.decode([tokens]))[0];
  };
  expect(await text('Which?\n<think>\n')).toMatch(/^Number 0\./);
  expect(await text('Which?\n')).toMatch(/^<think>\nNumber 0\./);
});

test('a policy with marks of its own is taught them, and its reader reads the demonstration', () => {
  const marks = { thinkOpen: ['<|begin_inner|>'], thinkClose: ['<|end_inner|>'], endTokens: ['<|stop|>'] };
  for (const sample of samples.slice(0, 3)) {
    const text = demonstration(sample, { profile: 'hardened', rationale: true, marks });
    expect(text).toMatch(/^<\|begin_inner\|>\nNumber \d+\.\n<\|end_inner\|>\n\[Answer\]\n/);
    const reward = { ...sample.reward, marks };
    expect(scoreResponse(reward, `${text}<|stop|>`, 'hardened')).toMatchObject({ score: 1, format: 'exact' });
    const inside = { ...marks, opensThinking: true };
    const open = text.slice('<|begin_inner|>'.length);
    expect(scoreResponse({ ...reward, marks: inside }, open, 'hardened').score).toBe(1);
  }
});

test('responses that no policy may write are refused, not trained on', async () => {
  const outcome = await golongrl(
    'sft',
    join(directory, 'config.yaml'),
    '--out',
    join(directory, 'short'),
    '--rollout.maxTokens',
    '3',
  );
  expect(outcome.code).toBe(1);
  expect(outcome.err).toContain('longer than rollout.maxTokens, 3');
});
