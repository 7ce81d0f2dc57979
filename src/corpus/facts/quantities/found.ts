/** @file A number with its unit, before what it measures is looked for. */
import type { NumberMention } from '../numbers.ts';

/** Its span holds the unit; `end` is where that ends. */
export interface Found {
  readonly number: Pick<NumberMention, 'value' | 'span'>;
  readonly unit: string;
  readonly scale: number;
  readonly end: number;
}
