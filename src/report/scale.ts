/**
 * @file Linear scales and round ticks for the charts.
 */

/** From data to pixels. */
export type Scale = (value: number) => number;

/** Maps [from, to] to [start, end]. */
export function linearScale([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const factor = to === from ? 0 : (end - start) / (to - from);
  return (value) => Math.round((start + (value - from) * factor) * 100) / 100;
}

/** About `count` round values that cover [from, to]; steps are 1, 2 or 5 times a power of ten. */
export function ticks(from: number, to: number, count: number): number[] {
  if (!(to > from)) return [from];
  const raw = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10);
  const out: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k++)
    out.push(Number((k * step).toPrecision(12)));
  return out;
}

/** Centred moving average over `window` values; shorter at the ends. */
export function smooth(values: readonly number[], window: number): number[] {
  const reach = Math.floor(window / 2);
  return values.map((_, index) => {
    const part = values.slice(Math.max(0, index - reach), index + reach + 1);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
