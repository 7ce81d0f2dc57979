/** @file Loss and gradients, or log-probabilities, of one unit by the layered pass on the device. */
import { evaluateLoss } from '../../../losses.ts';
import { buildHead } from '../../graph/head.ts';
import { checkLogprobs, notFinite } from '../../train/accumulate.ts';
import { type GateFeeds, gateFeeds, lossTokens } from '../../train/gate-feeds.ts';
import { headBlocks, layout } from '../../train/layered/sequence-trainer.ts';
import type { HeadRows } from '../../train/packing.ts';
import type { PieceLoss, UnitLoss } from '../../train/unit-trainer.ts';
import type { Unit } from '../../train/units.ts';
import { projectionKey } from '../../weights/parameters.ts';
import type { DeviceModel } from '../device-model.ts';
import { type ProgramSpec, programOf } from '../device-program.ts';
import type { DeviceState } from '../device-state.ts';
import { type DeviceTensor, disposeAll } from '../device-tensor.ts';
import { scatteredRows } from '../scatter-rows.ts';
import { joinOver } from '../tensor-programs.ts';
import { DeviceLayered, type DevicePassOptions, scaledOver } from './device-layered.ts';

/** Rows `index` of x; -1 is a row of zeros. */
const rowsSpec = programOf('rows', (graph) => {
  const zero = graph.op('Expand', [graph.float(0), graph.shape([1, 'd'])]);
  const padded = graph.concat([graph.input('x', ['N', 'd']), zero], 0);
  return graph.gather(padded, graph.input('index', ['n'], 'int32'));
});

const rowsAt = ({ device, config }: DeviceModel, x: DeviceTensor, index: Int32Array): Promise<DeviceTensor> =>
  device.make(rowsSpec, { N: x.dims[0] as number, d: config.hiddenSize, n: index.length }, { x, index });

/** The last layer's output and which of its rows predict a token. */
interface HeadInput {
  readonly y: DeviceTensor;
  readonly index: Int32Array;
  readonly rows: HeadRows;
}

async function headLogprobs(
  model: DeviceModel,
  weights: DevicePassOptions['weights'],
  { y, index, rows }: HeadInput,
): Promise<Float32Array> {
  const { config, device } = model;
  const program: ProgramSpec = {
    key: 'head',
    build: () => buildHead(config, { backward: false, target: 'webgpu' }),
    kept: () => false,
  };
  const { fan } = rows;
  const logp = new Float32Array(index.length * fan);
  for (const [start, end] of headBlocks(config, index.length)) {
    const h = await rowsAt(model, y, index.subarray(start, end));
    const feeds = { ...weights, h, target: rows.targets.subarray(start * fan, end * fan) };
    const { host } = await device.run(program, { Nh: end - start, K: fan }, feeds);
    h.dispose();
    logp.set(host.logp as Float32Array, start * fan);
  }
  checkLogprobs(logp, rows.groups);
  return logp;
}

/** Adds the head's gradients; `dy` is the gradient at the last layer's output. */
async function headBackward(
  model: DeviceModel,
  state: DeviceState,
  { y, index, rows }: HeadInput,
  gate: GateFeeds,
): Promise<{ logp: Float32Array; entropy: number; dy: DeviceTensor }> {
  const { config, device } = model;
  const program: ProgramSpec = {
    key: 'head-backward',
    build: () => buildHead(config, { target: 'webgpu' }),
    kept: (name) => name !== 'logp' && name !== 'entropy',
  };
  const { fan } = rows;
  const logp = new Float32Array(index.length * fan);
  const dhs: DeviceTensor[] = [];
  let entropy = 0;
  for (const [start, end] of headBlocks(config, index.length)) {
    const [from, to] = [start * fan, end * fan];
    const slices = Object.entries(gate).map(([name, values]) => [name, values.subarray(from, to)] as const);
    const target = rows.targets.subarray(from, to);
    const h = await rowsAt(model, y, index.subarray(start, end));
    const feeds = { ...state.feeds, ...Object.fromEntries(slices), target, h };
    const { host, kept } = await device.run(program, { Nh: end - start, K: fan }, feeds);
    h.dispose();
    logp.set(host.logp as Float32Array, from);
    entropy += (host.entropy as Float32Array).reduce((a, b) => a + b, 0);
    const { dh, targetRows, ...gradients } = kept as Record<string, DeviceTensor>;
    dhs.push(dh as DeviceTensor);
    for (const [name, gradient] of Object.entries(gradients))
      await state.addGradient(name.slice('gradient.'.length), gradient);
    if (!targetRows) continue;
    const added = await scatteredRows(device, targetRows, { index: target, vocabulary: config.vocabSize });
    targetRows.dispose();
    await state.addGradient(projectionKey(config), added);
  }
  checkLogprobs(logp, rows.groups);
  const dh = await joinOver(device, dhs, 0);
  // From rows of the head back to rows of the layer; those that predict nothing read the row of zeros.
  const rowOf = new Int32Array(y.dims[0] as number).fill(index.length);
  for (const [i, row] of index.entries()) rowOf[row] = i;
  const dy = await rowsAt(model, dh, rowOf);
  dh.dispose();
  return { logp, entropy, dy };
}

