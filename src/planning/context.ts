/**
 * @file Whether a model has as many positions as a job asks for, and what to change where it has not. Rotary scaling multiplies the
 * positions that a model was trained on, as vLLM and SGLang count them.
 */

import { grouped } from '../format.ts';

/** What a model's configuration says of its length. */
export interface ModelContext {
  /** Largest prompt plus response, in tokens. */
  readonly positions: number;
  /** Positions that the frequencies were trained for, before any scaling. */
  readonly trained: number;
}

/** All Qwen3 models of the paper: 32,768 trained, and room for an answer of 8,192. */
export const qwen3Context: ModelContext = { positions: 40_960, trained: 32_768 };

/** What a `config.json` says of a rotary scaling. */
export interface RopeScaling {
  readonly rope_type: 'yarn';
  readonly factor: number;
  readonly original_max_position_embeddings: number;
}

/** YaRN with the smallest factor, in tenths, that reaches `asked` tokens; undefined where the model has the positions. */
export function ropeScalingFor(asked: number, { positions, trained }: ModelContext): RopeScaling | undefined {
  if (asked <= positions) return undefined;
  return {
    rope_type: 'yarn',
    factor: Math.ceil((10 * asked) / trained) / 10,
    original_max_position_embeddings: trained,
  };
}

/** The context of a model with this scaling. */
export const contextOfScaling = ({ factor, original_max_position_embeddings: trained }: RopeScaling): ModelContext => ({
  positions: Math.floor(factor * trained),
  trained,
});

/** Tokens asked for and positions there, both of one sequence; `found` and `change` are sentences for a person. */
export interface ContextShortfall {
  readonly asked: number;
  readonly positions: number;
  readonly found: string;
  readonly change: string;
}

/** What is wrong with a job whose longest prompt plus response is `asked` tokens; undefined where the model has the positions. */
export function contextShortfall(asked: number, context: ModelContext | undefined): ContextShortfall | undefined {
  if (context === undefined || asked <= context.positions) return undefined;
  const { positions } = context;
  const rope = JSON.stringify(ropeScalingFor(asked, context));
  return {
    asked,
    positions,
    found: `the job asks for ${grouped(asked)} tokens of a sequence, the model has ${grouped(positions)} positions`,
    change: `Use a copy of the model whose config.json has "max_position_embeddings": ${asked} and "rope_scaling": ${rope}, a model with a longer context, or prompt and response limits that sum to at most ${positions}.`,
  };
}
