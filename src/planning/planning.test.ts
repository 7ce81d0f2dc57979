import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { packagedDocuments } from '../../test/packaged-documents.ts';
import { runCommand } from '../cli/main.ts';
import type { Terminal } from '../cli/shared/terminal.ts';
import { buildDataset } from '../construction/build.ts';
import { EngineCore } from '../engine/local/engine-core.ts';
import { parameterLayout } from '../engine/local/weights/parameters.ts';
import { parseModelConfig } from '../engine/local/weights/read-config.ts';
import { writeSamples } from '../samples/jsonl.ts';
import { chooseLayout } from './choose-layout.ts';
import { devices, usableMemory } from './device.ts';
import { adapterParameters, kvTokens, trainingMemory } from './layout.ts';
import { localMemory } from './local-plan.ts';
import {
  cachedTokens,
  countParameters,
  forwardFlops,
  knownModel,
  knownModels,
  kvBytes,
  shapeOfConfig,
} from './model-shape.ts';
import { makePlan, type PlanOptions } from './plan.ts';
import { checkFits, planLine } from './plan-of-config.ts';
import { duration, planLines } from './plan-text.ts';
import { readModelShape } from './read-model-shape.ts';
import { stepTokens, type Workload } from './workload.ts';

const gib = 2 ** 30;
const paper: Workload = {
  prompts: 128,
  group: 16,
  promptTokens: 163_840,
  responseTokens: 16_384,
  maxPromptTokens: 163_840,
  maxResponseTokens: 16_384,
  drawn: 4,
};

test('parameters are those that the models are published with', () => {
  const totals = Object.fromEntries(
    Object.entries(knownModels).map(([name, shape]) => [name, countParameters(shape).total]),
  );
  expect(totals).toEqual({
    'Qwen3-0.6B': 596_049_920,
    'Qwen3-1.7B': 1_720_574_976,
    'Qwen3-4B': 4_022_468_096,
    'Qwen3-8B': 8_190_735_360,
    'Qwen3-30B-A3B': 30_532_122_624,
  });
  // "3.3B activated", says its card.
  expect(countParameters(knownModel('Qwen/Qwen3-30B-A3B')).active / 1e9).toBeCloseTo(3.35, 1);
});

test('a folder’s config.json counts as the engine counts it', () => {
  const file = 'models/micro/config.json';
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  expect(countParameters(shapeOfConfig(json, file)).total).toBe(parameterLayout(parseModelConfig(json, file)).size);
  expect(() => shapeOfConfig({ model_type: 'qwen3' }, 'x/config.json')).toThrow(/x\/config\.json.*vocab_size/);
  expect(() => knownModel('Qwen3-4')).toThrow(/Did you mean "Qwen3-4B"/);
});

test('windowed layers cost their window, however the configuration says it', () => {
  const fields = {
    vocab_size: 1000,
    hidden_size: 64,
    intermediate_size: 128,
    num_hidden_layers: 6,
    num_attention_heads: 4,
  };
  const shape = (extra: object) => shapeOfConfig({ ...fields, sliding_window: 10, ...extra }, 'config.json');
  const layers = (extra: object) => shape(extra).windowed?.layers;
  const named = ['sliding_attention', 'full_attention'];
  expect(layers({ model_type: 'gemma3_text', layer_types: [...named, ...named, ...named] })).toBe(3);
  expect(layers({ model_type: 'gemma3_text', sliding_window_pattern: 6 })).toBe(5);
  expect(layers({ model_type: 'qwen2', use_sliding_window: true, max_window_layers: 4 })).toBe(2);
  expect(layers({ model_type: 'qwen2', use_sliding_window: false })).toBeUndefined();
  const mistral = shape({ model_type: 'mistral' });
  expect(mistral.windowed).toEqual({ layers: 6, window: 10 });
  expect(cachedTokens(mistral, 100)).toBe(10);
  // The first ten tokens attend to 50 in all, each of the next to ten, in 6 layers of 4 heads of 16.
  const attention = (from: number, to: number) =>
    forwardFlops(mistral, from, to) - 2 * countParameters(mistral).multiplied * (to - from);
  expect(attention(0, 100)).toBe(4 * 6 * 64 * (50 + 900));
  expect(attention(50, 60)).toBe(4 * 6 * 64 * 100);
});

test('a token of Qwen3-4B takes 144 KiB of cache, one of Qwen3-30B-A3B 96', () => {
  expect(kvBytes(knownModels['Qwen3-4B']) / 1024).toBe(144);
  expect(kvBytes(knownModels['Qwen3-30B-A3B']) / 1024).toBe(96);
});

