/** @file Small programs on tensors of the device: what loops over arrays do where everything is in one memory. */
import type { Graph, Sizes, Value } from '../graph/graph.ts';
import type { Device } from './device.ts';
import { type ProgramSpec, programOf } from './device-program.ts';
import { type DeviceTensor, disposeAll } from './device-tensor.ts';

const addSpec = programOf('add', (graph) => graph.add(graph.input('a', undefined), graph.input('b', undefined)));

/** a + b of one shape; both are disposed of. */
export async function addOver(device: Device, a: DeviceTensor, b: DeviceTensor): Promise<DeviceTensor> {
  const sum = await device.make(addSpec, {}, { a, b });
  disposeAll([a, b]);
  return sum;
}

/** Entries `start` to `end` along an axis. */
export function sliceOf(
  device: Device,
  x: DeviceTensor,
  { axis, start, end }: { axis: number; start: number; end: number },
): Promise<DeviceTensor> {
  const program = programOf(`slice ${axis}`, (graph) =>
    graph.op('Slice', [
      graph.input('x', undefined),
      graph.shape(['start']),
      graph.shape(['end']),
      graph.integers([axis]),
    ]),
  );
  return device.make(program, { start, end }, { x });
}

/** Most tensors that one program joins: a shader binds no more than ten on the least of devices. */
const joined = 8;

/** The parts one after the other along an axis; they are disposed of. One part is returned as it is. */
export async function joinOver(device: Device, parts: readonly DeviceTensor[], axis: number): Promise<DeviceTensor> {
  if (parts.length === 1) return parts[0] as DeviceTensor;
  if (parts.length > joined) {
    const groups = Array.from({ length: Math.ceil(parts.length / joined) }, (_, i) =>
      parts.slice(i * joined, (i + 1) * joined),
    );
    const wholes: DeviceTensor[] = [];
    for (const group of groups) wholes.push(await joinOver(device, group, axis));
    return joinOver(device, wholes, axis);
  }
  const names = parts.map((_, i) => `x${i}`);
  const program = programOf(`join ${axis} ${parts.length}`, (graph) =>
    graph.concat(
      names.map((name) => graph.input(name, undefined)),
      axis,
    ),
  );
  const feeds = Object.fromEntries(names.map((name, i) => [name, parts[i] as DeviceTensor]));
  const whole = await device.make(program, {}, feeds);
  disposeAll(parts);
  return whole;
}

/** Zeros of a shape; with `stored` in the device's storage. */
export function zerosOf(device: Device, dims: readonly number[], { stored = false } = {}): Promise<DeviceTensor> {
  const names = dims.map((_, i) => `D${i}`);
  const sizes: Sizes = Object.fromEntries(names.map((name, i) => [name, dims[i] as number]));
  const program = programOf(`zeros ${dims.length} ${stored}`, (graph) =>
    graph.op('Expand', [graph.float(0), graph.shape(names)]),
  );
  return device.make({ ...program, stored: () => stored }, sizes, {});
}

/** The sum of all elements, [1]. */
export const total = (graph: Graph, x: Value): Value =>
  graph.reshape(graph.op('ReduceSum', [graph.reduceSum(x, -1)], { keepdims: 0 }), [1]);

const squaresSpec = programOf('squares', (graph) => {
  const x = graph.input('x', undefined);
  return graph.add(graph.input('sum', [1]), total(graph, graph.mul(x, x)));
});
const finiteSpec = programOf('finite', (graph) => {
  const x = graph.input('x', undefined);
  return graph.add(graph.input('sum', [1]), total(graph, graph.mul(x, graph.float(0))));
});

/** One number of all tensors together. */
async function reduceAll(device: Device, program: ProgramSpec, tensors: Iterable<DeviceTensor>): Promise<number> {
  let sum = await device.upload(new Float32Array(1), [1]);
  for (const x of tensors) {
    const next = await device.make(program, {}, { x, sum });
    sum.dispose();
    sum = next;
  }
  const [value = Number.NaN] = await device.download(sum);
  sum.dispose();
  return value;
}

/** The sum of the squares of all elements, in single precision. */
export const sumOfSquares = (device: Device, tensors: Iterable<DeviceTensor>): Promise<number> =>
  reduceAll(device, squaresSpec, tensors);

/** Whether all elements are finite numbers. */
export const allFiniteOn = async (device: Device, tensors: Iterable<DeviceTensor>): Promise<boolean> =>
  (await reduceAll(device, finiteSpec, tensors)) === 0;
