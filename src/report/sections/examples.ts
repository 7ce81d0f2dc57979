/**
 * @file Example rollouts: for each task one question with gold, the answer before, the answer after, and why each scored
 * what it did. The choice is by rule, not by hand: the largest gain, the lowest score that remained, the largest loss.
 */
import type { EvaluationRow } from '../../evaluation/heldout.ts';
import { type Html, html } from '../html.ts';
import type { RunView } from '../read-run.ts';
import { taskTitle } from '../words.ts';

interface Example {
  readonly kind: 'improved' | 'wrong' | 'worse' | 'right';
  readonly before: EvaluationRow;
  readonly after: EvaluationRow;
}

const kindOf = (before: EvaluationRow, after: EvaluationRow): Example['kind'] => {
  if (after.score > before.score + 1e-9) return 'improved';
  if (after.score < before.score - 1e-9) return 'worse';
  return after.score >= 1 - 1e-9 ? 'right' : 'wrong';
};

const tags = {
  improved: 'improved',
  wrong: 'still wrong',
  worse: 'got worse',
  right: 'right before and after',
} as const;

/** The best improvement of every task, then the worst answers that remain and the largest losses, at most `count` of each. */
export function chooseExamples(
  before: readonly EvaluationRow[],
  after: readonly EvaluationRow[],
  count = 3,
): Example[] {
  const earlier = new Map(before.filter(({ rollout }) => rollout === 0).map((row) => [row.sample, row]));
  const pairs = after.flatMap((row): Example[] => {
    const partner = row.rollout === 0 ? earlier.get(row.sample) : undefined;
    return partner === undefined ? [] : [{ kind: kindOf(partner, row), before: partner, after: row }];
  });
  const gain = (pair: Example) => pair.after.score - pair.before.score;
  const tasks = [...new Set(pairs.map(({ after: row }) => row.task))].sort();
  const firstByTask = (candidates: readonly Example[]) =>
    tasks.flatMap((task) => candidates.find(({ after: row }) => row.task === task) ?? []);
  const improved = firstByTask(pairs.filter(({ kind }) => kind === 'improved').sort((a, b) => gain(b) - gain(a)));
  const wrong = firstByTask(
    pairs.filter(({ kind }) => kind === 'wrong').sort((a, b) => a.after.score - b.after.score),
  ).slice(0, count);
  const worse = pairs
    .filter(({ kind }) => kind === 'worse')
    .sort((a, b) => gain(a) - gain(b))
    .slice(0, count);
  return [...improved, ...wrong, ...worse];
}

const answer = (title: string, { score, extracted, reason }: EvaluationRow): Html =>
  html`<div><h3>${title} <span class="score">${score.toFixed(2)}</span></h3><pre>${extracted === '' ? '(no answer)' : extracted}</pre><p class="reason">${reason}</p></div>`;

const article = ({ kind, before, after }: Example): Html =>
  html`<article><header><h3>${taskTitle(after.task)}</h3><span class="tag ${kind}">${tags[kind]}</span></header>
    <p class="question">${after.question}</p>
    <div class="answers"><div><h3>Gold</h3><pre>${after.gold.join('\n')}</pre></div>${answer('Before', before)}${answer('After', after)}</div>
    <details><summary>Whole responses</summary><pre>${`Before\n${before.text}\n\nAfter\n${after.text}`}</pre></details></article>`;

/** Undefined where the rule chooses nothing, as where one of the evaluations is missing. */
export function examples({ before, after }: RunView): Html | undefined {
  const chosen = chooseExamples(before, after);
  if (chosen.length === 0) return undefined;
  return html`<section><h2>What it answers</h2>
    <p class="lead">One held-out question of each task where training helped most, some where the answer is still wrong, and the largest losses. Sampled at temperature 1.</p>
    ${chosen.map(article)}</section>`;
}
