/** @file The largest tensor that a device takes. WebGPU's provider hands out no limits; a driver says them when asked for too much. */
import { EngineError } from '../../../errors.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import type { Slot } from '../weights/parameters.ts';
import type { Device } from './device.ts';
import { type ProgramSpec, programOf } from './device-program.ts';
import { isStored } from './device-storage.ts';

/** Elements of 8 GiB, which few devices have in one buffer. */
const tooMany = 2 ** 31;

const spec: ProgramSpec = {
  ...programOf('largest', (graph) => graph.op('Expand', [graph.float(0), graph.shape(['tooMany'])])),
  mayFail: true,
};

/** Bytes by what a driver says of a tensor of so many bytes; undefined where it says no limit. */
export function limitIn(said: string, bytes: number): number | undefined {
  const buffer = /max buffer size limit \((\d+)\)/.exec(said)?.[1];
  if (buffer !== undefined) return Number(buffer);
  // A large buffer is bound in parts; a program has room for so many, half of them for one tensor.
  const bound = /Too many storage buffers in shader\. Current: (\d+), Max is (\d+)/.exec(said);
  if (bound === null) return undefined;
  const [parts, most] = [Number(bound[1]) - 1, Number(bound[2])];
  return Math.floor(bytes / parts) * Math.floor(most / 2);
}

/** Bytes of the largest tensor; undefined where the device takes 8 GiB, or fails without a number. */
export async function largestTensor(device: Device): Promise<number | undefined> {
  try {
    (await device.make(spec, { tooMany }, {})).dispose();
    return undefined;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'device-memory') return limitIn(error.message, 4 * tooMany);
    throw error;
  }
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;

/** @throws EngineError `device-memory` naming the first tensor that does not fit into one of `largest` bytes */
export function requireTensors(
  { lora }: Pick<ModelConfig, 'lora'>,
  slots: readonly Slot[],
  { device, largest }: { device: Device; largest: number | undefined },
): void {
  const halves = device.storage === 'fp16' && lora !== undefined;
  for (const { key, shape, size } of slots) {
    const bytes = (halves && isStored({ shape }) ? 2 : 4) * size;
    if (largest === undefined || bytes <= largest) continue;
    throw new EngineError(
      'device-memory',
      `webgpu: the tensor ${key} of ${shape.join(' by ')} takes ${gigabytes(bytes)}, and this device's largest is ${gigabytes(largest)}.`,
      'Take a model of a smaller vocabulary, `device: webgpu-fp16` with an adapter (half the bytes), or `device: cpu`.',
    );
  }
}
