/**
 * @file The keys and values of all layers: two caches, since a windowed layer keeps no more than its window sees. They grow,
 * shrink and are written together.
 */
import type { TensorData } from '../graph/graph.ts';
import { paddingMask } from '../train/segment-index.ts';
import { layerKind } from '../weights/layer-kind.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { type HeadRows, KeyValueCache } from './kv-cache.ts';
import type { SlotOptions, Slots } from './slots.ts';

/** Tokens that a windowed layer keeps: the window without the token at hand, at least one. */
export const windowBound = ({ window }: ModelConfig): number | undefined =>
  window === undefined ? undefined : Math.max(1, window - 1);

function layersByWindow(config: ModelConfig): { full: number[]; windowed: number[] } {
  const all = Array.from({ length: config.layers }, (_, layer) => layer);
  const windowed = all.filter((layer) => layerKind(config, layer).windowed);
  return { full: all.filter((layer) => !windowed.includes(layer)), windowed };
}

/** Bytes of keys and values of a sequence of so many tokens. */
export function cacheBytes(config: ModelConfig, tokens: number): number {
  const { kvHeads, headDim } = config;
  const { full, windowed } = layersByWindow(config);
  const kept = full.length * tokens + windowed.length * Math.min(tokens, windowBound(config) ?? tokens);
  return 2 * 4 * kvHeads * headDim * kept;
}

/** What a batch does with keys and values, wherever they lie; slots and lengths are those of slots.ts. */
export interface Caches {
  /** Tokens in each slot. */
  readonly lengths: readonly number[];
  /** Room of each slot of a full layer, in tokens. */
  readonly length: number;
  /** The same of a windowed layer; one where there is none. */
  readonly boundedLength: number;
  /** Whether a step writes the new keys and values itself: there must be room before it then. */
  readonly appendsInStep: boolean;
  add(lengths: readonly number[]): void;
  remove(slot: number): void;
  resize(length: number): void;
  append(values: Float32Array | undefined, ended: ReadonlySet<number>): void;
  /** Inputs of the decoding graph, with the masks `NAME.padding` and `NAME.bounded` of slots' unused room. */
  feeds(name: 'prompt' | 'own'): Record<string, TensorData>;
}

/** What is done with the slots of full and of windowed layers alike. */
interface SlotCache extends Pick<Slots, 'lengths' | 'length' | 'heldLengths'> {
  add(lengths: readonly number[]): void;
  remove(slot: number): void;
  resize(length: number): void;
}

/** The two caches of a model, whose slots come, go and grow together. */
export abstract class CachePair<C extends SlotCache> {
  protected readonly full: C;
  /** Of the windowed layers, where there are any. */
  protected readonly bounded: C | undefined;

  constructor(config: ModelConfig, make: (options: SlotOptions) => C) {
    const { full, windowed } = layersByWindow(config);
    this.full = make({ layers: full });
    this.bounded = windowed.length > 0 ? make({ layers: windowed, bound: windowBound(config) }) : undefined;
  }

  protected get both(): C[] {
    return this.bounded ? [this.full, this.bounded] : [this.full];
  }

  get lengths(): readonly number[] {
    return this.full.lengths;
  }

  get length(): number {
    return this.full.length;
  }

  get boundedLength(): number {
    return this.bounded?.length ?? 1;
  }

  add(lengths: readonly number[]): void {
    for (const cache of this.both) cache.add(lengths);
  }

  remove(slot: number): void {
    for (const cache of this.both) cache.remove(slot);
  }

  resize(length: number): void {
    for (const cache of this.both) cache.resize(length);
  }

  /** The masks of slots' unused room. */
  protected masks(name: 'prompt' | 'own'): Record<string, TensorData> {
    const { full, bounded } = this;
    return {
      [`${name}.padding`]: paddingMask(full.lengths, full.length),
      ...(bounded ? { [`${name}.bounded`]: paddingMask(bounded.heldLengths, bounded.length) } : {}),
    };
  }
}

/** In arrays of this process. */
export class LayerCaches extends CachePair<KeyValueCache> implements Caches {
  readonly appendsInStep = false;
  private readonly turned: boolean;

  /** @param options.turned see kv-cache.ts */
  constructor(config: ModelConfig, { turned = false } = {}) {
    super(config, (options) => new KeyValueCache(config, { ...options, turned }));
    this.turned = turned;
  }

  write(at: { slot: number; array: number; head: number }, values: HeadRows): void {
    for (const cache of this.both) cache.write(at, values);
  }

  append(values: Float32Array | undefined, ended: ReadonlySet<number>): void {
    if (values) for (const cache of this.both) cache.append(values, ended);
  }

  feeds(name: 'prompt' | 'own'): Record<string, TensorData> {
    // Turned keys hold their masks.
    const masks = this.turned ? {} : this.masks(name);
    return Object.assign(masks, ...this.both.map((cache) => cache.feeds(name)));
  }
}
