/** @file Runs beside each other: what was set otherwise, curves in one chart, and the held-out samples that one answers and the other does not. */
import type { MetricLine, RunDetail } from '../../src/studio/shared/api.ts';
import { configDiff } from '../../src/studio/shared/config-diff.ts';
import { source } from '../lib/api.ts';
import { route } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { Comparison } from '../parts/comparison.tsx';
import { Plot } from '../parts/plot.tsx';
import { Failure, Heads, Waiting } from '../parts/small.tsx';
import { EvaluationPicker } from './evaluation.tsx';

const fields: readonly (readonly [field: string, title: string])[] = [
  ['reward', 'Reward'],
  ['passRate', 'Pass rate'],
  ['length', 'Response length, tokens'],
  ['truncated', 'Cut at the limit'],
  ['entropy', 'Entropy'],
  ['gradientNorm', 'Gradient norm'],
];

const numberOf = (line: MetricLine | undefined, field: string): number | null => {
  const value = line?.[field];
  return typeof value === 'number' ? value : null;
};

function Curves({ runs }: { readonly runs: readonly RunDetail[] }) {
  const steps = [...new Set(runs.flatMap(({ metrics }) => metrics.map(({ step }) => step)))].sort((a, b) => a - b);
  const lines = runs.map(({ metrics }) => new Map(metrics.map((line) => [line.step, line])));
  return (
    <div class="grid">
      {fields.map(([field, title]) => (
        <Plot
          key={field}
          title={title}
          steps={steps}
          curves={runs.map(({ name }, i) => ({
            name,
            colour: `t${(i % 9) + 1}`,
            values: steps.map((step) => numberOf(lines[i]?.get(step), field)),
          }))}
        />
      ))}
    </div>
  );
}

function Differences({ runs }: { readonly runs: readonly RunDetail[] }) {
  const differences = configDiff(runs.map(({ config }) => config));
  if (differences.length === 0) return <p class="panel pad soft">The configurations are the same.</p>;
  return (
    <div class="panel scroll-x">
      <table class="runs">
        <Heads names={['Set otherwise', ...runs.map(({ name }) => name)]} />
        <tbody>
          {differences.map(({ name, values }) => (
            <tr key={name}>
              <td class="mono">{name}</td>
              {values.map((value, i) => (
                <td key={runs[i]?.id} class="mono">
                  {value ?? <span class="soft">–</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Compare() {
  const { query } = route.value;
  const ids = (query.get('runs') ?? '').split(',').filter(Boolean);
  const { value: runs, error } = useAnswer(`compare ${ids.join()}`, () => Promise.all(ids.map((id) => source.run(id))));
  const [a, b] = runs ?? [];
  const shared = (a?.evaluations ?? []).filter((name) => b?.evaluations.includes(name));
  const last = shared.find((name) => name === 'after-sampled') ?? shared.at(-1) ?? '';
  const evaluation = query.get('evaluation') ?? last;
  const comparison = useAnswer(`compare ${ids.join()} ${evaluation}`, async () =>
    a === undefined || b === undefined || evaluation === ''
      ? undefined
      : await source.compare({ run: a.id, evaluation }, { run: b.id, evaluation }),
  );
  if (runs === undefined || a === undefined || b === undefined)
    return <Waiting error={error} {...(ids.length < 2 && { what: 'Tick two runs in the list.' })} />;
  return (
    <main class="stack">
      <div class="head">
        <h1>
          {a.name} <span class="soft">and</span> {b.name}
          {runs.length > 2 && <span class="soft"> and {runs.length - 2} more</span>}
        </h1>
        {shared.length > 0 && (
          <div class="end">
            <EvaluationPicker names={shared} label="evaluation" value={evaluation} field="evaluation" />
          </div>
        )}
      </div>
      <Differences runs={runs} />
      <Curves runs={runs} />
      {comparison.error !== undefined && <Failure error={comparison.error} />}
      {shared.length === 0 ? (
        <p class="panel pad soft">The first two runs share no evaluation.</p>
      ) : (
        comparison.value !== undefined && <Comparison comparison={comparison.value} names={[a.name, b.name]} />
      )}
    </main>
  );
}
