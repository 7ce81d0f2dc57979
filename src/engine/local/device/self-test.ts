/**
 * @file A device compared with the processor before a run: loss, gradients and sampled tokens of a tiny batch, with the model's own
 * weights and widths, cut to its first layers. Drivers differ and kernels have faults that no error tells (an output left unwritten
 * made gradients wrong by 0.98): what differs is not used.
 */
import { EngineError } from '../../../errors.ts';
import { random } from '../../../random.ts';
import type { DeviceInfo, LossSpec, SampleRequest, TrajectoryGroup } from '../../engine.ts';
import type { ModelState } from '../compute.ts';
import { HostCompute } from '../host-compute.ts';
import { makeOptimizer } from '../train/optimizer.ts';
import { kindName, layerKind } from '../weights/layer-kind.ts';
import { trainedLayout } from '../weights/lora.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { makeParameters, type Parameters, parameterLayout } from '../weights/parameters.ts';
import { Device, type DeviceStorage } from './device.ts';
import { DeviceCompute } from './device-compute.ts';
import { roundStored } from './device-storage.ts';

/** Most that the device may differ, relative: of the loss, and of each tensor's gradient by its Euclidean norm. */
export const selfTestBounds = { loss: 1e-4, gradient: 1e-3 } as const;

/** Layers up to the first of each kind, two at least where there are two. */
function firstLayers(config: ModelConfig): number {
  const names = Array.from({ length: config.layers }, (_, layer) => kindName(layerKind(config, layer)));
  const firsts = [...new Set(names)].map((name) => names.indexOf(name) + 1);
  return Math.min(config.layers, Math.max(2, ...firsts));
}

/** The model's first layers with copies of its weights; what a device stores in half precision is rounded for both. */
function cutModel({ config: whole, parameters, trained }: ModelState, storage: DeviceStorage): ModelState {
  const config = { ...whole, layers: firstLayers(whole), maxContext: Math.min(whole.maxContext, 64) };
  const copy = (target: Parameters, source: Parameters): Parameters => {
    for (const [key, view] of Object.entries(target.views)) view.set(source.views[key] as Float32Array);
    return target;
  };
  const own = copy(makeParameters(parameterLayout(config)), parameters);
  const layout = trainedLayout(config);
  const adapter = config.lora ? copy(makeParameters(layout), trained) : own;
  if (storage === 'fp16' && config.lora) roundStored(own, parameterLayout(config).slots);
  return { config, parameters: own, trained: adapter, layout, optimizer: makeOptimizer(layout.size) };
}

/** Models of shorter contexts do not need the layered pass. */
const longPrompt = 2048;

const loss: LossSpec = { type: 'cross-entropy', aggregation: 'token-mean' };

function tinyBatch({ vocabSize }: ModelConfig): { batch: TrajectoryGroup[]; request: SampleRequest } {
  const rng = random('self-test');
  const tokens = (count: number) => Int32Array.from({ length: count }, () => Math.floor(rng.next() * vocabSize));
  const batch = [14, 9].map((length, p) => ({
    prompt: tokens(length),
    rollouts: [0, 1, 2].map((r) => {
      const count = 3 + 2 * r + p;
      const advantages = Float32Array.from({ length: count }, () => rng.next() - 0.4);
      return { tokens: tokens(count), logprobs: new Float32Array(count).fill(-3), advantages };
    }),
  }));
  const prompts = batch.map(({ prompt }) => prompt);
  const shared = { rolloutsPerPrompt: 3, maxTokens: 12, temperature: 1, topP: 1, stopTokens: [], seeds: [1, 2] };
  return { batch, request: { prompts, ...shared } };
}

/** The processor's threads, and what the device stores. */
interface TestedDevice {
  readonly threads: number;
  readonly storage: DeviceStorage;
}

