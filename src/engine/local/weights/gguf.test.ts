import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type GgufTensor, ggufBytes } from '../../../../test/engine/gguf-bytes.ts';
import { tinyConfig, tinyModel, tinyQwen, tinyQwen2 } from '../../../../test/engine/tiny-model.ts';
import { loadTokenizer } from '../../tokenizer.ts';
import { GgufReader } from './gguf.ts';
import type { ModelConfig } from './model-config.ts';
import { readModel } from './model-files.ts';
import { makeParameters, parameterLayout } from './parameters.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-gguf-'));
afterAll(() => rm(directory, { recursive: true }));
let files = 0;

async function fileOf(content: Uint8Array): Promise<string> {
  const path = join(directory, `${files++}.gguf`);
  await writeFile(path, content);
  return path;
}

const bytesOf = (data: Float32Array) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
const halfOne = [0x00, 0x3c];
const halfQuarter = [0x00, 0x34];
const ramp = Array.from({ length: 32 }, (_, i) => i);
/** Elements i and i + 16 share a byte. */
const nibbles = Array.from({ length: 16 }, (_, i) => i | ((15 - i) << 4));
const fourBits = ramp.map((i) => (i < 16 ? i : 15 - (i - 16)));

test.each([
  ['F16', 1, [0x00, 0x3c, 0x00, 0xc0], [1, -2]],
  ['BF16', 30, [0x80, 0x3f, 0x00, 0xc0], [1, -2]],
  ['Q8_0', 8, [...halfQuarter, ...ramp.map((i) => (i - 16) & 255)], ramp.map((i) => (i - 16) / 4)],
  ['Q4_0', 2, [...halfQuarter, ...nibbles], fourBits.map((q) => (q - 8) / 4)],
  ['Q4_1', 3, [...halfQuarter, ...halfOne, ...nibbles], fourBits.map((q) => q / 4 + 1)],
] as const)('%s is dequantised', async (_, type, data, expected) => {
  // Two blocks of each, in rows: the second must not be read from the first.
  const twice = Uint8Array.from([...data, ...data]);
  const shape = [2, expected.length];
  const path = await fileOf(ggufBytes({ 'general.name': 'x' }, [{ name: 'a', shape, type, data: twice }]));
  const reader = await GgufReader.open(path);
  const target = new Float32Array(2 * expected.length);
  await reader.read('a', shape, target);
  expect([...target]).toEqual([...expected, ...expected]);
  await reader.close();
});

const golden = z
  .record(z.string(), z.object({ type: z.number(), bytes: z.base64(), values: z.base64() }))
  .parse(JSON.parse(await readFile(new URL('../../../../test/golden/gguf-blocks.json', import.meta.url), 'utf8')));

test.each(Object.entries(golden))('%s is what the gguf package makes of it', async (_, { type, bytes, values }) => {
  const content = Buffer.from(values, 'base64');
  const expected = new Float32Array(content.buffer, content.byteOffset, content.length / 4).slice();
  const data = new Uint8Array(Buffer.from(bytes, 'base64'));
  const path = await fileOf(ggufBytes({}, [{ name: 'a', shape: [expected.length], type, data }]));
  const reader = await GgufReader.open(path);
  const target = new Float32Array(expected.length);
  await reader.read('a', [expected.length], target);
  expect(target).toEqual(expected);
  await reader.close();
});

const ggufName = (name: string): string =>
  name
    .replace('model.layers', 'blk')
    .replace('model.embed_tokens', 'token_embd')
    .replace('model.norm', 'output_norm')
    .replace('lm_head', 'output')
    .replace('post_attention_layernorm', 'ffn_norm')
    .replace('input_layernorm', 'attn_norm')
    .replace(/self_attn\.([qkv])_proj/, 'attn_$1')
    .replace(/self_attn\.([qk])_norm/, 'attn_$1_norm')
    .replace('self_attn.o_proj', 'attn_output')
    .replace(/mlp\.(gate|up|down)_proj/, 'ffn_$1');

