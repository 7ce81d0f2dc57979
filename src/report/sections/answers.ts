/**
 * @file What the rewards of a run are made of: over the steps, the share of rollouts by what the reader of answers found, as stacked
 * bars, and the same by task. Rollouts without a verdict have a part of their own: a zero says why it is one.
 */
import { percent } from '../../format.ts';
import { type AnswerFormat, type AnswerState, answerFormats, answerStates } from '../../rewards/reading/reading.ts';
import type { TaskMetrics, TrainingMetrics } from '../../training/step-metrics.ts';
import { type Html, html } from '../html.ts';
import { taskTitle } from '../words.ts';

const parts = [...answerStates, 'no verdict'] as const;
type Part = (typeof parts)[number];

const meanings: Readonly<Record<Part, string>> = {
  answered: 'an answer was read',
  none: 'no answer',
  cut: 'the thinking never closes',
  contradictory: 'several final answers',
  unreadable: 'an answer in no known form',
  'no verdict': 'the verifier failed, or nobody can judge the gold',
};

type Counted = Pick<TaskMetrics, 'states' | 'formats' | 'statuses'>;
type Shares = Readonly<Record<Part, number>>;

const sum = (rows: readonly Counted[], count: (row: Counted) => number): number =>
  rows.reduce((total, row) => total + count(row), 0);

/** Shares of all rollouts of some rows; a gold that nobody can judge counts as no verdict, whatever was read. */
function sharesOf(rows: readonly Counted[]): Shares {
  const total = sum(rows, ({ statuses }) => Object.values(statuses ?? {}).reduce((all, count) => all + count, 0));
  const failed = sum(rows, ({ statuses }) => (statuses?.timeout ?? 0) + (statuses?.error ?? 0));
  const unjudgeable = sum(rows, ({ statuses }) => statuses?.unjudgeable ?? 0);
  const read = sum(rows, ({ states }) => Object.values(states ?? {}).reduce((all, count) => all + count, 0));
  const kept = read === 0 ? 0 : (read - unjudgeable) / read;
  const share = (count: number): number => (total === 0 ? 0 : count / total);
  const ofState = (state: AnswerState): number => share(kept * sum(rows, ({ states }) => states?.[state] ?? 0));
  const byState = answerStates.map((state): [Part, number] => [state, ofState(state)]);
  return Object.fromEntries([...byState, ['no verdict', share(failed + unjudgeable)]]) as Shares;
}

/** Bars of a chart: more steps than that share one. */
const mostBars = 60;
const [width, height, top, bottom] = [860, 120, 6, 20];

function bars(metrics: readonly TrainingMetrics[]): Html {
  const size = Math.ceil(metrics.length / mostBars);
  const bins = Array.from({ length: Math.ceil(metrics.length / size) }, (_, i) =>
    metrics.slice(i * size, (i + 1) * size),
  );
  const step = width / bins.length;
  const columns = bins.map((rows, i) => {
    const shares = sharesOf(rows);
    let y = top;
    return html`<g>${parts.map((part) => {
      const tall = shares[part] * (height - top - bottom);
      const bar = html`<rect class="state ${part.replace(' ', '-')}" x="${(i * step).toFixed(1)}" y="${y.toFixed(1)}" width="${(step * 0.9).toFixed(1)}" height="${tall.toFixed(1)}"><title>step ${rows[0]?.step ?? 0}: ${part} ${percent(shares[part])}</title></rect>`;
      y += tall;
      return bar;
    })}</g>`;
  });
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="Answers by what was read, over steps">${columns}
    <text class="tick" x="0" y="${height - 5}">step ${metrics[0]?.step ?? 0}</text><text class="tick" x="${width}" y="${height - 5}" text-anchor="end">step ${metrics.at(-1)?.step ?? 0}</text></svg>`;
}

const formatShare = (rows: readonly Counted[], format: AnswerFormat): number => {
  const all = sum(rows, ({ formats }) => answerFormats.reduce((total, name) => total + (formats?.[name] ?? 0), 0));
  return all === 0 ? 0 : sum(rows, ({ formats }) => formats?.[format] ?? 0) / all;
};

function row(title: string, rows: readonly Counted[]): Html {
  const shares = sharesOf(rows);
  return html`<tr><td>${title}</td>${parts.map(
    (part) =>
      html`<td${part !== 'answered' && shares[part] >= 0.05 ? html` class="down"` : undefined}>${percent(shares[part])}</td>`,
  )}${answerFormats.map((format) => html`<td>${percent(formatShare(rows, format))}</td>`)}</tr>`;
}

/** Absent for runs that counted no states. */
export function answers(metrics: readonly TrainingMetrics[]): Html | undefined {
  const counted = metrics.filter(({ states, statuses }) => states !== undefined && statuses !== undefined);
  if (counted.length === 0) return undefined;
  const tasks = [...new Set(counted.flatMap((step) => Object.keys(step.tasks)))].sort();
  const left = counted.reduce((total, { unjudgeable = 0 }) => total + unjudgeable, 0);
  return html`<h2>Answers</h2>
    <p class="lead">What the reader found in the rollouts of each step. ${left === 0 ? '' : `${left} groups left their batch: nobody can judge their gold.`}</p>
    <p class="read">How to read it: a bar is a step (or a few), its colours the shares of its rollouts. A mean reward of 0.1 with all answered is a hard task; with most cut it is too short a limit.</p>
    <div class="wide">${bars(counted)}</div>
    <p class="lead legend">${parts.map((part) => html`<span><svg viewBox="0 0 10 10" width="10" height="10"><rect class="state ${part.replace(' ', '-')}" width="10" height="10"/></svg> ${part}: ${meanings[part]}</span> `)}</p>
    <div class="scroll"><table><thead><tr><th>Task</th>${parts.map((part) => html`<th>${part}</th>`)}${answerFormats.map((format) => html`<th>form ${format}</th>`)}</tr></thead>
    <tbody>${tasks.map((task) =>
      row(
        taskTitle(task),
        counted.flatMap(({ tasks: own }) => (own[task] ? [own[task]] : [])),
      ),
    )}${row('All', counted)}</tbody></table></div>`;
}
