/** @file Steps of sampling on the processor: probabilities come back whole, keys and values are arrays. */
import type { SampleRequest } from '../../engine.ts';
import { buildDecode } from '../graph/decode-graph.ts';
import { type Graph, Program, type TensorData } from '../graph/graph.ts';
import { type RopeTables, ropeTables } from '../graph/rope-tables.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import type { Parameters } from '../weights/parameters.ts';
import { DecodeBatch } from './decode-batch.ts';
import { fixedInputs, inputBytes, keepsWeights, type SampleExtent } from './fixed-weights.ts';
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

/** What a program of a step is made for: a temperature other than 0 and 1, and the weights as they are (fixed-weights.ts). */
interface StepKind {
  readonly tempered: boolean;
  readonly fixed: boolean;
}

/** The program of a request's steps, and the inputs that stay the same. */
interface StepPlan {
  readonly kind: StepKind;
  readonly feeds: Readonly<Record<string, TensorData>>;
}

/** Reads parameters in place, so that updates count at once; but where it keeps a copy, until `forget`. */
export class HostStepper implements Stepper {
  private readonly options: HostStepperOptions;
  private readonly tables: RopeTables;
  private readonly prefill: Prefill;
  /** Of programs that are made again for every policy, by whether they are tempered. */
  private readonly fixedGraphs = new Map<boolean, Graph>();
  private programs: { readonly kind: StepKind; readonly program: Program }[] = [];

  /** @param options.tokens most prompt tokens (padded) in a prefill */
  constructor(options: HostStepperOptions & { readonly tokens: number }) {
    this.options = options;
    this.tables = ropeTables(options.config);
    this.prefill = new Prefill(options);
  }

  open(request: SampleRequest, extent: SampleExtent): DecodeSession {
    const { config } = this.options;
    const plan = this.plan(request, extent);
    const prompts = new LayerCaches(config, { turned: true });
    const batch = new DecodeBatch(config, request, { prompts, own: new LayerCaches(config) });
    return {
      batch,
      prefill: (tokens, first, progress) =>
        this.prefill.run(tokens, {
          ...progress,
          write: ({ prompt, ...at }, values) => prompts.write({ ...at, slot: first + prompt }, values),
        }),
      step: () => this.step(batch, request, plan),
      close: () => undefined,
    };
  }

  async forget(): Promise<void> {
    // An adapter's model does not change.
    if (this.options.config.lora === undefined) await this.drop(({ fixed }) => fixed);
  }

  async release(): Promise<void> {
    await this.prefill.release();
    await this.drop(() => true);
  }

  private plan({ temperature }: SampleRequest, extent: SampleExtent): StepPlan {
    const { config, parameters } = this.options;
    const copied = fixedInputs(config, parameters.views);
    const kind = {
      tempered: temperature !== 0 && temperature !== 1,
      fixed: keepsWeights(inputBytes(copied), extent),
    };
    const fed = Object.entries(parameters.views).filter(([key]) => !(kind.fixed && key in copied));
    const inverseTemperature = Float32Array.of(1 / temperature);
    return { kind, feeds: { ...Object.fromEntries(fed), ...this.tables, inverseTemperature } };
  }

  private async step(batch: DecodeBatch, request: SampleRequest, plan: StepPlan): Promise<Drawn> {
    const { temperature, topP = 1, topK, minP } = request;
    const { vocabSize } = this.options.config;
    const program = await this.program(plan.kind);
    const { sizes, feeds } = batch.next();
    const result = await program.run(sizes, { ...plan.feeds, ...feeds });
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

  private async program(kind: StepKind): Promise<Program> {
    const { tempered, fixed } = kind;
    const known = this.programs.find((made) => made.kind.tempered === tempered && made.kind.fixed === fixed);
    if (known) return known.program;
    const { config, threads, parameters } = this.options;
    const copied = fixed ? fixedInputs(config, parameters.views) : {};
    const graph = (fixed ? this.fixedGraphs.get(tempered) : undefined) ?? buildDecode(config, kind);
    if (fixed) this.fixedGraphs.set(tempered, graph);
    const program = await Program.compile(graph, threads, copied);
    this.programs.push({ kind, program });
    return program;
  }

  private async drop(dropped: (kind: StepKind) => boolean): Promise<void> {
    const gone = this.programs.filter(({ kind }) => dropped(kind));
    this.programs = this.programs.filter(({ kind }) => !dropped(kind));
    for (const { program } of gone) await program.release();
  }
}
