/**
 * @file Before and after, by task: plot at temperature 1, table with the greedy figures beside.
 */
import { type Change, isAnyChange } from '../../evaluation/compare/statistics.ts';
import { verdict } from '../../evaluation/compare/table.ts';
import { changePlot } from '../change-plot.ts';
import { type Html, html } from '../html.ts';
import type { RunView } from '../read-run.ts';
import { signed, taskMetric, taskTitle } from '../words.ts';

const cells = (change: Change | undefined): Html =>
  change === undefined
    ? html`<td></td><td></td><td></td>`
    : html`<td>${change.before.toFixed(3)}</td><td>${change.after.toFixed(3)}</td><td class="${verdict(change)}">${signed(change.after - change.before)} ${isAnyChange(change) ? 'too few documents' : `[${signed(change.ci95[0], 2)}, ${signed(change.ci95[1], 2)}]`}</td>`;

/** Undefined without a comparison at temperature 1. */
export function results({ sampled, greedy }: RunView): Html | undefined {
  if (sampled === undefined) return undefined;
  const tasks = Object.keys(sampled.tasks);
  const body = tasks.map(
    (task) =>
      html`<tr><td>${taskTitle(task)}</td><td>${taskMetric(task)}</td>${cells(sampled.tasks[task])}${greedy ? cells(greedy.tasks[task]) : undefined}</tr>`,
  );
  const greedyHead = greedy ? html`<th>greedy: before</th><th>after</th><th>change [95 %]</th>` : undefined;
  return html`<section><h2>Before and after</h2>
    <p class="lead">Each task has its own natural reward in [0, 1]. The same questions are asked before and after; intervals come from a bootstrap that draws whole documents.</p>
    <p class="read">How to read it: the ring is the reward before, the dot after. On the right the change; a line that does not touch 0 is a change that this many documents show, green up, red down. Without a line there are too few documents to say.</p>
    <div class="wide">${changePlot(sampled)}</div>
    <details><summary>The same as numbers</summary><div class="scroll"><table>
      <thead><tr><th>Task</th><th>reward</th><th>T 1.0: before</th><th>after</th><th>change [95 %]</th>${greedyHead}</tr></thead>
      <tbody>${body}<tr class="total"><td>Mean of tasks</td><td></td>${cells(sampled.mean)}${greedy ? cells(greedy.mean) : undefined}</tr></tbody>
    </table></div></details></section>`;
}
