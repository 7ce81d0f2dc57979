/**
 * @file Before and after, by task: plot at temperature 1, table with the greedy figures beside.
 */
import { beyondFloor, type Floors, meanBeyond, underFloor } from '../../evaluation/compare/floors.ts';
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

/** A table of one way of decoding. */
function taskTable(mode: string, comparison: Comparison, floors: Floors | undefined): Html {
  const body = Object.entries(comparison.tasks).map(
    ([task, change]) =>
      html`<tr><td>${taskTitle(task)}</td><td>${taskMetric(task)}</td>${changeCells(change)}${floors && floorCells(change, floors[task]?.reward)}</tr>`,
  );
  const mean = floors && meanBeyond(comparison, floors);
  const meanCells = html`<td>${mean?.floor.toFixed(3)}</td><td>${mean && signed(mean.beyond)}</td>`;
  return html`<div class="scroll"><table>
      <thead><tr><th>${mode}</th><th>reward</th><th>before</th><th>after</th><th>change [95 %]</th>${floors && html`<th>blind floor</th><th>gain beyond it</th>`}</tr></thead>
      <tbody>${body}<tr class="total"><td>Mean of tasks</td><td></td>${changeCells(comparison.mean)}${floors && meanCells}</tr></tbody>
    </table></div>`;
}

/** Undefined without a comparison at temperature 1. */
export function results({ sampled, greedy, facts: { floors } }: RunView): Html | undefined {
  if (sampled === undefined) return undefined;
  return html`<section><h2>Before and after</h2>
    <p class="lead">Each task has its own natural reward in [0, 1]. The same questions are asked before and after; intervals come from a bootstrap that draws whole documents.</p>
    <p class="read">How to read it: the ring is the reward before, the dot after. On the right the change; a line that does not touch 0 is a change that this many documents show, green up, red down. Without a line there are too few documents to say.</p>
    <div class="wide">${changePlot(sampled)}</div>
    ${floors && html`<p class="read">The blind floor is what a policy earns of these very questions that reads nothing: the best of many, learnt from the training set (<code>golongrl audit</code> tells of them). What is gained below it shows no reading.</p>`}
    ${taskTable('At temperature 1', sampled, floors)}${greedy && taskTable('Greedily', greedy, floors)}</section>`;
}
