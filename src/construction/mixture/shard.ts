/**
 * @file One of n parts of a mixture: every n-th place of the plan, so that each part has the same mix of tasks and lengths and takes
 * about as long as the others.
 */
import { UsageError } from '../../errors.ts';

/** Part `index` of `of`, as `--shard 2/5` names it. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

const hint = 'Give --shard 2/5 for the second of five.';

/** @example parseShard('2/5') // { index: 2, of: 5 } */
export function parseShard(text: string): Shard {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim());
  const [index, of] = [Number(match?.[1]), Number(match?.[2])];
  if (match !== null && index >= 1 && index <= of) return { index, of };
  throw new UsageError('shard-invalid', `--shard: got "${text}", expected i/n with i from 1 to n`, hint);
}

/** Numbers of the plan's places that belong to the shard, in order. */
export function shardPlaces({ index, of }: Shard, places: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((places - index + 1) / of)) }, (_, i) => index - 1 + i * of);
}

/** A part's name for files: `2-of-5`. */
export const shardName = ({ index, of }: Shard): string => `${index}-of-${of}`;
