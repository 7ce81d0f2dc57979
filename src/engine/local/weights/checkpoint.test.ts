import { cp, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tinyBiased, tinyConfig, tinyModel, tinyQwen, tinyQwen2 } from '../../../../test/engine/tiny-model.ts';
import { makeOptimizer } from '../train/optimizer.ts';
import { readCheckpoint, writeModel } from './checkpoint.ts';
import { exportModel } from './export-model.ts';
import type { ModelConfig } from './model-config.ts';
import { readModel } from './model-files.ts';
import { makeParameters, parameterLayout } from './parameters.ts';
import { huggingFaceConfig } from './read-config.ts';
import { safetensorsParts } from './safetensors.ts';

const root = await mkdtemp(join(tmpdir(), 'golongrl-checkpoint-'));
afterAll(() => rm(root, { recursive: true }));

async function written(name: string, config: ModelConfig = tinyConfig) {
  const directory = join(root, name);
  const parameters = tinyModel(config, 3);
  const optimizer = makeOptimizer(parameters.flat.length);
  optimizer.m.fill(0.25);
  optimizer.v.fill(0.5);
  optimizer.step = 12;
  await writeModel(directory, { config, parameters, optimizer, tokenizer: '{"version":"1.0"}' });
  return { directory, parameters, optimizer };
}

test.each([
  ['llama', tinyConfig],
  ['qwen3', tinyQwen],
  ['qwen2', tinyQwen2],
  ['llama with biases', tinyBiased],
  ['untied', { ...tinyConfig, tied: false }],
] as const)('weights, moments, step and configuration come back as they were: %s', async (name, config) => {
  const { directory, parameters, optimizer } = await written(name, config);
  const read = await readCheckpoint(directory);
  expect(read.config).toEqual(config);
  expect(read.parameters).toEqual(parameters.flat);
  expect(read.optimizer).toEqual(optimizer);
  expect(JSON.parse(await readFile(join(directory, 'config.json'), 'utf8'))).toEqual(huggingFaceConfig(config));
});

/** Changes one bit in the middle of a file. */
async function flipBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] as number) ^ 1;
  await writeFile(path, bytes);
}

test.each([
  [
    'a flipped bit in the weights',
    (d: string) => flipBit(join(d, 'model.safetensors')),
    'model.safetensors: the content',
  ],
  ['cut weights', (d: string) => truncate(join(d, 'model.safetensors'), 1000), 'model.safetensors: got 1000 bytes'],
  [
    'a missing optimizer',
    (d: string) => rm(join(d, 'optimizer.safetensors')),
    'optimizer.safetensors, which the manifest',
  ],
  ['a kill before the manifest', (d: string) => rm(join(d, 'manifest.json')), 'manifest.json'],
  [
    'a manifest of something else',
    (d: string) => writeFile(join(d, 'manifest.json'), '{"files":{}}'),
    'is not the manifest of a golongrl-checkpoint',
  ],
  [
    'a manifest that is not JSON',
    (d: string) => writeFile(join(d, 'manifest.json'), '{'),
    'manifest.json: is not the manifest of a golongrl-checkpoint, version 1: it ends too early',
  ],
] as const)('%s is found, and the file is named', async (name, damage, message) => {
  const { directory } = await written(name.replaceAll(' ', '-'));
  await damage(directory);
  await expect(readCheckpoint(directory)).rejects.toThrow(message);
  await expect(readCheckpoint(directory)).rejects.toMatchObject({ name: 'InputError' });
});

test('what a killed save left behind does not disturb the next one, nor the earlier checkpoint', async () => {
  const { directory } = await written('killed');
  await mkdir(join(root, `.killed.partial-${process.pid}`));
  await writeFile(join(root, `.killed.partial-${process.pid}`, 'model.safetensors'), 'half');
  expect((await readCheckpoint(directory)).optimizer.step).toBe(12);
  await written('killed');
  expect((await readdir(root)).filter((entry) => entry.startsWith('.killed'))).toEqual([]);
  expect((await readCheckpoint(directory)).optimizer.step).toBe(12);
});

test('a model folder is replaced without losing the files of others', async () => {
  const { directory } = await written('others');
  await writeFile(join(directory, 'README.md'), 'mine');
  await mkdir(join(directory, 'notes'));
  await writeFile(join(directory, 'notes', 'a.txt'), 'also mine');
  await written('others');
  expect(await readFile(join(directory, 'README.md'), 'utf8')).toBe('mine');
  expect(await readFile(join(directory, 'notes', 'a.txt'), 'utf8')).toBe('also mine');
});

const config = huggingFaceConfig(tinyConfig);