test('a cache is split over the rollout engine no further than its key/value heads', () => {
  const shape = knownModels['Qwen3-30B-A3B'];
  const room = (rollout: number) => kvTokens(shape, rollout, 40 * gib);
  const weights = 2 * countParameters(shape).total;
  expect(room(4)).toBe(Math.floor((40 * gib - weights / 4) / (kvBytes(shape) / 4)));
  expect(room(8)).toBe(Math.floor((40 * gib - weights / 8) / (kvBytes(shape) / 4)));
  expect(kvTokens(shape, 1, 40 * gib)).toBe(0);
});

test('a forward pass costs two FLOPs a matrix entry and token, and attention its square', () => {
  const shape = knownModels['Qwen3-8B'];
  const { multiplied } = countParameters(shape);
  expect(forwardFlops(shape, 0, 1) / (2 * multiplied)).toBeCloseTo(1, 3);
  const square = 2 * shape.layers * shape.heads * shape.headDim;
  expect(forwardFlops(shape, 0, 100_000)).toBe(2 * multiplied * 1e5 + square * 1e10);
  expect(forwardFlops(shape, 0, 600) + forwardFlops(shape, 600, 1000)).toBeCloseTo(forwardFlops(shape, 0, 1000), -3);
});

test('a step of the paper trains 2048 rollouts, and shared prompts leave a seventh of it', () => {
  const tokens = stepTokens(paper);
  expect(tokens.trained).toBe(2048 * 180_224);
  expect(tokens.prefilled).toBe(512 * 163_840);
  expect(tokens.sampled).toBe(512 * 16 * 16_384);
  expect(tokens.trained / tokens.trainedShared).toBeCloseTo(6.77, 2);
});

test('on one GPU training takes 18 bytes a parameter, and over all GPUs the optimizer’s 12 are spread', () => {
  const shape = knownModels['Qwen3-4B'];
  const { total } = countParameters(shape);
  const alone = { kind: 'megatron', gpus: 1, tensor: 1, context: 1, expert: 1, rollout: 1 } as const;
  const one = trainingMemory(shape, alone, 1);
  expect((one.weights + one.gradients + one.optimizer) / total).toBe(18);
  const spread = trainingMemory(shape, { ...alone, gpus: 64, tensor: 8, context: 8 }, 1);
  expect((spread.weights + spread.gradients) / total).toBeCloseTo(6 / 8, 10);
  expect(spread.optimizer / total).toBeCloseTo(12 / 64, 10);
});

test('experts are spread by expert parallelism, the rest by tensor parallelism', () => {
  const shape = knownModels['Qwen3-30B-A3B'];
  const { total, experts } = countParameters(shape);
  const layout = { kind: 'megatron', gpus: 128, tensor: 4, context: 8, expert: 4, rollout: 8 } as const;
  const { weights, optimizer } = trainingMemory(shape, layout, 1);
  expect(weights).toBeCloseTo(2 * ((total - experts) / 4 + experts / 4), 0);
  expect(optimizer).toBeCloseTo((12 * total) / 128, 0);
});

test('an adapter has no gradients and moments but its own', () => {
  const shape = knownModels['Qwen3-4B'];
  // Rank 32 on all projections of Qwen3-4B, as peft counts it.
  expect(adapterParameters(shape, 32)).toBe(66_060_288);
  const { weights, gradients, optimizer } = localMemory(shape, 32, paper);
  expect(weights).toBe(4 * 4_022_468_096);
  expect(gradients + optimizer).toBe(12 * 66_060_288);
});

test('the plan counts the copy of the weights that sampling of few rollouts keeps', () => {
  const shape = knownModels['Qwen3-0.6B'];
  const bytes = 4 * countParameters(shape).total;
  const workload: Workload = { ...paper, prompts: 1, drawn: 1, group: 8, maxPromptTokens: 256, maxResponseTokens: 512 };
  const activations = (rank: number | undefined, changed: Partial<Workload>, memory: number) =>
    localMemory(shape, rank, { ...workload, ...changed }, memory).activations;
  const added = (changed: Partial<Workload>, memory = 32e9) =>
    activations(8, changed, memory) - activations(8, changed, 1e9);
  expect(added({})).toBe(bytes);
  expect([added({ prompts: 8 }), added({ maxResponseTokens: 64 }), added({}, 8e9)]).toEqual([0, 0, 0]);
  // Training of all weights frees it, and needs more itself.
  expect(activations(undefined, { maxPromptTokens: 65_536 }, 32e9)).toBe(
    activations(undefined, { maxPromptTokens: 65_536 }, 1e9),
  );
});

