/**
 * @file What a unit costs in one graph of the whole model and in the layered pass: memory and work, by its shape. The choice between
 * them is by both: the layered pass computes forward twice and copies, so that one graph is up to 2.5 times as fast where it fits;
 * but it passes over all scores of windowed layers, where the layered pass computes those within the window alone.
 *
 * Work is counted in multiply-adds' time, as FLOP of a product; `npm run bench:packing` shows the predicted ratio beside the
 * measured one, and how much a wrong choice would lose.
 */
import { layerKind } from '../weights/layer-kind.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { activationBytes, cost, type Unit } from './units.ts';

/** The widths that memory depends on. */
export type Widths = Pick<ModelConfig, 'layers' | 'hiddenSize' | 'intermediateSize' | 'heads' | 'headDim'>;

/** Share of the prompt's square that the chunks of its queries pass over: four, of a quarter to all of the keys. */
const chunkShare = 0.625;

/** Bytes of the peak in one graph: what the backward pass keeps of each layer, and what one layer has at hand. */
export function wholeBytes(widths: Widths, { tokens, scores }: { tokens: number; scores: number }): number {
  // Of scores only the probabilities are kept; measured 10 to 24 bytes a score with 4 and 6 layers.
  const perScore = 4 * widths.layers * 0.7 + 16;
  return tokens * activationBytes(widths).bytesPerToken + scores * perScore;
}

/** A unit's memory in one graph. */
export const unitBytes = (unit: Unit, config: ModelConfig): number => wholeBytes(config, cost([unit], config.heads));

/** Passes over a score cost this much beside its products, forward and backward. */
const passesOfScore = 550;
/** Copies between the graphs of the layered pass, for a token and layer: joining the blocks of full attention is most of it. */
const copies = { full: 5e6, windowed: 0.5e6 };

/** Scores of a head in a layer: rows of the prompt and of tails, against the prompt and themselves. */
function scoresOf(unit: Unit, { window, chunked }: { window: number | undefined; chunked: boolean }): number {
  const prompt = unit.prefix.length;
  const tails = unit.tails.map((tail) => tail.inputs.length);
  if (window !== undefined && !chunked) {
    // A block of queries meets its window and itself.
    const rows = tails.reduce((a, b) => a + b, prompt);
    return 2 * rows * Math.max(window, 64);
  }
  const own = tails.reduce((sum, rows) => sum + rows * (prompt + rows), 0);
  return own + (chunked ? chunkShare : 0.5) * prompt * prompt;
}

/** FLOP of a layer's products for a token, forward and backward. */
function tokenWork(config: ModelConfig, layer: number): number {
  const { hiddenSize: d, intermediateSize, heads, kvHeads, headDim, experts } = config;
  const feed = experts && layerKind(config, layer).experts ? experts.perToken * experts.width : intermediateSize;
  return 6 * d * (2 * (heads + kvHeads) * headDim + 3 * feed);
}

/** Work of a unit, forward and backward, both ways. The head is the same in both. */
export function unitWork(unit: Unit, config: ModelConfig): { whole: number; layered: number } {
  const rows = unit.tails.reduce((sum, tail) => sum + tail.inputs.length, unit.prefix.length);
  const perScore = config.heads * (12 * config.headDim + passesOfScore);
  let [whole, layered] = [0, 0];
  for (let layer = 0; layer < config.layers; layer++) {
    const { windowed } = layerKind(config, layer);
    const window = windowed ? config.window : undefined;
    const token = tokenWork(config, layer);
    whole += rows * token + scoresOf(unit, { window, chunked: true }) * perScore;
    layered += rows * ((4 / 3) * token + (windowed ? copies.windowed : copies.full));
    layered += scoresOf(unit, { window, chunked: false }) * perScore;
  }
  return { whole, layered };
}
