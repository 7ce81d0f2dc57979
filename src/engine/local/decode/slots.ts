/** @file Slots of keys and values, wherever their arrays lie: how many tokens each has, and where its next one goes. */

/** Layers whose keys and values are kept together, and the tokens at most of each slot; absent: all. */
export interface SlotOptions {
  readonly layers: readonly number[];
  readonly bound?: number | undefined;
}

/** Numbers of the arrays of some layers: keys of layer 0, its values, keys of layer 1, ... */
export const arraysOf = (layers: readonly number[]): number[] => layers.flatMap((layer) => [2 * layer, 2 * layer + 1]);

/** What an array is called in graphs: `promptKeys0`, ... */
export const arrayName = (prefix: string, array: number): string =>
  `${prefix}${array % 2 === 0 ? 'Keys' : 'Values'}${array >> 1}`;

/**
 * Packed: a slot that goes is replaced by the last one. With a `bound`, for windowed layers, a slot keeps its last `bound` tokens:
 * token t stands in place t mod `bound` when it is appended, and the last tokens of what is written at once stand in order.
 */
export class Slots {
  /** Tokens in each slot, with those that the bound has dropped. */
  readonly lengths: number[] = [];
  /** Room of each slot, in tokens. */
  length = 0;
  protected readonly bound: number;

  constructor(bound = Number.POSITIVE_INFINITY) {
    this.bound = bound;
  }

  /** Tokens that each slot still holds. */
  get heldLengths(): number[] {
    return this.lengths.map((used) => this.held(used));
  }

  /** Tokens that a slot still holds. */
  protected held(used: number): number {
    return Math.min(used, this.bound);
  }

  /** Where the next token of a slot goes. */
  protected place(used: number): number {
    return Number.isFinite(this.bound) ? used % this.bound : used;
  }

  /** Room with slots of these lengths besides. An empty slot still has room for one token, masked: no tensor is empty. */
  protected roomWith(lengths: readonly number[]): number {
    return Math.max(1, this.length, ...lengths.map((used) => this.held(used)));
  }

  /** Counts a token in every slot but those in `ended`. */
  protected advance(ended: ReadonlySet<number>): void {
    for (const slot of this.lengths.keys())
      if (!ended.has(slot)) this.lengths[slot] = (this.lengths[slot] as number) + 1;
  }
}
