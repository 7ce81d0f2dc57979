/** @file Steps of sampling on the processor: probabilities come back whole, keys and values are arrays. */
import type { SampleRequest } from '../../engine.ts';
import { buildDecode } from '../graph/decode-graph.ts';
import { Program } from '../graph/graph.ts';
import { type RopeTables, ropeTables } from '../graph/rope-tables.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import type { Parameters } from '../weights/parameters.ts';
import { DecodeBatch } from './decode-batch.ts';
import { LayerCaches } from './layer-caches.ts';
import { Prefill } from './prefill.ts';
import { chooseToken, entropyOf } from './sampler.ts';
import type { DecodeSession, Drawn, Stepper } from './stepper.ts';

/** Which model, with how many threads. */
export interface HostStepperOptions {
  readonly config: ModelConfig;
  readonly parameters: Parameters;
  readonly threads: number;
}

/** Reads parameters in place, so that updates count at once. */
export class HostStepper implements Stepper {
  private readonly options: HostStepperOptions;
  private readonly tables: RopeTables;
  private readonly prefill: Prefill;
  /** By whether the temperature is other than 0 and 1. */
  private readonly programs = new Map<boolean, Program>();

  /** @param options.tokens most prompt tokens (padded) in a prefill */
  constructor(options: HostStepperOptions & { readonly tokens: number }) {
    this.options = options;
    this.tables = ropeTables(options.config);
    this.prefill = new Prefill(options);
  }

  open(request: SampleRequest): DecodeSession {
    const { config } = this.options;
    const prompts = new LayerCaches(config, { turned: true });
    const batch = new DecodeBatch(config, request, { prompts, own: new LayerCaches(config) });
    return {
      batch,
      prefill: (tokens, first, progress) =>
        this.prefill.run(tokens, {
          ...progress,
          write: ({ prompt, ...at }, values) => prompts.write({ ...at, slot: first + prompt }, values),
        }),
      step: () => this.step(batch, request),
      close: () => undefined,
    };
  }

  async release(): Promise<void> {
    await this.prefill.release();
    for (const program of this.programs.values()) await program.release();
    this.programs.clear();
  }

  private async step(batch: DecodeBatch, request: SampleRequest): Promise<Drawn> {
    const { temperature, topP = 1, topK, minP } = request;
    const { vocabSize } = this.options.config;
    const program = await this.program(temperature !== 0 && temperature !== 1);
    const { sizes, feeds } = batch.next();
    const result = await program.run(sizes, {
      ...this.options.parameters.views,
      ...this.tables,
      ...feeds,
      inverseTemperature: Float32Array.of(1 / temperature),
    });
    const tempered = result.probabilities as Float32Array;
    const raw = result.rawProbabilities ?? tempered;
    const tokens = batch.streams.map(({ draw }, b) => {
      const p = tempered.subarray(b * vocabSize, (b + 1) * vocabSize);
      return chooseToken(p, draw.next(), { temperature, topP, topK, minP });
    });
    const probabilities = tokens.map((token, b) => raw[b * vocabSize + token] as number);
    const entropies = tokens.map((_, b) => entropyOf(raw.subarray(b * vocabSize, (b + 1) * vocabSize)));
    return { tokens, probabilities, entropies, cache: result.cache as Float32Array };
  }

  private async program(tempered: boolean): Promise<Program> {
    const known = this.programs.get(tempered);
    const { config, threads } = this.options;
    const program = known ?? (await Program.compile(buildDecode(config, { tempered }), threads));
    this.programs.set(tempered, program);
    return program;
  }
}
