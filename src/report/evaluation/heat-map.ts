/**
 * @file Score by length of the prompt and depth of the evidence: where in a long context the answers get lost.
 */
import type { BenchmarkSummary } from '../../evaluation/run/summary.ts';
import { type Html, html } from '../html.ts';

/**
 * Undefined where no item states the depth of its evidence. Scores in percent, small figures are numbers of samples.
 */
export function heatMap({ cells, lengths, depths }: BenchmarkSummary): Html | undefined {
  const [columns, rows] = [Object.keys(depths), Object.keys(lengths)];
  if (columns.length === 0 || rows.length === 0) return undefined;
  const cell = (length: string, depth: string): Html => {
    const found = cells[`${length}|${depth}`];
    if (found === undefined) return html`<td class="none"></td>`;
    const { score, samples } = found;
    return html`<td class="heat" style="--share:${(0.15 + score * 2.6).toFixed(2)}" title="${samples} samples">${(100 * score).toFixed(0)}<small> ${samples}</small></td>`;
  };
  return html`<div class="scroll"><table class="heat-map"><thead><tr><th>tokens by depth of the evidence</th>${columns.map((depth) => html`<th>${depth}</th>`)}<th>all</th></tr></thead>
    <tbody>${rows.map((length) => html`<tr><td>${length}</td>${columns.map((depth) => cell(length, depth))}<td>${(100 * (lengths[length]?.score ?? 0)).toFixed(0)}<small> ${lengths[length]?.samples ?? 0}</small></td></tr>`)}</tbody></table></div>`;
}
