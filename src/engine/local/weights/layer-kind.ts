/** @file What one layer is of: how its heads turn, how far they see, and what feeds forward. */

/** Layers of one kind are computed by the same graphs. */
export interface LayerKind {
  /** Frequencies of the rotary embedding: the model's, those of its windowed layers, or none (NoPE). */
  readonly rope: 'main' | 'local' | 'none';
  /** A token sees the last `window` tokens of the model, itself among them; else all before it. */
  readonly windowed: boolean;
  /** The feed-forward part is a choice of experts. */
  readonly experts: boolean;
}

/** Full attention, turned, with one feed-forward part: every layer of a plain model. */
export const plainLayer: LayerKind = { rope: 'main', windowed: false, experts: false };

/** The kind of layer number `layer`. */
export const layerKind = (config: { readonly layerKinds?: readonly LayerKind[] | undefined }, layer: number) =>
  config.layerKinds?.[layer] ?? plainLayer;

/** A word for a kind, the same for the same kinds. */
export const kindName = ({ rope, windowed, experts }: LayerKind): string => `${rope} ${windowed} ${experts}`;
