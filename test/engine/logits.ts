/** @file Logits of a sequence, for comparison with other implementations: the engine itself never returns them. */
import { block, layerInputs } from '../../src/engine/local/graph/block.ts';
import { Graph, Program } from '../../src/engine/local/graph/graph.ts';
import { head } from '../../src/engine/local/graph/head.ts';
import { embed } from '../../src/engine/local/graph/model-graph.ts';
import { ropeTables } from '../../src/engine/local/graph/rope-tables.ts';
import { plainRows } from '../../src/engine/local/train/token-rows.ts';
import { layerKind } from '../../src/engine/local/weights/layer-kind.ts';
import type { ModelConfig } from '../../src/engine/local/weights/model-config.ts';
import { type Parameters, projectionKey } from '../../src/engine/local/weights/parameters.ts';

/** [T, V] */
export async function forwardLogits(
  config: ModelConfig,
  parameters: Parameters,
  tokens: Int32Array,
): Promise<Float32Array> {
  const { chunks, sizes, feeds } = plainRows([tokens], config);
  const graph = new Graph();
  const embedding = graph.input('embedding', [config.vocabSize, config.hiddenSize]);
  let x = embed(graph, config, embedding, 'N');
  for (let layer = 0; layer < config.layers; layer++) {
    const kind = layerKind(config, layer);
    const weights = layerInputs(graph, config, `layer${layer}`, kind);
    x = block(graph, config, x, weights, { kind: 'dense', chunks, promptOutput: true, layer: kind }).y;
  }
  const projection = graph.input(projectionKey(config), [config.vocabSize, config.hiddenSize]);
  const norm = graph.input('finalNorm', [config.hiddenSize]);
  graph.output(head(graph, config, x, { norm, embedding: projection }).logits, 'logits');
  const program = await Program.compile(graph, 1);
  const result = await program.run(sizes, { ...parameters.views, ...ropeTables(config), ...feeds });
  await program.release();
  return result.logits as Float32Array;
}
