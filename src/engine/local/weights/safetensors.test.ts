import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SafetensorsReader, safetensorsParts } from './safetensors.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-safetensors-'));
afterAll(() => rm(directory, { recursive: true }));
let files = 0;

async function fileOf(content: Uint8Array): Promise<string> {
  const path = join(directory, `${files++}.safetensors`);
  await writeFile(path, content);
  return path;
}

/** A file with the given header and data. */
function bytes(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, data]);
}

test('what is written is read back, bit for bit, with its metadata', async () => {
  const data = Float32Array.of(1.5, -0, 3e-40, 1e38, -2, 7);
  const parts = safetensorsParts([{ name: 'a', shape: [2, 3], data }], { step: '7' });
  const path = await fileOf(Buffer.concat(parts));
  const reader = await SafetensorsReader.open(path);
  const target = new Float32Array(6);
  await reader.read('a', [2, 3], target);
  expect(Buffer.from(target.buffer).equals(Buffer.from(data.buffer))).toBe(true);
  expect(reader.metadata.step).toBe('7');
  await reader.close();
});

test('bf16 and fp16 become fp32', async () => {
  const header = {
    b: { dtype: 'BF16', shape: [2], data_offsets: [0, 4] },
    h: { dtype: 'F16', shape: [4], data_offsets: [4, 12] },
  };
  const data = Buffer.from(Uint16Array.of(0x3fc0, 0xc000, 0x3e00, 0xc000, 0x0001, 0x7bff).buffer);
  const reader = await SafetensorsReader.open(await fileOf(bytes(header, data)));
  const b = new Float32Array(2);
  const h = new Float32Array(4);
  await reader.read('b', [2], b);
  await reader.read('h', [4], h);
  expect([...b]).toEqual([1.5, -2]);
  expect([...h]).toEqual([1.5, -2, 2 ** -24, 65504]);
  await reader.close();
});

const at = (begin: number, end: number) => ({ dtype: 'F32', shape: [2], data_offsets: [begin, end] });
const tensor = at(0, 8);

test.each([
  ['an empty file', new Uint8Array(), '0 bytes are too few'],
  ['a foreign file', Buffer.from('PK\u0003\u0004 not a safetensors file at all'), 'is no safetensors file'],
  ['a header that is not JSON', bytes('{nope'), 'the header is not JSON'],
  ['a header of something else', bytes({ a: [1] }), 'does not describe tensors'],
  ['a cut file', bytes({ a: tensor }, new Uint8Array(5)), 'tensor "a" ends at byte'],
  [
    'a file whose tensors overlap',
    bytes({ a: tensor, b: at(4, 12) }, new Uint8Array(12)),
    'tensors "a" and "b" overlap',
  ],
  ['a file with a hole', bytes({ b: at(12, 20), a: tensor }, new Uint8Array(20)), '4 bytes before tensor "b"'],
  ['a file with a tail', bytes({ a: tensor }, new Uint8Array(9)), '1 bytes at the end belong to no tensor'],
])('%s is refused with its path', async (_, content, message) => {
  const path = await fileOf(content);
  const opened = SafetensorsReader.open(path);
  await expect(opened).rejects.toMatchObject({ name: 'InputError' });
  await expect(opened).rejects.toThrow(path);
  await expect(opened).rejects.toThrow(message);
});

test.each([
  ['b', [2], 'tensor "b" is missing'],
  ['a', [3], 'tensor "a" has shape [2], expected [3]'],
  ['c', [2], 'tensor "c" is I32, expected F32 | BF16 | F16'],
] as const)('reading %s as %j is refused', async (name, shape, message) => {
  const c = { dtype: 'I32', shape: [2], data_offsets: [8, 16] };
  const reader = await SafetensorsReader.open(await fileOf(bytes({ a: tensor, c }, new Uint8Array(16))));
  await expect(reader.read(name, shape, new Float32Array(shape[0]))).rejects.toThrow(message);
  await reader.close();
});