test("the paper's layouts fit on 80 GB, and one GPU does not do", () => {
  const layout = { context: 8, rollout: 8 };
  const device = devices.H100;
  const options = { workload: paper, device, kind: 'megatron', gpus: 128 } as const;
  const dense = chooseLayout({ ...options, shape: knownModels['Qwen3-4B'] }, { ...layout, tensor: 8, expert: 1 });
  const sparse = chooseLayout({ ...options, shape: knownModels['Qwen3-30B-A3B'] }, { ...layout, tensor: 4, expert: 4 });
  expect([dense.fits, sparse.fits]).toEqual([true, true]);
  expect(sparse.layout).toMatchObject({ tensor: 4, context: 8, expert: 4, rollout: 8, gpus: 128 });
  const alone = chooseLayout({ ...options, shape: knownModels['Qwen3-4B'], gpus: 1 });
  expect(alone).toMatchObject({ fits: false, reason: 'training does not fit' });
});

test('a chosen layout divides the GPUs and the rollouts, and says truly whether it fits', () => {
  const device = devices.H100;
  for (const shape of [knownModels['Qwen3-4B'], knownModels['Qwen3-8B'], knownModels['Qwen3-30B-A3B']]) {
    for (const gpus of [8, 16, 64, 128]) {
      const { layout, memory, fits } = chooseLayout({ shape, workload: paper, device, gpus, kind: 'megatron' });
      const copy = layout.tensor * layout.context;
      expect(gpus % copy).toBe(0);
      expect(2048 % (gpus / copy)).toBe(0);
      expect(fits).toBe(memory.total <= usableMemory * 80 * gib);
      expect(memory.total).toBeCloseTo(memory.weights + memory.gradients + memory.optimizer + memory.activations, 0);
    }
  }
});

const plan = (more: Partial<PlanOptions> = {}) =>
  makePlan({
    engine: 'verl',
    shape: knownModels['Qwen3-4B'],
    workload: { ...paper, promptTokens: 40_000, responseTokens: 3000 },
    steps: 100,
    gpus: [64, 128],
    device: devices.H100,
    ...more,
  });

test('twice the GPUs take half the time and cost the same, as far as a plan without a network can know', () => {
  const [half, full] = plan({ gpuHour: 2 }).cluster;
  expect((half?.time.total ?? 0) / (full?.time.total ?? 1)).toBeCloseTo(2, 1);
  expect(full?.cost).toBeCloseTo(128 * 2 * (full?.hours ?? 0), 6);
  expect((full?.cost ?? 0) / (half?.cost ?? 1)).toBeCloseTo(1, 1);
});

test('the update costs four forward passes at the utilisation that is assumed', () => {
  const shape = knownModels['Qwen3-4B'];
  const [row] = plan({ gpus: [64], efficiency: { training: 0.5 } }).cluster;
  const flops = 4 * 2048 * forwardFlops(shape, 0, 43_000);
  expect(row?.time.update).toBeCloseTo(flops / (64 * 989e12 * 0.5), 3);
  expect(plan({ efficiency: { training: 0.5 } }).assumptions.join(' ')).toContain('training reaches 50 % of the FLOPs');
});

test('hosted training costs its tokens at the given prices, and nothing is claimed without prices', () => {
  const priced = plan({ engine: 'tinker', gpus: [], prices: { prefill: 1, sample: 2, train: 3 } });
  const { prefilled, sampled, trained } = priced.tokens;
  expect(priced.hosted).toBeCloseTo((100 * (prefilled + 2 * sampled + 3 * trained)) / 1e6, 6);
  expect(plan({ engine: 'tinker', gpus: [] }).hosted).toBeUndefined();
});

test('durations are readable', () => {
  expect([0.5, 42, 600, 7200, 900_000, Number.POSITIVE_INFINITY].map(duration)).toEqual([
    '0.5 s',
    '42 s',
    '10 min',
    '2.0 h',
    '10 d',
    '-',
  ]);
});

async function command(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    columns: undefined,
  };
  return { code: await runCommand(args, terminal), out, err };
}

test('the command plans a preset on 1 to 128 GPUs, and states what it assumed', async () => {
  const { code, out } = await command('plan', '--preset', 'qwen3-4b-tmn-reweight');
  expect(code).toBe(0);
  expect(out).toMatch(/^1 .* no .*$/m);
  expect(out).toMatch(/^128 .*TP 8 CP 8, rollout TP 8.* yes /m);
  expect(out).toContain('Assumed:');
  const json = JSON.parse((await command('plan', '--preset', 'qwen3-4b-grpo', '--format', 'json')).out) as {
    cluster: { layout: { gpus: number } }[];
  };
  expect(json.cluster.map(({ layout }) => layout.gpus)).toEqual([1, 8, 16, 32, 64, 128]);
});

