/**
 * @file The compiled graphs of the layered pass. All layers and all lengths share them: weights and sizes are inputs.
 */
import { EngineError } from '../../../../errors.ts';
import { type Graph, Program, type Sizes, type TensorData } from '../../graph/graph.ts';
import { buildHead } from '../../graph/head.ts';
import type { ModelConfig } from '../../weights/model-config.ts';
import { buildBlockAttention } from './block-attention.ts';
import { buildLayerInput, buildLayerOutput } from './row-graphs.ts';

const builders = {
  'layer-input': (config) => buildLayerInput(config, { queries: true, backward: false }),
  'layer-input-backward': (config) => buildLayerInput(config, { queries: true, backward: true }),
  'keys-values': (config) => buildLayerInput(config, { queries: false, backward: false }),
  'keys-values-backward': (config) => buildLayerInput(config, { queries: false, backward: true }),
  attention: (config) => buildBlockAttention(config, { masked: false, backward: false }),
  'attention-backward': (config) => buildBlockAttention(config, { masked: false, backward: true }),
  'attention-masked': (config) => buildBlockAttention(config, { masked: true, backward: false }),
  'attention-masked-backward': (config) => buildBlockAttention(config, { masked: true, backward: true }),
  'layer-output': (config) => buildLayerOutput(config, { backward: false }),
  'layer-output-backward': (config) => buildLayerOutput(config, { backward: true }),
  head: (config) => buildHead(config, { backward: false }),
  'head-backward': (config) => buildHead(config),
} as const satisfies Readonly<Record<string, (config: ModelConfig) => Graph>>;

/** Name of a graph of the layered pass. */
export type LayeredProgram = keyof typeof builders;

/** Compiles each graph on first use. */
export class LayeredPrograms {
  private readonly programs = new Map<LayeredProgram, Program>();
  /** Set while a caller may abort; every run looks at it first. */
  signal: AbortSignal | undefined;
  private readonly config: ModelConfig;
  private readonly threads: number;

  constructor(config: ModelConfig, threads: number) {
    this.config = config;
    this.threads = threads;
  }

  /** @throws EngineError when the signal has aborted. */
  async run(
    name: LayeredProgram,
    sizes: Sizes,
    feeds: Readonly<Record<string, TensorData>>,
  ): Promise<Record<string, Float32Array>> {
    if (this.signal?.aborted) throw new EngineError('aborted', 'The engine was told to stop.');
    const known = this.programs.get(name);
    const program = known ?? (await Program.compile(builders[name](this.config), this.threads));
    this.programs.set(name, program);
    return program.run(sizes, feeds);
  }

  async release(): Promise<void> {
    for (const program of this.programs.values()) await program.release();
    this.programs.clear();
  }
}
