import { expect, test } from 'vitest';
import { tinyConfig } from '../../../../test/engine/tiny-model.ts';
import { parameterLayout } from '../weights/parameters.ts';
import { Device } from './device.ts';
import { limitIn, requireTensors } from './device-limits.ts';

test('a limit is read out of what drivers say', () => {
  // SwiftShader, and lavapipe with its parts of 128 MiB.
  expect(limitIn('Buffer size (8589934592) exceeds the max buffer size limit (1073741824).', 2 ** 33)).toBe(2 ** 30);
  expect(limitIn('was false. Too many storage buffers in shader. Current: 65, Max is 16', 2 ** 33)).toBe(2 ** 30);
  expect(limitIn('VK_ERROR_OUT_OF_DEVICE_MEMORY', 2 ** 33)).toBeUndefined();
});

test('a model is refused by its first tensor that is too large, which half precision halves where it is not trained', () => {
  const { slots } = parameterLayout({ ...tinyConfig, vocabSize: 151_936, hiddenSize: 2048 });
  const single = new Device({ provider: 'cpu' });
  const half = new Device({ provider: 'cpu', storage: 'fp16' });
  const lora = { rank: 2, alpha: 2, targets: ['query'] } as const;
  const tensors = (device: Device, largest: number | undefined, config = {}) =>
    requireTensors(config, slots, { device, largest });
  tensors(single, undefined);
  tensors(single, 2 ** 31);
  const refused = /embedding of 151936 by 2048 takes 1.24 GB, .*largest is 1.07 GB/;
  expect(() => tensors(single, 2 ** 30)).toThrow(refused);
  expect(() => tensors(single, 2 ** 30, { lora })).toThrow(refused);
  expect(() => tensors(half, 2 ** 30)).toThrow(refused);
  tensors(half, 2 ** 30, { lora });
});
