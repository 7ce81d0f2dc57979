/**
 * @file The size of the advantages by task over the steps, a panel for each estimator and setting, all on one logarithmic axis: what an
 * estimator lets shout and what it lets whisper is the distance between its lines.
 */
import type { EstimatorName } from '../../src/advantages/index.ts';
import { type Html, html, trusted } from '../../src/report/html.ts';
import { linearScale } from '../../src/report/scale.ts';
import { type TaskId, taskIds } from '../../src/tasks/index.ts';
import type { ScalesByEstimator, StepScales } from './read-runs.ts';
import { compared, type SettingName } from './settings.ts';

const colours = [
  '#1b6ca8',
  '#d1495b',
  '#2e8b57',
  '#e39a1c',
  '#7b4fa3',
  '#17a2a2',
  '#8c5a2b',
  '#555555',
  '#d36fb1',
] as const;
const [panelWidth, panelHeight, left, top, foot] = [128, 170, 44, 54, 40] as const;
const levels = [0.05, 0.1, 0.2, 0.5, 1, 2, 4] as const;

/** Mean over the seeds that have rollouts of the task in that step; undefined where none has. */
function meanScale(seeds: readonly (readonly StepScales[])[], step: number, task: TaskId): number | undefined {
  const values = seeds.flatMap((scales) => scales[step]?.[task] ?? []);
  return values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length;
}

interface Panel {
  readonly seeds: readonly ScalesByEstimator[];
  readonly estimator: EstimatorName;
  readonly column: number;
  readonly row: number;
}

function panel({ seeds, estimator, column, row }: Panel): Html {
  const runs = seeds.map((all) => all.get(estimator) ?? []);
  const steps = Math.max(2, ...runs.map((scales) => scales.length));
  const x0 = left + column * panelWidth;
  const y0 = top + row * (panelHeight + foot);
  const x = linearScale([1, steps], [x0 + 8, x0 + panelWidth - 12]);
  const log = linearScale([Math.log(levels[0]), Math.log(4)], [y0 + panelHeight, y0]);
  const y = (value: number) => log(Math.log(Math.min(4, Math.max(levels[0], value))));
  const line = (task: TaskId, k: number) => {
    const points = Array.from({ length: steps }, (_, step) => ({ step, value: meanScale(runs, step, task) }))
      .filter((point): point is { step: number; value: number } => point.value !== undefined)
      .map(({ step, value }) => `${x(step + 1)},${y(value)}`);
    return html`<polyline points="${trusted(points.join(' '))}" fill="none" stroke="${colours[k] ?? ''}" stroke-width="1.6"><title>${task}</title></polyline>`;
  };
  return html`<g>
    ${levels.map((level) => html`<line x1="${x0}" x2="${x0 + panelWidth - 6}" y1="${y(level)}" y2="${y(level)}" stroke="${level === 1 ? '#999' : '#e2e2e2'}"/>`)}
    ${taskIds.map(line)}
    <text x="${x0 + 4}" y="${y0 - 8}" font-weight="600">${estimator}</text>
    <text x="${x0 + panelWidth / 2}" y="${y0 + panelHeight + 16}" text-anchor="middle" fill="#666">step 1 to ${steps}</text>
    ${column === 0 ? levels.map((level) => html`<text x="${left - 6}" y="${y(level) + 4}" text-anchor="end" fill="#666">${level}</text>`) : undefined}
  </g>`;
}

/** A file that stands by itself. */
export function scaleFigure(seedsOf: ReadonlyMap<SettingName, readonly ScalesByEstimator[]>): string {
  const width = left + compared.length * panelWidth + 8;
  const height = top + seedsOf.size * (panelHeight + foot) + 6;
  const legend = taskIds.map(
    (task, k) =>
      html`<line x1="${left + 340 + k * 58}" x2="${left + 356 + k * 58}" y1="14" y2="14" stroke="${colours[k] ?? ''}" stroke-width="3"/><text x="${left + 361 + k * 58}" y="18">${task}</text>`,
  );
  const rows = [...seedsOf].map(([setting, seeds], row) => {
    const y = top + row * (panelHeight + foot) + panelHeight / 2;
    return html`<text x="12" y="${y}" font-weight="600" text-anchor="middle" transform="${`rotate(-90 12 ${y})`}">${setting}</text>
      ${compared.map((estimator, column) => panel({ seeds, estimator, column, row }))}`;
  });
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11.5">
  <title>Root mean square of the advantages by task and step, for each estimator</title>
  <rect width="${width}" height="${height}" fill="#fff"/>
  <text x="${left}" y="18" fill="#444">Root mean square of the advantages, mean over seeds</text>
  ${legend}
  ${rows}
</svg>
`.markup;
}
