/**
 * @file Rotary frequencies for contexts beyond the trained one, as `config.json` asks for them: `linear` (Chen et al. 2023,
 * position interpolation), `yarn` (Peng et al. 2023, sections 3.2 and 3.4) and `llama3` (the Llama 3.1 release).
 *
 * All three change the inverse frequencies once, whatever the length of a prompt, so that one table serves training and
 * decoding. The kinds whose frequencies depend on the length at hand (`dynamic`, `longrope`) are refused.
 */

import { z } from 'zod';
import { InputError } from '../../../errors.ts';
import { isRecord } from '../../../json.ts';

/** Values of `rope_type` that are supported beside `default`. */
export const ropeTypes = ['linear', 'yarn', 'llama3'] as const;

/** Settings of one kind; `factor` is the new context over the trained one, contexts are in tokens. */
export type RopeScaling =
  | { readonly type: 'linear'; readonly factor: number }
  | {
      readonly type: 'yarn';
      readonly factor: number;
      readonly originalContext: number;
      /** Turns within the original context above which a frequency is kept, and below which it is interpolated. */
      readonly betaFast: number;
      readonly betaSlow: number;
      /** Factor of cosines and sines: the temperature of attention. */
      readonly attentionFactor: number;
      /** Round the ends of the ramp to whole frequencies. */
      readonly truncate: boolean;
    }
  | {
      readonly type: 'llama3';
      readonly factor: number;
      readonly originalContext: number;
      readonly lowFrequencyFactor: number;
      readonly highFrequencyFactor: number;
    };

const positive = z.number().positive();

const parametersSchema = z.looseObject({
  rope_type: z.string().optional(),
  type: z.string().optional(),
  rope_theta: positive.optional(),
  factor: positive.optional(),
  original_max_position_embeddings: positive.optional(),
  beta_fast: positive.nullish(),
  beta_slow: positive.nullish(),
  attention_factor: positive.nullish(),
  mscale: z.number().nullish(),
  mscale_all_dim: z.number().nullish(),
  truncate: z.boolean().optional(),
  low_freq_factor: positive.optional(),
  high_freq_factor: positive.optional(),
  partial_rotary_factor: positive.optional(),
});

/** The fields of `config.json` that describe rotary embeddings: `rope_parameters` replaced the other two in 2025. */
export const ropeFields = {
  rope_theta: positive.optional(),
  rope_scaling: parametersSchema.nullish(),
  rope_parameters: parametersSchema.nullish(),
  partial_rotary_factor: positive.optional(),
  original_max_position_embeddings: positive.optional(),
};
const ropeSchema = z.object(ropeFields);
/** The fields of `config.json` that speak of rotary embeddings. */
export type RopeJson = z.infer<typeof ropeSchema>;

/** Frequencies of the layers of one kind. */
export interface LayerRope {
  readonly theta: number;
  readonly scaling?: RopeScaling | undefined;
}

/** What a configuration leaves out; `path` is for messages. */
interface RopeDefaults {
  readonly path: string;
  readonly maxContext: number;
  readonly theta?: number | undefined;
}

const layerRopesSchema = z.object({
  full_attention: parametersSchema.optional(),
  sliding_attention: parametersSchema.optional(),
});

/** YaRN's factor of the attention scores, section 3.4: 0.1 m ln(s) + 1. */
const yarnMagnitude = (scale: number, m = 1): number => (scale <= 1 ? 1 : 0.1 * m * Math.log(scale) + 1);

/**
 * Frequencies that a configuration asks for. Where fields contradict each other, the one counts that transformers (5.24,
 * `RotaryEmbeddingConfigMixin`) takes: `rope_scaling` before `rope_parameters`, the base inside before the one beside, but
 * `original_max_position_embeddings` beside before the one inside.
 *
 * @throws InputError for a kind of scaling that the engine does not compute, or without its numbers.
 */
