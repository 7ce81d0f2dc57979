/**
 * @file Training curves: the reward over steps, overall and by task, then the health of the run.
 */
import { percent } from '../../format.ts';
import type { SupervisedMetrics, TrainingMetrics } from '../../training/step-metrics.ts';
import { type Html, html } from '../html.ts';
import { lineChart } from '../line-chart.ts';
import type { RunView } from '../read-run.ts';
import { taskTitle } from '../words.ts';
import { answers } from './answers.ts';

/** A figure with what it is of, and how it is read. */
const panel = (title: string, detail: string, chart: Html, read?: string): Html =>
  html`<div><h3>${title} <span>${detail}</span></h3>${chart}${read === undefined ? undefined : html`<p class="read">${read}</p>`}</div>`;

function healthPanels(metrics: readonly TrainingMetrics[]): Html[] {
  const steps = metrics.map(({ step }) => step);
  const chart = (
    title: string,
    detail: string,
    read: string,
    value: (row: TrainingMetrics) => number,
    format?: (value: number) => string,
    range?: readonly [number, number],
  ) =>
    panel(
      title,
      detail,
      lineChart({
        label: title,
        steps,
        values: metrics.map(value),
        ...(format ? { format } : {}),
        ...(range ? { range } : {}),
      }),
      read,
    );
  const whole = (value: number) => value.toFixed(0);
  return [
    chart(
      'Full reward',
      'share of rollouts',
      'Rollouts that earn all there is. Near 1 the data has nothing left to teach, near 0 it is too hard.',
      ({ passRate }) => passRate,
      percent,
      [0, 1],
    ),
    chart(
      'Groups dropped',
      'no variance or no verdict',
      'Prompts whose rollouts all earn the same teach nothing. Rising: the data becomes too easy or stays too hard.',
      (row) => row.dropped / Math.max(1, row.groups),
      percent,
      [0, 1],
    ),
    chart(
      'Response length',
      'tokens',
      'Growing without more reward is padding; falling to nothing is collapse.',
      ({ length }) => length,
      whole,
    ),
    chart(
      'Truncated',
      'share of responses',
      'Cut at rollout.maxTokens: they cannot be right. Above a tenth, allow more tokens.',
      ({ truncated }) => truncated,
      percent,
    ),
    chart(
      'Entropy',
      'nats a token',
      'How undecided the policy is. Falling is learning; near 0 it tries nothing new.',
      ({ entropy }) => entropy,
    ),
    chart(
      'Gradient norm',
      'before clipping',
      'Single peaks are normal; a steady rise says that the learning rate is too high.',
      ({ gradientNorm }) => gradientNorm,
    ),
    chart(
      'Clipped',
      'share of tokens',
      'Tokens whose probability moved further than the loss allows. A few per cent are normal.',
      ({ clipFraction }) => clipFraction,
      percent,
    ),
    chart(
      'KL to the sampling policy',
      'nats a token',
      'How far a step moves from the policy that drew its rollouts. Without staleness it is rounding.',
      ({ approximateKl }) => approximateKl,
    ),
    ...(metrics.some(({ referenceKl = null }) => referenceKl !== null)
      ? [
          chart(
            'KL to the policy of the start',
            'nats a token',
            'How far training has gone from where it began.',
            ({ referenceKl }) => referenceKl ?? 0,
          ),
        ]
      : []),
  ];
}

/** The held-out evaluations that were made while training. */
function heldoutCurve({ facts }: RunView): Html | undefined {
  const points = facts.heldout ?? [];
  const { best } = facts;
  if (points.length < 3 || best === undefined) return undefined;
  const chart = lineChart({
    label: 'Held-out reward',
    steps: points.map(({ step }) => step),
    values: points.map(({ score }) => score),
    range: [0, 1],
    averaged: false,
    width: 860,
    height: 190,
  });
  return html`<h3>Held-out reward <span>mean of tasks at T 1.0; best at step ${best.step}: ${best.score.toFixed(3)}</span></h3><div class="wide">${chart}</div><p class="read">On documents that training never saw: where it falls while the reward above rises, the policy learns its training set by heart.</p>`;
}

/** What a supervised run has to show: its loss, and the held-out reward. */
function supervisedCurves(view: RunView): Html {
  const rows = view.metrics as unknown as readonly SupervisedMetrics[];
  const chart = (title: string, detail: string, value: (row: SupervisedMetrics) => number) =>
    panel(title, detail, lineChart({ label: title, steps: rows.map(({ step }) => step), values: rows.map(value) }));
  return html`<section><h2>Training</h2>
    <p class="lead">Cross-entropy of the gold answers, mean over the tokens of a step's responses.</p>
    <div class="panels">${[
      chart('Loss', 'nats a token', ({ loss }) => loss),
      chart('Gradient norm', 'before clipping', ({ gradientNorm }) => gradientNorm),
    ]}</div>
    ${heldoutCurve(view)}</section>`;
}

/** The steps that have a reward: one without any verdict has none. */
const rewarded = (rows: readonly { readonly step: number; readonly reward: number | null }[]) =>
  rows.flatMap(({ step, reward }) => (reward === null ? [] : [{ step, reward }]));

/** Undefined before the second step. Supervised runs show loss instead of reward. */
export function curves(view: RunView): Html | undefined {
  const { metrics, record } = view;
  if (metrics.length < 2) return undefined;
  if (record.kind === 'sft') return supervisedCurves(view);
  const tasks = [...new Set(metrics.flatMap((row) => Object.keys(row.tasks)))].sort();
  const byTask = tasks.map((task) => {
    const rows = rewarded(metrics.flatMap(({ step, tasks: own }) => (own[task] ? [{ ...own[task], step }] : [])));
    const share = metrics.reduce((sum, row) => sum + (row.tasks[task]?.advantageShare ?? 0), 0) / metrics.length;
    const chart = lineChart({
      label: taskTitle(task),
      steps: rows.map(({ step }) => step),
      values: rows.map(({ reward }) => reward),
      most: 1,
    });
    return panel(taskTitle(task), `${percent(share)} of the advantage`, chart);
  });
  const means = rewarded(metrics);
  const overall = lineChart({
    label: 'Mean reward',
    steps: means.map(({ step }) => step),
    values: means.map(({ reward }) => reward),
    range: [0, 1],
    width: 860,
    height: 230,
  });
  return html`<section><h2>Training</h2>
    <p class="lead">Mean reward of all rollouts drawn in a step, also of groups that dynamic sampling then drops.</p>
    <p class="read">How to read it: faint are single steps, strong is their moving average; a point tells its step and value. Every panel has an axis of its own, from 0 to what its values need. <code>golongrl studio</code> shows the rollouts behind each step.</p>
    <div class="wide">${overall}</div>
    ${heldoutCurve(view)}
    <div class="panels">${byTask}</div>
    ${answers(metrics)}
    <h2>Health of the run</h2><p class="lead">What goes wrong shows here first.</p><div class="panels">${healthPanels(metrics)}</div></section>`;
}