test.each([
  [{ ...config, model_type: 'gpt2' }, 'config.json: model_type:'],
  [{ ...config, num_key_value_heads: 3 }, 'num_key_value_heads: got 3, expected a divisor of num_attention_heads (4)'],
  [
    { ...config, rope_scaling: { type: 'dynamic', factor: 2 } },
    'rope_scaling.rope_type: got "dynamic", expected default | linear | yarn | llama3',
  ],
  [{ ...config, hidden_act: 'relu' }, 'hidden_act: got "relu", expected silu | swish | gelu | gelu_pytorch_tanh'],
  [{ ...config, mlp_bias: true }, 'tensor "model.layers.0.mlp.gate_proj.bias" is missing'],
  [{ ...config, attention_bias: true }, 'tensor "model.layers.0.self_attn.q_proj.bias" is missing'],
  [{ ...config, head_dim: 8 }, 'has shape [24,24], expected [32,24]'],
])('a configuration that the engine does not compute is refused: %#', async (changed, message) => {
  const { directory } = await written('refused');
  await writeFile(join(directory, 'config.json'), JSON.stringify(changed));
  await expect(readModel(directory)).rejects.toThrow(message);
});

test('weights that are not numbers are refused, by tensor', async () => {
  const { directory, parameters } = await written('not-finite');
  (parameters.views['layer1.gate'] as Float32Array)[5] = Number.NaN;
  await writeModel(directory, { config: tinyConfig, parameters });
  await expect(readModel(directory)).rejects.toThrow('tensor "model.layers.1.mlp.gate_proj.weight" holds values');
});

test('moments that are not numbers are refused', async () => {
  const { directory, parameters } = await written('moments');
  const optimizer = makeOptimizer(parameters.flat.length);
  optimizer.m[7] = Number.POSITIVE_INFINITY;
  await writeModel(directory, { config: tinyConfig, parameters, optimizer });
  await expect(readCheckpoint(directory)).rejects.toThrow('tensor "m" holds values that are not finite');
});

test('an empty folder and a folder without weights are refused with the file that is missing', async () => {
  const empty = join(root, 'empty');
  await mkdir(empty);
  await expect(readModel(empty)).rejects.toThrow(`Cannot read ${join(empty, 'config.json')}`);
  await writeFile(join(empty, 'config.json'), JSON.stringify(config));
  await expect(readModel(empty)).rejects.toThrow(`Cannot read ${join(empty, 'model.safetensors')}`);
});

test('a bf16 file of the same tensors loads with bf16 precision', async () => {
  const { directory, parameters } = await written('bf16');
  const layout = parameterLayout(tinyConfig);
  const header: Record<string, unknown> = {};
  for (const { name, shape, offset, size } of layout.slots)
    header[name] = { dtype: 'BF16', shape, data_offsets: [offset * 2, (offset + size) * 2] };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const words = new Uint32Array(parameters.flat.buffer);
  const halves = Uint16Array.from(words, (word) => word >>> 16);
  const file = await open(join(directory, 'model.safetensors'), 'w');
  for (const part of [length, json, Buffer.from(halves.buffer)]) await file.writeFile(part);
  await file.close();
  const read = makeParameters(layout, (await readModel(directory)).parameters);
  for (const [i, value] of read.flat.entries()) {
    const exact = parameters.flat[i] as number;
    expect(Math.abs(value - exact)).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -7);
  }
});

test.each([
  ['bf16', 2 ** -8, 'bfloat16'],
  ['fp16', 2 ** -11, 'float16'],
] as const)('an export in %s is half as large, says so, and loads to its precision', async (type, precision, dtype) => {
  const { directory, parameters } = await written(`export-${type}`);
  const out = join(root, `exported-${type}`);
  await exportModel(directory, out, type);
  const sizes = await Promise.all([directory, out].map(async (d) => (await stat(join(d, 'model.safetensors'))).size));
  expect((sizes[1] as number) / (sizes[0] as number)).toBeLessThan(0.6);
  expect(JSON.parse(await readFile(join(out, 'config.json'), 'utf8'))).toMatchObject({ torch_dtype: dtype });
  for (const [i, value] of (await readModel(out)).parameters.entries()) {
    const exact = parameters.flat[i] as number;
    expect(Math.abs(value - exact)).toBeLessThanOrEqual(Math.abs(exact) * precision + 2 ** -25);
  }
});

test('a weight that fp16 cannot hold is refused, by tensor, and nothing is written', async () => {
  const { directory, parameters } = await written('large');
  (parameters.views['layer0.up'] as Float32Array)[3] = -70000;
  await writeModel(directory, { config: tinyConfig, parameters });
  const out = join(root, 'too-large');
  const message = 'Tensor "model.layers.0.mlp.up_proj.weight" holds -70000, and fp16 ends at 65504.';
  await expect(exportModel(directory, out, 'fp16')).rejects.toThrow(message);
  await expect(readdir(out)).rejects.toMatchObject({ code: 'ENOENT' });
  await exportModel(directory, out, 'bf16');
});