export function parseRopeScaling(json: RopeJson, { path, maxContext, theta: base = 10_000 }: RopeDefaults): LayerRope {
  const scaled = Object.keys(json.rope_scaling ?? {}).length > 0;
  const field = scaled ? 'rope_scaling' : 'rope_parameters';
  const raw = (scaled ? json.rope_scaling : json.rope_parameters) ?? {};
  const refuse = (name: string, got: unknown, allowed: string): InputError =>
    new InputError('model-unsupported', `${path}: ${name}: got ${JSON.stringify(got)}, expected ${allowed}.`);
  const need = (name: keyof typeof raw & string): number => {
    const value = raw[name];
    if (typeof value !== 'number') throw refuse(`${field}.${name}`, value ?? null, 'a positive number');
    return value;
  };
  const nested = Object.entries(raw).find(([, value]) => isRecord(value));
  if (nested !== undefined) throw refuse(`${field}.${nested[0]}`, nested[1], 'the same frequencies in all layers');
  const partial = raw.partial_rotary_factor ?? json.partial_rotary_factor ?? 1;
  if (partial !== 1) throw refuse('partial_rotary_factor', partial, '1');
  const theta = raw.rope_theta ?? json.rope_theta ?? base;
  const type = raw.rope_type ?? raw.type ?? 'default';
  const originalContext = json.original_max_position_embeddings ?? raw.original_max_position_embeddings ?? maxContext;
  switch (type) {
    case 'default':
      return { theta, scaling: undefined };
    case 'linear':
      return { theta, scaling: { type, factor: need('factor') } };
    case 'yarn': {
      const factor = need('factor');
      const { mscale, mscale_all_dim: mscaleAll } = raw;
      const magnitude =
        mscale && mscaleAll ? yarnMagnitude(factor, mscale) / yarnMagnitude(factor, mscaleAll) : yarnMagnitude(factor);
      return {
        theta,
        scaling: {
          type,
          factor,
          originalContext,
          betaFast: raw.beta_fast ?? 32,
          betaSlow: raw.beta_slow ?? 1,
          attentionFactor: raw.attention_factor ?? magnitude,
          truncate: raw.truncate ?? true,
        },
      };
    }
    case 'llama3':
      return {
        theta,
        scaling: {
          type,
          factor: need('factor'),
          originalContext,
          lowFrequencyFactor: need('low_freq_factor'),
          highFrequencyFactor: need('high_freq_factor'),
        },
      };
    default:
      throw refuse(`${field}.rope_type`, type, `default | ${ropeTypes.join(' | ')}`);
  }
}

/**
 * The same for families whose windowed layers turn by frequencies of their own (Gemma 3, OLMo 3): `rope_parameters` holds a
 * dictionary for each type of layer; in older files `rope_scaling` and `rope_theta` are those of full attention.
 */
export function parseLayerRopes(
  json: RopeJson,
  { path, maxContext, theta, localTheta }: RopeDefaults & { theta: number; localTheta: number },
): { main: LayerRope; local: LayerRope } {
  const { rope_parameters: parameters, rope_scaling: scaling, rope_theta: beside, ...rest } = json;
  const of = (type: 'full_attention' | 'sliding_attention') => {
    const own = layerRopesSchema.safeParse(parameters ?? {});
    if (own.success && (own.data[type] !== undefined || Object.keys(parameters ?? {}).length === 0))
      return own.data[type] ?? {};
    throw new InputError(
      'model-unsupported',
      `${path}: rope_parameters: got ${JSON.stringify(parameters)}, expected full_attention and sliding_attention with the frequencies of each.`,
    );
  };
  const [full, sliding] = [of('full_attention'), of('sliding_attention')];
  const read = (rope: RopeJson['rope_parameters'], base: number) =>
    parseRopeScaling({ ...rest, rope_parameters: rope }, { path, maxContext, theta: base });
  return { main: read({ ...full, ...scaling }, beside ?? theta), local: read(sliding, localTheta) };
}

