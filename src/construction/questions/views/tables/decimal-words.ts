/** @file How many decimals a question asks for: said by generators, read back by solvers. */
import { phrase } from '../../../reading/phrase.ts';

/** By the number of decimals. */
const words = [
  phrase({ en: 'to the nearest whole number', zh: '四舍五入取整数' }),
  phrase({ en: 'to one decimal', zh: '保留一位小数' }),
  phrase({ en: 'to two decimals', zh: '保留两位小数' }),
  phrase({ en: 'to three decimals', zh: '保留三位小数' }),
] as const;

/** Most decimals that are asked for. */
const most = words.length - 1;

/** `to two decimals`; more than three are never asked for. */
export const decimalsSaid = (count: number, language: 'en' | 'zh'): string =>
  words[Math.min(count, most)]?.say(language, {}) ?? '';

/** The number that `decimalsSaid` said; undefined for other words. */
export function decimalsRead(said: string): number | undefined {
  const found = words.findIndex((word) => word.read(said) !== undefined);
  return found < 0 ? undefined : found;
}

const decimalsOf = (value: string): number => /\.(\d+)/.exec(value)?.[1]?.length ?? 0;

/** Decimals of an average: as many as its figures are printed with, and one at least. */
export const decimalsOfMean = (values: readonly string[]): number =>
  Math.min(most, Math.max(1, ...values.map(decimalsOf)));
