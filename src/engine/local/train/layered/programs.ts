/**
 * @file The compiled graphs of the layered pass. All layers of a kind and all lengths share them: weights and sizes are inputs.
 */
import { EngineError } from '../../../../errors.ts';
import { type Graph, Program, type Sizes, type TensorData } from '../../graph/graph.ts';
import { buildHead } from '../../graph/head.ts';
import { kindName, type LayerKind, plainLayer } from '../../weights/layer-kind.ts';
import type { ModelConfig } from '../../weights/model-config.ts';
import { buildBlockAttention } from './block-attention.ts';
import { buildLayerInput, buildLayerOutput } from './row-graphs.ts';

const builders = {
  'layer-input': (config, kind) => buildLayerInput(config, kind, { queries: true, backward: false }),
  'layer-input-backward': (config, kind) => buildLayerInput(config, kind, { queries: true, backward: true }),
  'keys-values': (config, kind) => buildLayerInput(config, kind, { queries: false, backward: false }),
  'keys-values-backward': (config, kind) => buildLayerInput(config, kind, { queries: false, backward: true }),
  attention: (config) => buildBlockAttention(config, { masked: false, backward: false }),
  'attention-backward': (config) => buildBlockAttention(config, { masked: false, backward: true }),
  'attention-masked': (config) => buildBlockAttention(config, { masked: true, backward: false }),
  'attention-masked-backward': (config) => buildBlockAttention(config, { masked: true, backward: true }),
  'layer-output': (config, kind) => buildLayerOutput(config, kind, { backward: false }),
  'layer-output-backward': (config, kind) => buildLayerOutput(config, kind, { backward: true }),
  head: (config) => buildHead(config, { backward: false }),
  'head-top': (config) => buildHead(config, { backward: false, top: true }),
  'head-backward': (config) => buildHead(config),
} as const satisfies Readonly<Record<string, (config: ModelConfig, kind: LayerKind) => Graph>>;

/** Name of a graph of the layered pass. */
export type LayeredProgram = keyof typeof builders;

/** Compiles each graph on first use. */
export class LayeredPrograms {
  /** By name and kind of layer. */
  private readonly programs = new Map<string, Program>();
  /** Set while a caller may abort; every run looks at it first. */
  signal: AbortSignal | undefined;
  private readonly config: ModelConfig;
  private readonly threads: number;

  constructor(config: ModelConfig, threads: number) {
    this.config = config;
    this.threads = threads;
  }

  /**
   * @param kind of the layer; graphs that do not look at it are run without.
   * @throws EngineError when the signal has aborted.
   */
  async run(
    name: LayeredProgram,
    sizes: Sizes,
    feeds: Readonly<Record<string, TensorData>>,
    kind: LayerKind = plainLayer,
  ): Promise<Record<string, Float32Array>> {
    if (this.signal?.aborted) throw new EngineError('aborted', 'The engine was told to stop.');
    const key = `${name} ${kindName(kind)}`;
    const known = this.programs.get(key);
    const program = known ?? (await Program.compile(builders[name](this.config, kind), this.threads));
    this.programs.set(key, program);
    return program.run(sizes, feeds);
  }

  async release(): Promise<void> {
    for (const program of this.programs.values()) await program.release();
    this.programs.clear();
  }
}