/** The fields of `config.json`, in the spelling that both older and newer readers know. */
export function huggingFaceRope(config: {
  readonly ropeTheta: number;
  readonly ropeScaling?: RopeScaling | undefined;
  readonly localRope?: LayerRope | undefined;
}): Record<string, unknown> {
  const { ropeTheta, ropeScaling, localRope: local } = config;
  if (!local) return flatRope(ropeTheta, ropeScaling);
  const parametersOf = ({ theta, scaling }: LayerRope) => {
    const { rope_scaling: parameters } = flatRope(theta, scaling);
    return { rope_type: 'default', ...(isRecord(parameters) ? parameters : {}), rope_theta: theta };
  };
  return {
    ...flatRope(ropeTheta, ropeScaling),
    rope_local_base_freq: local.theta,
    rope_parameters: {
      full_attention: parametersOf({ theta: ropeTheta, scaling: ropeScaling }),
      sliding_attention: parametersOf(local),
    },
  };
}

function flatRope(theta: number, scaling: RopeScaling | undefined): Record<string, unknown> {
  if (!scaling) return { rope_theta: theta };
  const common = { rope_type: scaling.type, factor: scaling.factor };
  const parameters = (() => {
    switch (scaling.type) {
      case 'linear':
        return common;
      case 'yarn':
        return {
          ...common,
          original_max_position_embeddings: scaling.originalContext,
          beta_fast: scaling.betaFast,
          beta_slow: scaling.betaSlow,
          attention_factor: scaling.attentionFactor,
          truncate: scaling.truncate,
        };
      case 'llama3':
        return {
          ...common,
          original_max_position_embeddings: scaling.originalContext,
          low_freq_factor: scaling.lowFrequencyFactor,
          high_freq_factor: scaling.highFrequencyFactor,
        };
    }
  })();
  return { rope_theta: theta, rope_scaling: parameters };
}

/** Index of the frequency that turns `turns` times within the original context. */
const frequencyIndex = (turns: number, headDim: number, theta: number, context: number): number =>
  (headDim * Math.log(context / (turns * 2 * Math.PI))) / (2 * Math.log(theta));

/** Share of interpolation of each frequency: 0 keeps it, 1 divides it by the factor. */
function interpolation(scaling: RopeScaling, periods: readonly number[], theta: number): number[] {
  const half = periods.length;
  switch (scaling.type) {
    case 'linear':
      return periods.map(() => 1);
    case 'yarn': {
      const at = (turns: number) => frequencyIndex(turns, 2 * half, theta, scaling.originalContext);
      const low = Math.max(scaling.truncate ? Math.floor(at(scaling.betaFast)) : at(scaling.betaFast), 0);
      const high = Math.min(scaling.truncate ? Math.ceil(at(scaling.betaSlow)) : at(scaling.betaSlow), 2 * half - 1);
      const width = high === low ? 0.001 : high - low;
      return periods.map((_, i) => Math.min(1, Math.max(0, (i - low) / width)));
    }
    case 'llama3': {
      const { originalContext, lowFrequencyFactor: low, highFrequencyFactor: high } = scaling;
      return periods.map((period) => {
        const turns = originalContext / (2 * Math.PI * period);
        return 1 - Math.min(1, Math.max(0, (turns - low) / (high - low)));
      });
    }
  }
}

/** Positions for a turn of one radian, [headDim / 2], and the factor of cosines and sines. */
export function ropePeriods(options: { headDim: number; theta: number; scaling?: RopeScaling | undefined }): {
  periods: number[];
  magnitude: number;
} {
  const { headDim, theta, scaling } = options;
  const plain = Array.from({ length: headDim / 2 }, (_, i) => theta ** ((2 * i) / headDim));
  if (!scaling) return { periods: plain, magnitude: 1 };
  const shares = interpolation(scaling, plain, theta);
  const periods = plain.map((period, i) => {
    const share = shares[i] as number;
    return 1 / (share / (period * scaling.factor) + (1 - share) / period);
  });
  return { periods, magnitude: scaling.type === 'yarn' ? scaling.attentionFactor : 1 };
}
