/** @file How evenly the tokens of a batch are spread over the experts of each layer. */
import type { ModelConfig } from '../weights/model-config.ts';

/** Counts of rows by layer and expert. */
export class ExpertLoad {
  private readonly count: number;
  /** By layer with experts, [count] each. */
  private readonly layers = new Map<number, Float64Array>();

  constructor({ experts }: ModelConfig) {
    this.count = experts?.count ?? 0;
  }

  /** Adds rows of layers that follow one another, `load` [layers, count]; the first is number `from` of those with experts. */
  add(load: Float32Array | undefined, from = 0): void {
    if (!load || this.count === 0) return;
    for (const [i, rows] of load.entries()) {
      const layer = from + Math.floor(i / this.count);
      const known = this.layers.get(layer) ?? new Float64Array(this.count);
      (known[i % this.count] as number) += rows;
      this.layers.set(layer, known);
    }
  }

  /** The busiest expert's rows over the mean of its layer, in the most uneven layer; undefined without any. */
  get imbalance(): number | undefined {
    const shares = [...this.layers.values()].map((rows) => {
      const total = rows.reduce((a, b) => a + b, 0);
      return total === 0 ? 0 : (Math.max(...rows) * rows.length) / total;
    });
    return shares.length === 0 ? undefined : Math.max(...shares);
  }
}