test('train --dry-run prints the plan of the configuration before it, as comments', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-plan-'));
  const { samples } = buildDataset({
    documents: packagedDocuments(),
    seed: 3,
    short: { train: 9, heldout: 0 },
    long: { samples: 0, bins: [8] },
  });
  await writeSamples(path.join(folder, 'train.jsonl'), samples);
  const config = path.join(folder, 'c.yaml');
  writeFileSync(
    config,
    'model: micro\ndata: { train: train.jsonl }\nrollout: { prompts: 4, group: 8, maxTokens: 50 }\n',
  );
  const { code, out } = await command('train', config, '--dry-run');
  rmSync(folder, { recursive: true });
  expect(code).toBe(0);
  expect(out).toContain('# 1.25M parameters, 8 KiB of key/value cache a token');
  expect(out).toContain('# a step: 4 prompts x 8 rollouts');
  const read: unknown = parse(out);
  expect(read).toMatchObject({ rollout: { prompts: 4, maxTokens: 50 }, model: 'micro' });
});

test('the command refuses what makes no sense', async () => {
  for (const args of [
    [],
    ['--model', 'Qwen3-5B'],
    ['--preset', 'qwen3-4b-grpo', '--gpus', '24'],
    ['--preset', 'qwen3-4b-grpo', '--gpus', '0'],
    ['--preset', 'qwen3-4b-grpo', '--gpus', '8,4096'],
    ['--preset', 'qwen3-4b-grpo', '--prompt-tokens', '200000'],
    ['--preset', 'qwen3-4b-grpo', '--mfu', '40'],
    ['--model', 'Qwen3-4B', '--engine', 'tinker', '--price-train', '1'],
  ]) {
    const { code, err } = await command('plan', ...args);
    expect([code, err.length > 0], args.join(' ')).toEqual([2, true]);
  }
});

test('a run that cannot fit is refused with the numbers before it starts', () => {
  const workload: Workload = { ...paper, prompts: 8, group: 8, maxResponseTokens: 512, responseTokens: 512 };
  const options = { engine: 'local', steps: 10, cores: 2, gpus: [], device: devices.H100, workload } as const;
  const plan = makePlan({ ...options, shape: knownModels['Qwen3-8B'] });
  expect(() => checkFits(plan, 64 * gib)).toThrow(
    /needs about \d+ GiB of memory \(weights 30.5 GiB.*this machine has 64.0 GiB/,
  );
  expect(() => checkFits(plan, 4096 * gib)).toThrow(/would take about \d+ d here: 10 steps of 8 groups of 8 responses/);
  const short = makePlan({ ...options, steps: 1, cores: 1024, shape: knownModels['Qwen3-0.6B'] });
  expect(() => checkFits(short, 4096 * gib)).not.toThrow();
  // Linear in the context, as the layered pass is.
  const activations = (maxPromptTokens: number) =>
    localMemory(knownModels['Qwen3-0.6B'], undefined, { ...workload, maxPromptTokens }).activations;
  const slope = (from: number, to: number) => (activations(to) - activations(from)) / (to - from);
  expect(slope(16_384, 32_768)).toBeCloseTo(slope(65_536, 131_072), 3);
});

test('where a device computes, the memory here is what checkpoints are written from, and nothing is said of time', () => {
  const workload: Workload = { ...paper, prompts: 8, group: 8, maxPromptTokens: 4096, maxResponseTokens: 512 };
  const options = { engine: 'local', steps: 10, cores: 2, gpus: [], device: devices.H100, workload, lora: 16 } as const;
  const shape = knownModels['Qwen3-8B'];
  const [single, half] = (['webgpu', 'webgpu-fp16'] as const).map(
    (localDevice) => makePlan({ ...options, shape, localDevice }).local,
  );
  const weights = (plan: typeof single) => (plan?.device?.weights ?? 0) / countParameters(shape).total;
  expect([weights(single), weights(half)].map((bytes) => bytes.toFixed(1))).toEqual(['4.0', '2.0']);
  expect(single?.gradients).toBe(0);
  expect(single?.total).toBeLessThan(makePlan({ ...options, shape }).local?.total ?? 0);
  const plan = makePlan({ ...options, shape, localDevice: 'webgpu' });
  expect(() => checkFits(plan, 16 * gib)).toThrow(
    /of this machine's memory beside the .* GiB on the device .*it has 16.0 GiB/,
  );
  // The processor would take years.
  expect(() => checkFits({ ...plan, steps: 1e6 }, 64 * gib)).not.toThrow();
  expect(planLines(plan).join('\n')).toMatch(/memory on the device \(webgpu\): weights .*\nmemory here: weights /);
  expect(planLine(plan)).toContain("of the device's memory");
});

test('an adapter has the shape of their model', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'golongrl-shape-'));
  const model = await EngineCore.open({ model: 'models/micro', threads: 1, lora: { rank: 4 } });
  await model.save(path.join(directory, 'adapter'));
  await model.close();
  const read = await readModelShape(path.join(directory, 'adapter'));
  expect(read).toEqual({ ...(await readModelShape('models/micro')), rank: 4 });
  rmSync(directory, { recursive: true });
});