/** What both give, and where the device's nodes ran. */
async function compare(
  cut: ModelState,
  { threads, long, storage }: TestedDevice & { long: boolean },
): Promise<DeviceInfo> {
  const { batch, request } = tinyBatch(cut.config);
  const decodeText = async () => [];
  const host = new HostCompute(cut, { threads, decodeText });
  const device = new Device({ profile: true, storage });
  try {
    const tried = await DeviceCompute.open(device, cut, { decodeText });
    const expected = await host.forwardBackward(batch, loss);
    const differences = [await difference(tried, { host, cut, batch, expected: expected.loss })];
    const [right, drawn] = [(await host.sample(request)).flat(), (await tried.sample(request)).flat()];
    tried.freeModel();
    if (long) {
      // The same batch through the programs of long prompts.
      const layered = await DeviceCompute.open(device, cut, { decodeText, wholeBytes: 0 });
      differences.push(await difference(layered, { host, cut, batch, expected: expected.loss }));
    }
    const pairs = right.flatMap(({ tokens }, i) => [...tokens].map((token, j) => token === drawn[i]?.tokens[j]));
    const largest = (name: 'loss' | 'gradient') => Math.max(...differences.map((found) => found[name]));
    return {
      name: storage === 'fp16' ? 'webgpu-fp16' : 'webgpu',
      fallbacks: device.fallbacks(),
      lossDifference: largest('loss'),
      gradientDifference: largest('gradient'),
      equalTokens: pairs.filter(Boolean).length,
      tokens: pairs.length,
    };
  } finally {
    for (const tensor of [...device.live]) tensor.dispose();
    await device.release();
    await host.release();
  }
}

/** Largest relative differences of a batch's loss and gradients; NaN where a number is not finite. */
async function difference(
  tried: DeviceCompute,
  {
    host,
    cut,
    batch,
    expected,
  }: { host: HostCompute; cut: ModelState; batch: readonly TrajectoryGroup[]; expected: number },
): Promise<{ loss: number; gradient: number }> {
  const got = await tried.forwardBackward(batch, loss);
  let gradient = 0;
  for (const { key, size } of cut.layout.slots) {
    const [a, b] = [host.gradients.views[key] as Float32Array, await tried.state.gradient(key, size)];
    gradient = Math.max(gradient, relativeDifference(a, b));
  }
  return { loss: Math.abs(got.loss - expected) / Math.max(1e-6, Math.abs(expected)), gradient };
}

/** |a - b| / |a|; NaN where b is not finite. */
function relativeDifference(a: Float32Array, b: Float32Array): number {
  let [difference, norm] = [0, 0];
  for (const [i, x] of a.entries()) {
    difference += (x - (b[i] as number)) ** 2;
    norm += x * x;
  }
  if (difference === 0) return 0;
  return Number.isFinite(difference) ? Math.sqrt(difference / Math.max(norm, 1e-20)) : Number.NaN;
}

/**
 * Sampled tokens may differ where two are equally likely but for rounding, and all after one that does: one rollout in six may.
 *
 * @throws EngineError `device-differs` with the figures
 */
export function refuseDifferent({ lossDifference, gradientDifference, equalTokens, tokens }: DeviceInfo): void {
  const { loss: mostLoss, gradient: mostGradient } = selfTestBounds;
  if (lossDifference <= mostLoss && gradientDifference <= mostGradient && equalTokens >= tokens * 0.8) return;
  throw new EngineError(
    'device-differs',
    `webgpu: the device does not compute what the processor does: loss differs by ${lossDifference.toExponential(1)} (allowed ${mostLoss}), gradients by ${gradientDifference.toExponential(1)} (allowed ${mostGradient}), ${equalTokens} of ${tokens} sampled tokens are equal.`,
    'Update the driver, or use `device: cpu`; a report with the name of the device helps.',
  );
}

/** @throws EngineError `device-differs`; `device-*` where there is no device, or it fails */
export async function selfTest(state: ModelState, tested: TestedDevice): Promise<DeviceInfo> {
  const long = state.config.maxContext > longPrompt;
  const info = await compare(cutModel(state, tested.storage), { ...tested, long });
  refuseDifferent(info);
  return info;
}
