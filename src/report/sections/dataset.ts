/**
 * @file What the dataset is made of: tasks by lengths, sources, and what the gates turned away.
 */
import { grouped } from '../../format.ts';
import { type Html, html } from '../html.ts';
import type { RunView } from '../read-run.ts';
import { taskTitle } from '../words.ts';

/** Undefined for a run on a dataset that it did not build. */
export function dataset({ facts }: RunView): Html | undefined {
  const data = facts.dataset;
  if (data === undefined) return undefined;
  const rows = Object.entries(data.lengths);
  const columns = [...new Set(rows.flatMap(([, counts]) => Object.keys(counts)))];
  // Logarithmic, so that five long samples stay visible beside three hundred short ones.
  const most = Math.max(...rows.flatMap(([, counts]) => Object.values(counts)), 1);
  const share = (count: number) => (Math.log1p(count) / Math.log1p(most)).toFixed(2);
  const cell = (count: number) =>
    html`<td class="heat" style="--share:${share(count)}">${count === 0 ? '' : grouped(count)}</td>`;
  const documents = Object.entries(data.documents)
    .map(([source, count]) => `${grouped(count)} ${source}`)
    .join(', ');
  const byGate = new Map<string, number>();
  for (const { gate, count } of data.rejections) byGate.set(gate, (byGate.get(gate) ?? 0) + count);
  const rejected = [...byGate].map(([gate, count]) => `${gate} ${grouped(count)}`).join(', ');
  return html`<section><h2>Dataset</h2>
    <p class="lead">${grouped(data.samples)} samples built without a language model from ${documents}. Columns with a length are long contexts for real models, in tokens; they are written to the dataset and not trained on here.</p>
    <div class="scroll"><table><thead><tr><th>Task</th>${columns.map((column) => html`<th>${column}</th>`)}</tr></thead>
    <tbody>${rows.map(([task, counts]) => html`<tr><td>${taskTitle(task)}</td>${columns.map((column) => cell(counts[column] ?? 0))}</tr>`)}</tbody></table></div>
    <details><summary>Corpus, gates and refinement</summary><pre>${[...data.corpus, rejected === '' ? 'no draft was rejected' : `drafts rejected by gate: ${rejected}`, ...data.refinement].join('\n')}</pre></details></section>`;
}