/** Rows of each head as llama.cpp's converter puts them: row i of the first half, then row i of the second. */
function interleaved(rows: Float32Array, headDim: number, width: number): Float32Array {
  const out = new Float32Array(rows.length);
  for (let row = 0; row < rows.length / width; row++) {
    const inHead = row % headDim;
    const from = row - inHead + (inHead >> 1) + (inHead & 1) * (headDim / 2);
    out.set(rows.subarray(from * width, (from + 1) * width), row * width);
  }
  return out;
}

const tokenizerMetadata = {
  'tokenizer.ggml.model': 'gpt2',
  'tokenizer.ggml.pre': 'smollm',
  'tokenizer.ggml.tokens': [
    '<|end|>',
    'a',
    'b',
    'Ġ',
    '1',
    '2',
    'ab',
    'Ġab',
    '12',
    ...Array.from({ length: 28 }, (_, i) => `<${i}>`),
  ],
  'tokenizer.ggml.token_type': [3, ...new Array<number>(36).fill(1)],
  'tokenizer.ggml.merges': ['a b', 'Ġ ab', '1 2'],
  'tokenizer.ggml.eos_token_id': 0,
  'tokenizer.chat_template': "{% for m in messages %}{{ m['content'] }}{% endfor %} ",
};

function ggufModel(config: ModelConfig, further: readonly GgufTensor[] = []): Buffer {
  const { architecture: a } = config;
  const parameters = tinyModel(config, 3);
  const tensors = parameterLayout(config).slots.map(({ name, key, shape }): GgufTensor => {
    const data = parameters.views[key] as Float32Array;
    const turned = a === 'llama' && /[qk]_proj/.test(name);
    return {
      name: ggufName(name),
      shape,
      type: 0,
      data: bytesOf(turned ? interleaved(data, config.headDim, shape[1] ?? 1) : data),
    };
  });
  return ggufBytes(
    {
      'general.architecture': a,
      [`${a}.block_count`]: config.layers,
      [`${a}.context_length`]: config.maxContext,
      [`${a}.embedding_length`]: config.hiddenSize,
      [`${a}.feed_forward_length`]: config.intermediateSize,
      [`${a}.attention.head_count`]: config.heads,
      [`${a}.attention.head_count_kv`]: config.kvHeads,
      [`${a}.attention.key_length`]: config.headDim,
      [`${a}.attention.layer_norm_rms_epsilon`]: config.normEpsilon,
      [`${a}.rope.freq_base`]: config.ropeTheta,
      ...tokenizerMetadata,
    },
    [...tensors, ...further],
  );
}

test.each([
  ['llama', tinyConfig],
  ['qwen2', tinyQwen2],
  ['qwen3, untied', { ...tinyQwen, tied: false }],
])('a model in GGUF is the model: %s', async (_, config) => {
  const model = await readModel(await fileOf(ggufModel(config)));
  expect(model.config).toEqual(config);
  const read = makeParameters(parameterLayout(config), model.parameters);
  for (const [key, view] of Object.entries(tinyModel(config, 3).views)) expect(read.views[key], key).toEqual(view);
});

/** As llama.cpp's converter writes them for a `rope_scaling` of Llama 3. */
function divisors(headDim: number, theta: number, factor: number): GgufTensor {
  const data = Float32Array.from({ length: headDim / 2 }, (_, i) => {
    const wave = 2 * Math.PI * theta ** ((2 * i) / headDim);
    if (wave < 8192 / 4) return 1;
    const smooth = (8192 / wave - 1) / (4 - 1);
    return wave > 8192 ? factor : 1 / ((1 - smooth) / factor + smooth);
  });
  return { name: 'rope_freqs.weight', shape: [data.length], type: 0, data: bytesOf(data) };
}

