/**
 * @file Before and after by the length of the prompt.
 */
import { type Change, isAnyChange } from '../../evaluation/compare/statistics.ts';
import { verdict } from '../../evaluation/compare/table.ts';
import { type Html, html } from '../html.ts';
import type { RunView } from '../read-run.ts';
import { signed } from '../words.ts';

/** Three cells: before, after, the change with its interval. */
export const changeCells = (change: Change | undefined): Html =>
  change === undefined
    ? html`<td></td><td></td><td></td>`
    : html`<td>${change.before.toFixed(3)}</td><td>${change.after.toFixed(3)}</td><td class="${verdict(change)}">${signed(change.after - change.before)} ${isAnyChange(change) ? 'too few documents' : `[${signed(change.ci95[0])}, ${signed(change.ci95[1])}]`}</td>`;

/** Undefined for a run that knows no lengths. */
export function lengths({ facts }: RunView): Html | undefined {
  const rows = facts.lengths ?? [];
  if (rows.length === 0) return undefined;
  const greedy = rows.some((row) => row.greedy !== undefined);
  const body = rows.map(
    (row) =>
      html`<tr><td>${row.name}${row.beyondTraining ? ' (longer than any trained on)' : ''}</td><td>${row.sampled?.samples ?? 0}</td>${changeCells(row.sampled)}${greedy ? changeCells(row.greedy) : undefined}</tr>`,
  );
  return html`<section><h2>By length of the prompt</h2>
    <p class="lead">Tokens of the policy. Every held-out question counts alike, whatever its task; the same questions before and after.</p>
    <div class="scroll"><table><thead><tr><th>Tokens</th><th>questions</th><th>T 1.0: before</th><th>after</th><th>change [95 %]</th>${greedy ? html`<th>greedy: before</th><th>after</th><th>change [95 %]</th>` : undefined}</tr></thead>
    <tbody>${body}</tbody></table></div></section>`;
}
