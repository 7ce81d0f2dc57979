/** @file Devices that are missing, too small or slow, and what is said then. */

import { Device } from '../../../src/engine/local/device/device.ts';
import { refuseDifferent } from '../../../src/engine/local/device/self-test.ts';
import { zerosOf } from '../../../src/engine/local/device/tensor-programs.ts';
import { openLocalEngine } from '../../../src/engine/local/local-engine.ts';
import { EngineError } from '../../../src/errors.ts';
import { expectThat } from '../faults/training.ts';
import type { WebgpuCheck } from './main.ts';

async function errorOf(work: () => unknown): Promise<EngineError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('Nothing failed.');
}

/** With other drivers in the environment, which engines' processes inherit. */
async function withDrivers<T>(files: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.VK_ICD_FILENAMES;
  Object.assign(process.env, { VK_ICD_FILENAMES: files, VK_DRIVER_FILES: files });
  try {
    return await work();
  } finally {
    Object.assign(process.env, { VK_ICD_FILENAMES: before, VK_DRIVER_FILES: before });
  }
}

const missing: WebgpuCheck = async () => {
  const open = (device: 'auto' | 'webgpu', onNotice?: (text: string) => void) =>
    withDrivers('/nonexistent.json', () => openLocalEngine({ model: 'models/micro', threads: 1, device }, onNotice));
  const error = await errorOf(() => open('webgpu'));
  expectThat(error.code === 'device-missing', `The code is ${error.code}.`);
  let notice = '';
  const engine = await open('auto', (text) => {
    notice = text;
  });
  const { device } = await engine.info();
  await engine.close();
  expectThat(device === undefined && notice.includes('Computing on the processor'), `The notice is: ${notice}`);
  return `webgpu: "${error.message.slice(0, 80)}..."; auto computes on the processor and says so`;
};

const slower: WebgpuCheck = async () => {
  let notice = '';
  const engine = await openLocalEngine({ model: 'models/micro', threads: 1, device: 'auto' }, (text) => {
    notice = text;
  });
  const { device } = await engine.info();
  await engine.close();
  expectThat(device === undefined && notice.includes('slower'), `The notice is: ${notice}`);
  return notice;
};

const memory: WebgpuCheck = async () => {
  const device = new Device();
  const error = await errorOf(() => zerosOf(device, [3 * 2 ** 28]));
  expectThat(error.code === 'device-memory', `The code is ${error.code}: ${error.message}`);
  const small = await zerosOf(device, [1000]);
  expectThat((await device.download(small)).length === 1000, 'The device no longer works.');
  small.dispose();
  await device.release();
  return `3 GB at once: "${error.message.slice(0, 120)}..."; the device works on`;
};

const differs: WebgpuCheck = async () => {
  const right = {
    name: 'webgpu',
    fallbacks: [],
    lossDifference: 0,
    gradientDifference: 0,
    equalTokens: 72,
    tokens: 72,
  } as const;
  refuseDifferent(right);
  const faults = [
    { lossDifference: 0.1 },
    { gradientDifference: 0.98 },
    { gradientDifference: Number.NaN },
    { equalTokens: 40 },
  ];
  for (const fault of faults) {
    const error = await errorOf(() => refuseDifferent({ ...right, ...fault }));
    expectThat(error.code === 'device-differs', `The code is ${error.code}.`);
  }
  return `refused with its figures, ${faults.length} times`;
};

export const failures: Readonly<Record<string, WebgpuCheck>> = {
  'no device': missing,
  'a device slower than the processor, device: auto': slower,
  'out of memory': memory,
  'a device that differs': differs,
};
