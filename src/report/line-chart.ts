/**
 * @file A line over training steps as inline SVG: the values faint, their moving average strong.
 */
import { type Html, html, trusted } from './html.ts';
import { linearScale, smooth, ticks } from './scale.ts';

/** `steps` and `values` have one length; sizes are in pixels of the view box. */
export interface LineChartOptions {
  readonly label: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** Default: around the values, with 0. */
  readonly range?: readonly [number, number];
  /** The top of the axis at most, where the values say how high it goes. */
  readonly most?: number;
  readonly width?: number;
  readonly height?: number;
  /** Draw a moving average over the values; default true. */
  readonly averaged?: boolean;
  /** How a value is written; default two decimals. */
  readonly format?: (value: number) => string;
}

const margin = { left: 38, right: 10, top: 10, bottom: 22 };

const polyline = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y]) => `${x},${y}`).join(' ');

/** From 0 or the least value to the largest, with some room; never empty, however small the values are. */
function fitted(values: readonly number[], most = Number.POSITIVE_INFINITY): [number, number] {
  const known = values.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  if (low === high) return [0, Math.min(1, most)];
  const room = 0.08 * (high - low);
  return [low < 0 ? low - room : 0, Math.min(most, high + room)];
}

/** A number of an axis: two decimals, more where the axis is short, powers where it is tiny. */
function tickText(high: number, low: number): (value: number) => string {
  const size = Math.max(Math.abs(high), Math.abs(low));
  if (size >= 0.1) return (value) => value.toFixed(2);
  if (size >= 0.001) return (value) => value.toFixed(4);
  return (value) => (value === 0 ? '0' : value.toExponential(0));
}

/** An SVG element that scales with its container. */
export function lineChart(options: LineChartOptions): Html {
  const { steps, values, width = 300, height = 150 } = options;
  const [low, high] = options.range ?? fitted(values, options.most);
  const format = options.format ?? tickText(high, low);
  const x = linearScale(
    [steps[0] ?? 0, Math.max(steps.at(-1) ?? 1, (steps[0] ?? 0) + 1)],
    [margin.left, width - margin.right],
  );
  const y = linearScale([low, high], [height - margin.bottom, margin.top]);
  const points = values.map((value, index) => [x(steps[index] ?? 0), y(value)] as const);
  const window = options.averaged === false ? 1 : Math.max(3, Math.round(values.length / 8));
  const averaged = smooth(values, window);
  const trend = averaged.map((value, index) => [x(steps[index] ?? 0), y(value)] as const);
  const yTicks = ticks(low, high, height > 160 ? 5 : 3);
  const xTicks = ticks(steps[0] ?? 0, steps.at(-1) ?? 1, width > 400 ? 8 : 4).filter((tick) => Number.isInteger(tick));
  const last = trend.at(-1);
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${options.label}: from ${format(values[0] ?? 0)} to ${format(values.at(-1) ?? 0)}">
    ${yTicks.map((tick) => html`<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="${margin.left - 6}" y="${y(tick) + 3.5}" text-anchor="end">${format(tick)}</text>`)}
    ${xTicks.map((tick) => html`<text class="tick" x="${x(tick)}" y="${height - 6}" text-anchor="middle">${tick}</text>`)}
    <polyline class="raw" points="${trusted(polyline(points))}"/>
    <polyline class="trend" points="${trusted(polyline(trend))}"/>
    ${points.map(([cx, cy], index) => html`<circle class="hover" cx="${cx}" cy="${cy}" r="5"><title>step ${steps[index] ?? 0}: ${format(values[index] ?? 0)}</title></circle>`)}
    ${last === undefined ? undefined : html`<circle class="end" cx="${last[0]}" cy="${last[1]}" r="3"><title>${format(averaged.at(-1) ?? 0)}</title></circle>`}
  </svg>`;
}
