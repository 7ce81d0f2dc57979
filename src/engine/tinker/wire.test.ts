import { expect, test } from 'vitest';
import { decodeForwardBackward, encodeForwardBackward } from './wire.ts';
import {
  decodeForwardBackwardResult,
  decodeSampleResult,
  encodeForwardBackwardResult,
  encodeSampleResult,
} from './wire-results.ts';

// Written by Google's protobuf from the descriptor in the official client (tinker 0.38.0).
const official = {
  request:
    '0a09733a747261696e3a3010ac021a440a100a0e0a0c05000000060000007011010012300a0d7461726765745f746f6b656e73121f0a180600000000000000701101000000000002000000000000001802220103220370706f2a1d0a12636c69705f6c6f775f7468726573686f6c64119a9999999999e93f3001',
  result:
    '0a0178123d0a017812360a086c6f6770726f6273122a0a0c000080bf000000c0000040c01218000000000000000008000000000000000c00000000000000180118021a130a086c6f73733a73756d11000000000000f8bf',
  sample: '0a160801120801000000020000001a08000000bf000080be0a0c1204090000001a04000000be12080000c07f000080bf',
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

const request = {
  modelId: 's:train:0',
  seqId: 300,
  data: [{ tokens: Int32Array.of(5, 6, 70_000), inputs: { target_tokens: Int32Array.of(6, 70_000, 2) } }],
  lossFn: 'ppo',
  lossConfig: { clip_low_threshold: 0.8 },
  forwardOnly: true,
};
const result = {
  outputs: [{ logprobs: Float32Array.of(-1, -2) }, { logprobs: Float32Array.of(-3) }],
  metrics: { 'loss:sum': -1.5 },
};
const sample = {
  sequences: [
    { stopReason: 'length' as const, tokens: Int32Array.of(1, 2), logprobs: Float32Array.of(-0.5, -0.25) },
    { stopReason: 'stop' as const, tokens: Int32Array.of(9), logprobs: Float32Array.of(-0.125) },
  ],
  promptLogprobs: Float32Array.of(Number.NaN, -1),
};

test('messages have the bytes of the official client, in both directions', () => {
  expect(hex(encodeForwardBackward(request))).toBe(official.request);
  expect(decodeForwardBackward(bytes(official.request))).toEqual(request);
  expect(hex(encodeForwardBackwardResult(result, 'x'))).toBe(official.result);
  expect(decodeForwardBackwardResult(bytes(official.result))).toEqual(result);
  expect(hex(encodeSampleResult(sample))).toBe(official.sample);
  expect(decodeSampleResult(bytes(official.sample))).toEqual(sample);
});

test('a message that was cut short is an error, not a smaller message', () => {
  const whole = bytes(official.result);
  expect(() => decodeForwardBackwardResult(whole.subarray(0, whole.length - 3))).toThrow(RangeError);
  expect(() => decodeSampleResult(bytes(official.sample).subarray(0, 20))).toThrow(RangeError);
});

// As above: a tensor in compressed rows; datums with two targets a position and with one; most likely and named tokens.
const wide = {
  sparse:
    '0a016d10011a590a0c0a0a0a08050000000600000012490a0777656967687473123e12360a080000003f0000803e12180000000000000000010000000000000002000000000000001a1002000000000000000000000000000000180122020203220d63726f73735f656e74726f7079',
  soft: '0a0178123c0a017812350a086c6f6770726f627312290a10000080bf000000c0000040c0000080c012100000000000000000100000000000000018012201021801122d0a017812260a086c6f6770726f6273121a0a040000a0c012100000000000000000040000000000000018011801',
  top: '0a261204030000001a04000080bf22180a0803000000040000001208000080bf000000c0180220011a180a0800000000070000001208804fc3c7000000bf180120022a100a08000080bf000000c0180122020102',
};

test('soft targets and most likely tokens have the bytes of the official client', () => {
  expect(decodeForwardBackward(bytes(wide.sparse)).data).toEqual([
    { tokens: Int32Array.of(5, 6), inputs: { weights: Float32Array.of(0, 0, 0.5, 0.25, 0, 0) } },
  ]);
  const outputs = [{ logprobs: Float32Array.of(-1, -2, -3, -4) }, { logprobs: Float32Array.of(-5) }];
  expect(hex(encodeForwardBackwardResult({ outputs, metrics: {}, fans: [2, 1] }, 'x'))).toBe(wide.soft);
  expect(decodeForwardBackwardResult(bytes(wide.soft)).outputs).toEqual(outputs);
  const top = { count: 2, tokens: Int32Array.of(3, 4), logprobs: Float32Array.of(-1, -2) };
  const sequence = { stopReason: 'stop' as const, tokens: Int32Array.of(3), logprobs: Float32Array.of(-1), top };
  const promptTop = { count: 1, tokens: Int32Array.of(0, 7), logprobs: Float32Array.of(Number.NaN, -0.5) };
  const targetLogprobs = { values: Float32Array.of(-1, -2), shape: [1, 2] };
  expect(hex(encodeSampleResult({ sequences: [sequence], promptTop, targetLogprobs }))).toBe(wide.top);
});

test('places outside of a sparse tensor are an error, not zeros', () => {
  const column = wide.sparse.replace('1a1002000000000000', '1a1003000000000000');
  expect(() => decodeForwardBackward(bytes(column))).toThrow('shape [2, 3]');
});
