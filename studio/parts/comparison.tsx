/** @file Two evaluations side by side: change by task with its interval, a heat-map by length, and the samples that flipped. */
import { useState } from 'preact/hooks';
import { isAnyChange } from '../../src/evaluation/compare/statistics.ts';
import type { ComparedSample, EvaluationComparison, PairedChange } from '../../src/studio/shared/api.ts';
import { number, signed, size } from '../lib/format.ts';
import { Interval } from './interval.tsx';
import { Badge, Gold, Heads, Task, Wide } from './small.tsx';

function TaskTable({ comparison }: { readonly comparison: EvaluationComparison }) {
  const rows = Object.entries(comparison.tasks);
  const half = Math.max(0.1, ...rows.map(([, { before, after }]) => Math.abs(after - before))) * 1.3;
  const line = (name: string, change: PairedChange) => (
    <tr key={name}>
      <td>{name === 'mean' ? <b>mean</b> : <Task task={name} />}</td>
      <td class="number">{change.samples}</td>
      <td class="number">{number(change.before)}</td>
      <td class="number">{number(change.after)}</td>
      <td class="number">{signed(change.after - change.before)}</td>
      <td style={{ minWidth: '160px' }}>{isAnyChange(change) ? null : <Interval change={change} half={half} />}</td>
      <td class="number soft small">
        {isAnyChange(change) ? 'too few documents' : `[${change.ci95.map((value) => signed(value)).join(', ')}]`}
      </td>
    </tr>
  );
  return (
    <Wide label="Change by task">
      <table class="runs">
        <Heads
          numbers={[1, 2, 3, 4, 6]}
          names={[
            'Task',
            'Samples',
            'Before',
            'After',
            'Change',
            'Change, 95 % paired',
            <span key="interval" class="visually-hidden">
              interval
            </span>,
          ]}
        />
        <tbody>
          {rows.map(([task, change]) => line(task, change))}
          {comparison.mean !== undefined && line('mean', comparison.mean)}
        </tbody>
      </table>
    </Wide>
  );
}

/** Tasks by length of the prompt; shade is the score afterwards, the small figure its change. */
function Heat({ comparison: { cells } }: { readonly comparison: EvaluationComparison }) {
  const lengths = [...new Set(cells.map(({ from }) => from))].sort((a, b) => a - b);
  const tasks = [...new Set(cells.map(({ task }) => task))];
  const cell = (task: string, from: number) => {
    const found = cells.find((each) => each.task === task && each.from === from);
    if (found === undefined) return <td key={from} class="none" />;
    const change = found.after - found.before;
    return (
      <td
        key={from}
        class="heat"
        style={{ '--share': `${Math.round(found.after * 70 + 4)}%` }}
        title={`${found.samples} samples`}
      >
        {Math.round(found.after * 100)}
        <small> {signed(Math.round(change * 100), 0)}</small>
      </td>
    );
  };
  return (
    <Wide label="Scores by task and length">
      <table class="heat-map">
        <caption class="small soft">
          Score afterwards in percent, its change beside it, by task and length of the prompt in characters
        </caption>
        <Heads
          names={[
            'Task',
            ...lengths.map((from) => (from === 0 ? `under ${size(lengths[1] ?? 0)}` : `from ${size(from)}`)),
          ]}
        />
        <tbody>
          {tasks.map((task) => (
            <tr key={task}>
              <th scope="row">
                <Task task={task} />
              </th>
              {lengths.map((from) => cell(task, from))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Flip({ flip, names }: { readonly flip: ComparedSample; readonly names: readonly [string, string] }) {
  return (
    <details class="panel flip">
      <summary>
        <Task task={flip.task} />
        <span class="question">{flip.question}</span>
        <Badge tone={flip.after > flip.before ? 'good' : 'bad'}>
          {number(flip.before, 2)} → {number(flip.after, 2)}
        </Badge>
      </summary>
      <Gold lines={flip.gold} />
      <div class="pair">
        {flip.responses.map((response, i) => (
          <div key={names[i]} class="member">
            <header>
              <h3>{names[i]}</h3>
              <Badge>{response.state}</Badge>
            </header>
            <div class="body">{response.text}</div>
            <footer>{response.reason}</footer>
          </div>
        ))}
      </div>
    </details>
  );
}

/** Flips of one direction, some at first. */
function Flips({
  comparison,
  names,
}: {
  readonly comparison: EvaluationComparison;
  readonly names: readonly [string, string];
}) {
  const [direction, setDirection] = useState<'all' | 'better' | 'worse'>('all');
  const [shown, setShown] = useState(30);
  const flips = comparison.flips.filter(
    ({ before, after }) => direction === 'all' || (direction === 'better') === after > before,
  );
  return (
    <section class="stack">
      <div class="row">
        <h2>Samples that changed</h2>
        {(['all', 'better', 'worse'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={direction === each} onClick={() => setDirection(each)}>
            {each}{' '}
            {
              comparison.flips.filter(({ before, after }) => each === 'all' || (each === 'better') === after > before)
                .length
            }
          </button>
        ))}
        <span class="soft small">{comparison.unchanged} did not</span>
      </div>
      {flips.slice(0, shown).map((flip) => (
        <Flip key={flip.sample} flip={flip} names={names} />
      ))}
      {flips.length > shown && (
        <button type="button" onClick={() => setShown(shown + 100)}>
          {flips.length - shown} more
        </button>
      )}
    </section>
  );
}

export function Comparison({
  comparison,
  names,
}: {
  readonly comparison: EvaluationComparison;
  readonly names: readonly [string, string];
}) {
  if (comparison.mean === undefined) return <p class="panel empty">No sample was answered in both.</p>;
  return (
    <div class="stack">
      <TaskTable comparison={comparison} />
      <Heat comparison={comparison} />
      <Flips comparison={comparison} names={names} />
    </div>
  );
}
