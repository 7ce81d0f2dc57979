/** @file AdamW on the device: the step of train/optimizer.ts, tensor by tensor, in single precision. */
import { EngineError } from '../../../errors.ts';
import type { AdamParams, OptimMetrics } from '../../engine.ts';
import { Graph } from '../graph/graph.ts';
import type { Device } from './device.ts';
import type { ProgramSpec } from './device-program.ts';
import type { DeviceState } from './device-state.ts';
import type { DeviceTensor } from './device-tensor.ts';
import { sumOfSquares, total } from './tensor-programs.ts';

/** Numbers of a step, in the order of the graph's input `scalars`. */
const scalars = [
  'scale',
  'beta1',
  'rest1',
  'beta2',
  'rest2',
  'rootCorrection',
  'epsilon',
  'stepSize',
  'decay',
] as const;

/** p, g, m, v of any one shape -> `p`, `m`, `v`, and `broken` plus 0 for each sound weight. */
const adamSpec: ProgramSpec = {
  key: 'adam',
  build: () => {
    const graph = new Graph('webgpu');
    const [p, g, m, v] = ['p0', 'g', 'm0', 'v0'].map((name) => graph.input(name, undefined)) as [
      string,
      string,
      string,
      string,
    ];
    const split = graph.split(graph.input('scalars', [scalars.length]), 0, new Array(scalars.length).fill(1));
    const s = Object.fromEntries(scalars.map((name, i) => [name, split[i] as string])) as Record<
      (typeof scalars)[number],
      string
    >;
    const scaled = graph.mul(g, s.scale);
    const newM = graph.add(graph.mul(m, s.beta1), graph.mul(scaled, s.rest1));
    const newV = graph.add(graph.mul(v, s.beta2), graph.mul(graph.mul(scaled, scaled), s.rest2));
    const root = graph.add(graph.mul(graph.op('Sqrt', [newV]), s.rootCorrection), s.epsilon);
    const newP = graph.sub(graph.mul(p, s.decay), graph.op('Div', [graph.mul(newM, s.stepSize), root]));
    const zero = total(graph, graph.mul(newP, graph.float(0)));
    graph.output(newP, 'p');
    graph.output(newM, 'm');
    graph.output(newV, 'v');
    graph.output(graph.add(graph.input('broken0', [1]), zero), 'broken');
    return graph;
  },
};

/**
 * One step over all trained tensors. A tensor without a gradient has one of zeros. Gradients stay; the caller clears them.
 *
 * @throws EngineError `not-finite` as `adamStep` does
 */
export async function deviceAdamStep(device: Device, state: DeviceState, options: AdamParams): Promise<OptimMetrics> {
  const { optimizer, trained } = state.host;
  const { learningRate, beta1, beta2, epsilon, weightDecay, gradientClip } = options;
  const norm = Math.sqrt(await sumOfSquares(device, state.gradients.values()));
  if (!Number.isFinite(norm))
    throw new EngineError('not-finite', `optimStep: the gradient norm is ${norm}; parameters are unchanged.`);
  const step = ++optimizer.step;
  const values: Record<(typeof scalars)[number], number> = {
    scale: gradientClip > 0 && norm > gradientClip ? gradientClip / (norm + 1e-6) : 1,
    beta1,
    rest1: 1 - beta1,
    beta2,
    rest2: 1 - beta2,
    rootCorrection: 1 / Math.sqrt(1 - beta2 ** step),
    epsilon,
    stepSize: learningRate / (1 - beta1 ** step),
    decay: 1 - learningRate * weightDecay,
  };
  const packed = await device.upload(
    Float32Array.from(scalars, (name) => values[name]),
    [scalars.length],
  );
  let broken = await device.upload(new Float32Array(1), [1]);
  for (const { key, size } of trained) {
    const shared = { scalars: packed, broken0: broken };
    broken = await stepTensor(device, state, { key, size, shared });
    shared.broken0.dispose();
  }
  packed.dispose();
  const [sum] = await device.download(broken);
  broken.dispose();
  if (sum !== 0)
    throw new EngineError(
      'not-finite',
      `optimStep: parameters are not finite after step ${step}.`,
      'Resume from the last checkpoint, with a lower learning rate if the run was sound until then.',
    );
  return { gradientNorm: norm, step };
}

async function stepTensor(
  device: Device,
  state: DeviceState,
  { key, size, shared }: { key: string; size: number; shared: Readonly<Record<'scalars' | 'broken0', DeviceTensor>> },
): Promise<DeviceTensor> {
  const [p0, m0, v0] = [state.weights, state.m, state.v].map((tensors) => tensors.get(key)) as [
    DeviceTensor,
    DeviceTensor,
    DeviceTensor,
  ];
  const own = state.gradients.get(key);
  const g = own ?? (await device.upload(new Float32Array(size), p0.dims));
  const { kept } = await device.run(adamSpec, {}, { p0, g, m0, v0, ...shared });
  if (!own) g.dispose();
  const { p, m, v, broken } = kept as Record<'p' | 'm' | 'v' | 'broken', DeviceTensor>;
  state.replace(state.weights, key, p);
  state.replace(state.m, key, m);
  state.replace(state.v, key, v);
  return broken;
}
