/** @file How a change is written in a list. */
import type { Growth } from '../../views/tables/growths.ts';

/** With its sign and one decimal; undefined where that is half way between two. */
export function percentOf({ percent }: Growth): string | undefined {
  const tenths = Math.abs(percent) * 10;
  if (Math.abs(tenths - Math.floor(tenths) - 0.5) < 0.02 || tenths < 1) return undefined;
  return `${percent > 0 ? '+' : '-'}${(Math.round(tenths) / 10).toFixed(1)}`;
}
