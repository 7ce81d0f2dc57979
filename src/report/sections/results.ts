/**
 * @file Before and after, by task: plot at temperature 1, table with the greedy figures beside.
 */
import { beyondFloor, meanBeyond, underFloor } from '../../evaluation/compare/floors.ts';
import type { Change, Comparison } from '../../evaluation/compare/statistics.ts';
import { changePlot } from '../change-plot.ts';
import { type Html, html } from '../html.ts';
import type { RunView } from '../read-run.ts';
import { signed, taskMetric, taskTitle } from '../words.ts';
import { changeCells } from './lengths.ts';

/** Floor and gain beyond it; how the policy stands to it. */
const floorCells = (change: Change | undefined, floor: number | undefined): Html => {
  if (change === undefined || floor === undefined) return html`<td></td><td></td>`;
  const under = underFloor(change, floor);
  return html`<td>${floor.toFixed(3)}</td><td class="${under?.endsWith('after') ? 'down' : ''}">${signed(beyondFloor(change, floor))}${under === undefined ? '' : ` (under it ${under})`}</td>`;
};

/** Undefined without a comparison at temperature 1. */
export function results({ sampled, greedy, facts: { floors } }: RunView): Html | undefined {
  if (sampled === undefined) return undefined;
  const tasks = Object.keys(sampled.tasks);
  const body = tasks.map(
    (task) =>
      html`<tr><td>${taskTitle(task)}</td><td>${taskMetric(task)}</td>${changeCells(sampled.tasks[task])}${floors && floorCells(sampled.tasks[task], floors[task]?.reward)}${greedy ? changeCells(greedy.tasks[task]) : undefined}${greedy && floors && floorCells(greedy.tasks[task], floors[task]?.reward)}</tr>`,
  );
  const floorHead = floors && html`<th>blind floor</th><th>gain beyond it</th>`;
  const greedyHead = greedy && html`<th>greedy: before</th><th>after</th><th>change [95 %]</th>${floorHead}`;
  const mean = (comparison: Comparison): Html | undefined => {
    const both = floors && meanBeyond(comparison, floors);
    return (
      floors &&
      (both ? html`<td>${both.floor.toFixed(3)}</td><td>${signed(both.beyond)}</td>` : html`<td></td><td></td>`)
    );
  };
  return html`<section><h2>Before and after</h2>
    <p class="lead">Each task has its own natural reward in [0, 1]. The same questions are asked before and after; intervals come from a bootstrap that draws whole documents.</p>
    <p class="read">How to read it: the ring is the reward before, the dot after. On the right the change; a line that does not touch 0 is a change that this many documents show, green up, red down. Without a line there are too few documents to say.</p>
    <div class="wide">${changePlot(sampled)}</div>
    ${floors && html`<p class="read">The blind floor is what a policy earns of these very questions that reads nothing: the best of many, learnt from the training set (<code>golongrl audit</code> tells of them). What is gained below it shows no reading.</p>`}
    <div class="scroll"><table>
      <thead><tr><th>Task</th><th>reward</th><th>T 1.0: before</th><th>after</th><th>change [95 %]</th>${floorHead}${greedyHead}</tr></thead>
      <tbody>${body}<tr class="total"><td>Mean of tasks</td><td></td>${changeCells(sampled.mean)}${mean(sampled)}${greedy && changeCells(greedy.mean)}${greedy && mean(greedy)}</tr></tbody>
    </table></div></section>`;
}
