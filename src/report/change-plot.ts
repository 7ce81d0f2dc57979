/**
 * @file Before and after by task: on the left a dumbbell on the reward's scale, on the right the change with its interval.
 * Both share their rows, so the eye goes from "where it was" to "how sure we are".
 */
import { type Change, type Comparison, isAnyChange } from '../evaluation/compare/statistics.ts';
import { verdict } from '../evaluation/compare/table.ts';
import { type Html, html } from './html.ts';
import { linearScale, ticks } from './scale.ts';
import { signed, taskTitle } from './words.ts';

const width = 860;
const rowHeight = 30;
const top = 34;
const names = 248;
const middle = 560;

function extent(changes: readonly Change[]): [number, number] {
  const ends = changes.flatMap((change) => [
    change.after - change.before,
    ...(isAnyChange(change) ? [] : [change.ci95[0], change.ci95[1]]),
  ]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const pad = Math.max(0.02, (high - low) * 0.06);
  return [low - pad, high + pad];
}

/** Rewards in [0, 1]; the axis of changes fits their intervals and always holds 0. */
export function changePlot(comparison: Comparison): Html {
  const rows = [
    ...Object.entries(comparison.tasks).map(([task, change]) => ({ name: taskTitle(task), change, mean: false })),
    { name: 'Mean of tasks', change: comparison.mean, mean: true },
  ];
  const height = top + rows.length * rowHeight + 14;
  const level = linearScale([0, 1], [names, middle - 40]);
  const [low, high] = extent(rows.map(({ change }) => change));
  const shift = linearScale([low, high], [middle, width - 96]);
  const bottom = height - 10;
  const drawRow = ({ name, change, mean }: (typeof rows)[number], index: number) => {
    const y = top + index * rowHeight + rowHeight / 2 + (mean ? 6 : 0);
    const gain = change.after - change.before;
    const tone = verdict(change);
    return html`<g class="${mean ? 'mean-row' : 'row'}">
      ${mean ? html`<line class="rule" x1="0" x2="${width}" y1="${y - rowHeight / 2 - 1}" y2="${y - rowHeight / 2 - 1}"/>` : undefined}
      <text class="name" x="0" y="${y + 4}">${name}</text>
      <line class="span" x1="${level(change.before)}" x2="${level(change.after)}" y1="${y}" y2="${y}"/>
      <circle class="before" cx="${level(change.before)}" cy="${y}" r="4.5"><title>before: ${change.before.toFixed(3)}</title></circle>
      <circle class="after" cx="${level(change.after)}" cy="${y}" r="5.5"><title>after: ${change.after.toFixed(3)}</title></circle>
      ${isAnyChange(change) ? undefined : html`<line class="interval ${tone}" x1="${shift(change.ci95[0])}" x2="${shift(change.ci95[1])}" y1="${y}" y2="${y}"><title>95 % interval: ${signed(change.ci95[0])} to ${signed(change.ci95[1])}, ${change.samples} samples</title></line>`}
      <circle class="gain ${tone}" cx="${shift(gain)}" cy="${y}" r="4">${isAnyChange(change) ? html`<title>too few documents for an interval</title>` : undefined}</circle>
      <text class="value ${tone}" x="${width}" y="${y + 4}" text-anchor="end">${signed(gain)}</text>
    </g>`;
  };
  return html`<svg class="chart change-plot" viewBox="0 0 ${width} ${height}" role="img" aria-label="Reward before and after training, by task">
    <text class="head" x="${names}" y="12">Mean reward: before → after</text>
    <text class="head" x="${middle}" y="12">Change, 95 % interval</text>
    ${[0, 0.25, 0.5, 0.75, 1].map((tick) => html`<line class="grid" x1="${level(tick)}" x2="${level(tick)}" y1="${top - 4}" y2="${bottom}"/><text class="tick" x="${level(tick)}" y="${top - 8}" text-anchor="middle">${tick}</text>`)}
    ${ticks(low, high, 4).map((tick) => html`<line class="${tick === 0 ? 'zero' : 'grid'}" x1="${shift(tick)}" x2="${shift(tick)}" y1="${top - 4}" y2="${bottom}"/><text class="tick" x="${shift(tick)}" y="${top - 8}" text-anchor="middle">${tick === 0 ? '0' : signed(tick, 1)}</text>`)}
    ${rows.map(drawRow)}
  </svg>`;
}