/** Adds the unit's gradient. @throws EngineError when a number is not finite, or the signal aborts */
export async function stepLayered(
  model: DeviceModel,
  state: DeviceState,
  unit: Unit,
  { spec, byRollout, load, signal }: PieceLoss & { signal: AbortSignal | undefined },
): Promise<UnitLoss & { rows: HeadRows }> {
  const { sequence, rows, index: all } = layout(unit);
  const pass = new DeviceLayered(model, sequence, { weights: state.feeds, signal });
  const first = pass.firstQuery(model.config.layers - 1);
  const index = all.map((row) => row - first);
  try {
    const y = (await pass.forward({ keep: true })) as DeviceTensor;
    const tokens = lossTokens(spec, rows, byRollout);
    const gate = gateFeeds(spec, tokens);
    const evaluate = (now: Float32Array) => evaluateLoss(spec, { ...tokens, now });
    if (spec.ratioVeto !== undefined) {
      const { vetoed } = evaluate(await headLogprobs(model, state.feeds, { y, index, rows }));
      for (const [row, id] of rows.rolloutIds.entries()) if (vetoed.has(id)) gate.scale[row] = 0;
    }
    const { logp, entropy, dy } = await headBackward(model, state, { y, index, rows }, gate);
    y.dispose();
    const dx = await pass.backward(dy, {
      gradient: (key, gradient) => addTrained(state, key, gradient),
      expertLoad: (layer, counts) => load.add(counts, layer),
    });
    await addEmbedding(model, state, dx, sequence.tokens);
    const broken = await state.brokenGradient();
    if (broken !== undefined) throw notFinite(`gradient of ${broken}`, `group ${unit.tails[0]?.group}`);
    return { result: evaluate(logp), entropy, rows };
  } finally {
    pass.release();
  }
}

/** A gradient of a frozen tensor is of no use. */
async function addTrained(state: DeviceState, key: string, gradient: DeviceTensor): Promise<void> {
  if (state.m.has(key)) await state.addGradient(key, gradient);
  else gradient.dispose();
}

async function addEmbedding(
  model: DeviceModel,
  state: DeviceState,
  dx: DeviceTensor,
  tokens: Int32Array,
): Promise<void> {
  const { config, device } = model;
  if (config.lora) return dx.dispose();
  const scaledRows = await scaledOver(model, dx);
  const options = { index: tokens, vocabulary: config.vocabSize };
  await state.addGradient('embedding', await scatteredRows(device, scaledRows, options));
  disposeAll([scaledRows]);
}

/** Log-probabilities of a unit's tokens under weights of the caller's choice. */
export async function layeredLogprobs(
  model: DeviceModel,
  unit: Unit,
  options: DevicePassOptions,
): Promise<{ logp: Float32Array; rows: HeadRows }> {
  const { sequence, rows, index: all } = layout(unit);
  const pass = new DeviceLayered(model, sequence, options);
  const first = pass.firstQuery(model.config.layers - 1);
  const y = (await pass.forward({ keep: false })) as DeviceTensor;
  const logp = await headLogprobs(model, options.weights, { y, index: all.map((row) => row - first), rows });
  y.dispose();
  return { logp, rows };
}