/** Turns a model folder into one of two shards with an index. */
async function shard(directory: string): Promise<void> {
  const parameters = (await readModel(directory)).parameters;
  const tensors = parameterLayout(tinyConfig).slots.map(({ name, shape, offset, size }) => {
    return { name, shape, data: parameters.subarray(offset, offset + size) };
  });
  const weightMap: Record<string, string> = {};
  for (const [i, part] of [tensors.slice(0, 7), tensors.slice(7)].entries()) {
    const file = `model-0000${i + 1}-of-00002.safetensors`;
    await writeFile(join(directory, file), Buffer.concat(safetensorsParts(part)));
    for (const { name } of part) weightMap[name] = file;
  }
  await writeFile(join(directory, 'model.safetensors.index.json'), JSON.stringify({ weight_map: weightMap }));
  await rm(join(directory, 'model.safetensors'));
}

test('a sharded model is read, and saved over itself as one file', async () => {
  const { directory, parameters } = await written('sharded');
  await shard(directory);
  const model = await readModel(directory);
  expect(model.parameters).toEqual(parameters.flat);
  await writeModel(directory, { config: tinyConfig, parameters });
  expect((await readdir(directory)).filter((name) => name.startsWith('model'))).toEqual(['model.safetensors']);
});

test.each([
  [
    'a shard that is missing',
    (d: string) => rm(join(d, 'model-00002-of-00002.safetensors')),
    'Cannot read .*model-00002-of-00002.safetensors',
  ],
  [
    'a shard cut short',
    (d: string) => truncate(join(d, 'model-00002-of-00002.safetensors'), 2000),
    'model-00002-of-00002.safetensors: tensor ".*" ends at byte',
  ],
  [
    'an index of something else',
    (d: string) => writeFile(join(d, 'model.safetensors.index.json'), '[]'),
    'index.json: is no index',
  ],
  [
    'an index without a tensor',
    (d: string) =>
      writeFile(
        join(d, 'model.safetensors.index.json'),
        '{"weight_map":{"model.norm.weight":"model-00002-of-00002.safetensors"}}',
      ),
    'index.json: tensor "model.embed_tokens.weight" is missing',
  ],
] as const)('%s is named', async (name, damage, message) => {
  const { directory } = await written(name.replaceAll(' ', '-'));
  await shard(directory);
  await damage(directory);
  await expect(readModel(directory)).rejects.toThrow(new RegExp(message));
  await expect(readModel(directory)).rejects.toMatchObject({ name: 'InputError' });
});

test('an output projection beside a tied embedding must be the embedding', async () => {
  const { directory, parameters } = await written('tied');
  const { vocabSize, hiddenSize } = tinyConfig;
  const save = async (head: Float32Array) => {
    const own = parameterLayout(tinyConfig).slots.map(({ name, key, shape }) => ({
      name,
      shape,
      data: parameters.views[key] as Float32Array,
    }));
    const tensors = [...own, { name: 'lm_head.weight', shape: [vocabSize, hiddenSize], data: head }];
    await writeFile(join(directory, 'model.safetensors'), Buffer.concat(safetensorsParts(tensors)));
  };
  const embedding = parameters.views.embedding as Float32Array;
  await save(embedding);
  expect((await readModel(directory)).parameters).toEqual(parameters.flat);
  await save(embedding.map((value) => 1.5 * value));
  await expect(readModel(directory)).rejects.toThrow('tie_word_embeddings is true, but tensor "lm_head.weight"');
});

test('weights in a pickle file are refused with what to do', async () => {
  const { directory } = await written('pickle');
  await rename(join(directory, 'model.safetensors'), join(directory, 'pytorch_model.bin'));
  await expect(readModel(directory)).rejects.toMatchObject({ code: 'model-unsupported' });
});

test('fields of the configuration that the engine does not know stay, those that would be wrong go', async () => {
  const { directory } = await written('fields');
  const source = { ...huggingFaceConfig(tinyConfig), eos_token_id: 5, dtype: 'bfloat16' };
  await writeFile(join(directory, 'config.json'), JSON.stringify(source));
  const { config, configJson } = await readModel(directory);
  await writeModel(directory, { config, configJson, parameters: tinyModel(tinyConfig) });
  const saved = JSON.parse(await readFile(join(directory, 'config.json'), 'utf8'));
  expect(saved).toMatchObject({ eos_token_id: 5, torch_dtype: 'float32' });
  expect(saved).not.toHaveProperty('dtype');
});

test('a checkpoint copied elsewhere is still whole', async () => {
  const { directory } = await written('moved');
  await cp(directory, join(root, 'copy'), { recursive: true });
  expect((await readCheckpoint(join(root, 'copy'))).optimizer.step).toBe(12);
});
