/** @file The context of a model by its `config.json` as Hugging Face has it. */
import { z } from 'zod';
import type { ModelContext } from './context.ts';

const positive = z.number().positive().nullish().catch(undefined);
const ropeSchema = z
  .looseObject({
    rope_type: z.string().optional().catch(undefined),
    type: z.string().optional().catch(undefined),
    factor: positive,
    original_max_position_embeddings: positive,
  })
  .nullish()
  .catch(undefined);
const contextSchema = z.looseObject({
  max_position_embeddings: z.int().positive().optional().catch(undefined),
  original_max_position_embeddings: positive,
  rope_scaling: ropeSchema,
  rope_parameters: ropeSchema,
});

/** Kinds of scaling whose factor is on top of `max_position_embeddings` where that states the trained positions. */
const multiplying = ['linear', 'yarn', 'dynamic'];

/** The context that a `config.json` states; undefined where it states none. */
export function contextOfConfig(json: unknown): ModelContext | undefined {
  const { data } = contextSchema.safeParse(json);
  const stated = data?.max_position_embeddings;
  if (data === undefined || stated === undefined) return undefined;
  const rope = Object.keys(data.rope_scaling ?? {}).length > 0 ? data.rope_scaling : data.rope_parameters;
  const type = rope?.rope_type ?? rope?.type ?? 'default';
  const original = data.original_max_position_embeddings ?? rope?.original_max_position_embeddings ?? undefined;
  const trained = original ?? stated;
  const scaled = multiplying.includes(type) ? trained * (rope?.factor ?? 1) : 0;
  return { positions: Math.max(stated, Math.floor(scaled)), trained };
}