test('the divisors of frequencies in a file of Llama 3 are its scaling', async () => {
  const config = { ...tinyConfig, headDim: 16, ropeTheta: 500_000 };
  const model = await readModel(await fileOf(ggufModel(config, [divisors(16, 500_000, 32)])));
  const scaling = { type: 'llama3', factor: 32, originalContext: 8192, lowFrequencyFactor: 1, highFrequencyFactor: 4 };
  expect(model.config).toEqual({ ...config, ropeScaling: scaling });
  const none = await readModel(await fileOf(ggufModel(config, [divisors(16, 500_000, 1)])));
  expect(none.config.ropeScaling).toBeUndefined();
});

test('divisors that are no scaling of Llama 3 are refused with their value', async () => {
  const config = { ...tinyConfig, headDim: 16 };
  const data = bytesOf(Float32Array.of(1, 1, 1, 1, 1.5, 2, 4, 8));
  const path = await fileOf(ggufModel(config, [{ name: 'rope_freqs.weight', shape: [8], type: 0, data }]));
  await expect(readModel(path)).rejects.toThrow('tensor "rope_freqs.weight": got 1.5 in place 4');
});

test('the tokenizer of a GGUF file encodes, decodes and ends as its metadata say', async () => {
  const tokenizer = await loadTokenizer(await fileOf(ggufModel(tinyConfig)));
  expect([...(await tokenizer.encode('ab ab12<|end|>'))]).toEqual([6, 7, 4, 5, 0]);
  expect(await tokenizer.decode([Int32Array.of(6, 7, 4, 5, 0)])).toEqual(['ab ab12']);
  expect(tokenizer.stopTokens).toEqual([0]);
  expect((await tokenizer.encodePrompts(['ab'])).map((tokens) => [...tokens])).toEqual([[6, 3]]);
});

const whole = ggufModel(tinyConfig);

test.each([
  ['another kind of file', Buffer.from('PK\u0003\u0004 is what archives begin with'), 'is no GGUF file'],
  ['a header cut short', whole.subarray(0, 300), 'ends within its header'],
  ['data cut short', whole.subarray(0, whole.length - 2000), 'but the file has'],
  ['a file without the sizes of a model', ggufBytes({ 'general.architecture': 'llama' }, []), 'vocab_size'],
  ['another architecture', ggufBytes({ 'general.architecture': 'gpt2' }, []), 'general.architecture: got "gpt2"'],
])('%s is refused with the path', async (_, content, message) => {
  const path = await fileOf(content);
  await expect(readModel(path)).rejects.toMatchObject({ name: 'InputError' });
  await expect(readModel(path)).rejects.toThrow(message);
  await expect(readModel(path)).rejects.toThrow(path);
});

test('a tensor in a format that is not read is named with the formats that are', async () => {
  const path = await fileOf(ggufBytes({}, [{ name: 'a', shape: [1], type: 24, data: new Uint8Array(4) }]));
  const reader = await GgufReader.open(path);
  await expect(reader.read('a', [1], new Float32Array(1))).rejects.toThrow(
    'tensor "a" has GGML type 24, expected F32 | F16 | BF16 | Q4_0 | Q4_1 | Q5_0 | Q5_1 | Q8_0 | Q2_K | Q3_K | Q4_K | Q5_K | Q6_K',
  );
  await reader.close();
});

test('metadata of arrays within arrays without end, and an alignment of nothing, are errors of the file', async () => {
  const text = (value: string) => [value.length, 0, 0, 0, 0, 0, 0, 0, ...Buffer.from(value)];
  const head = (key: string) => [71, 71, 85, 70, 3, 0, 0, 0, ...Array(8).fill(0), 1, ...Array(7).fill(0), ...text(key)];
  const array = [9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
  const nested = [...head('a'), 9, 0, 0, 0, ...Array.from({ length: 50_000 }, () => array).flat()];
  await expect(GgufReader.open(await fileOf(Uint8Array.from(nested)))).rejects.toMatchObject({ name: 'InputError' });
  const aligned = [...head('general.alignment'), 4, 0, 0, 0, 0, 0, 0, 0];
  await expect(GgufReader.open(await fileOf(Uint8Array.from(aligned)))).rejects.toThrow('general.alignment is 0');
});
