/** @file Steps of sampling on the device: what comes back are tokens and their probabilities, or a row's likeliest tokens. */
import { EngineError } from '../../../../errors.ts';
import type { SampleRequest } from '../../../engine.ts';
import { DecodeBatch } from '../../decode/decode-batch.ts';
import { chooseToken } from '../../decode/sampler.ts';
import type { DecodeSession, Drawn, Stepper } from '../../decode/stepper.ts';
import { buildDecode } from '../../graph/decode-graph.ts';
import { blockCount, candidateCount, type DrawKind } from '../../graph/draw.ts';
import type { DeviceModel } from '../device-model.ts';
import type { DeviceOutputs, ProgramSpec } from '../device-program.ts';
import type { DeviceState } from '../device-state.ts';
import type { DeviceTensor } from '../device-tensor.ts';
import { DeviceCaches } from './device-cache.ts';
import { devicePrefill } from './device-prefill.ts';

const drawKind = ({ temperature, topP = 1, topK = 0, minP = 0 }: SampleRequest): DrawKind => {
  if (temperature === 0) return 'greedy';
  return topP < 1 || topK > 0 || minP > 0 ? 'candidates' : 'inverse';
};

const notNumbers = () =>
  new EngineError(
    'not-finite',
    'sample: the model gives probabilities that are not numbers.',
    'Load a sound checkpoint.',
  );

/** Whether a row's candidates, the likeliest first, hold all that top-k, top-p and min-p keep. */
function suffice(values: Float32Array, { topP = 1, topK = 0, minP = 0 }: SampleRequest, vocabSize: number): boolean {
  if (values.length === vocabSize || (topK > 0 && topK <= values.length)) return true;
  if ((values.at(-1) as number) < minP * (values[0] as number)) return true;
  return topK === 0 && topP < 1 && values.reduce((a, b) => a + b, 0) >= topP;
}

/** Samples with the weights of a state. */
export class DeviceStepper implements Stepper {
  private readonly model: DeviceModel;
  private readonly state: DeviceState;
  private readonly prefillTokens: number;

  constructor(model: DeviceModel, state: DeviceState, options: { prefillTokens: number }) {
    this.model = model;
    this.state = state;
    this.prefillTokens = options.prefillTokens;
  }

  open(request: SampleRequest): DecodeSession {
    const { model, state, prefillTokens: most } = this;
    const [prompts, own] = [new DeviceCaches(model), new DeviceCaches(model)];
    const batch = new DecodeBatch(model.config, request, { prompts, own });
    return {
      batch,
      prefill: (tokens, first, progress) => {
        const filled = tokens.map((prompt, i) => ({ slot: first + i, tokens: prompt }));
        return devicePrefill(model, state, prompts, filled, { ...progress, most });
      },
      step: () => this.step(batch, { prompts, own }, request),
      close: () => {
        prompts.release();
        own.release();
      },
    };
  }

  /** Programs are the device's. */
  async release(): Promise<void> {}

  private async step(
    batch: DecodeBatch,
    { prompts, own }: Record<'prompts' | 'own', DeviceCaches>,
    request: SampleRequest,
  ): Promise<Drawn> {
    const { device, config, tables } = this.model;
    const { temperature } = request;
    const kind = drawKind(request);
    const tempered = temperature !== 0 && temperature !== 1;
    const program: ProgramSpec = {
      key: `decode ${kind} ${tempered}`,
      build: () => buildDecode(config, { tempered, draw: kind }),
      kept: (name) => name.startsWith('new') || name.endsWith('robabilities'),
      stored: (name) => name.startsWith('new'),
    };
    const { sizes, feeds } = batch.next();
    const draws = Float32Array.from(batch.streams, ({ draw }) => draw.next());
    const blocks = blockCount(config.vocabSize);
    const outputs = await device.run(program, sizes, {
      ...this.state.feeds,
      ...tables,
      ...feeds,
      ...(await prompts.tensors('prompt')),
      ...(await own.tensors('own')),
      inverseTemperature: Float32Array.of(1 / temperature),
      u: draws,
      rowBlocks: Int32Array.from(draws, (_, b) => b * blocks),
    });
    own.take(outputs.kept);
    if (kind === 'candidates') return this.choose(outputs, draws, request);
    const [tokens, probabilities] = [outputs.host.token, outputs.host.probability] as [Float32Array, Float32Array];
    if (probabilities.some(Number.isNaN)) throw notNumbers();
    return { tokens, probabilities };
  }

  /** From the candidates; from whole distributions, fetched then, where those of a row do not suffice. */
  private async choose({ host, kept }: DeviceOutputs, draws: Float32Array, request: SampleRequest): Promise<Drawn> {
    const { config, device } = this.model;
    const { vocabSize } = config;
    const k = candidateCount(vocabSize);
    const rowOf = (name: string, b: number) => (host[name] as Float32Array).subarray(b * k, (b + 1) * k);
    const all = [...draws.keys()].every((b) => suffice(rowOf('candidates', b), request, vocabSize));
    const whole = all ? undefined : await this.fetchWhole(kept, device);
    for (const name of ['probabilities', 'rawProbabilities']) kept[name]?.dispose();
    const tokens: number[] = [];
    const probabilities: number[] = [];
    for (const [b, u] of draws.entries()) {
      const ids = rowOf('candidateTokens', b);
      const p = whole?.p.subarray(b * vocabSize, (b + 1) * vocabSize) ?? spread(ids, rowOf('candidates', b), vocabSize);
      if (Number.isNaN(rowOf('candidates', b)[0])) throw notNumbers();
      const token = chooseToken(p, u, { ...request, topP: request.topP ?? 1 });
      tokens.push(token);
      const raw = whole ? whole.raw[b * vocabSize + token] : rowOf('candidateRaw', b)[ids.indexOf(token)];
      probabilities.push(raw as number);
    }
    return { tokens, probabilities };
  }

  private async fetchWhole(kept: DeviceOutputs['kept'], device: DeviceModel['device']) {
    const { probabilities, rawProbabilities } = kept as Record<string, DeviceTensor>;
    return {
      p: await device.download(probabilities as DeviceTensor),
      raw: await device.download(rawProbabilities as DeviceTensor),
    };
  }
}

/** A distribution that is 0 but for the candidates. */
function spread(ids: Float32Array, values: Float32Array, vocabSize: number): Float32Array {
  const p = new Float32Array(vocabSize);
  for (const [i, id] of ids.entries()) p[id] = values[i] as number;
  return p;
}
