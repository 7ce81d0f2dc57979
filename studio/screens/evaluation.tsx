/** @file The evaluations of a run: two of them, paired. */
import { source } from '../lib/api.ts';
import { go, route, withQuery } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { Comparison } from '../parts/comparison.tsx';
import { Failure, Waiting } from '../parts/small.tsx';

/** Before training, and the last one. */
function defaults(names: readonly string[]): readonly [string, string] {
  const before = names.find((name) => name === 'before-sampled') ?? names[0] ?? '';
  const after =
    names.find((name) => name === 'after-sampled') ??
    names
      .filter((name) => name.startsWith('step-'))
      .sort()
      .at(-1) ??
    names.at(-1) ??
    '';
  return [before, after];
}

export function EvaluationPicker({
  names,
  label,
  value,
  field,
}: {
  readonly names: readonly string[];
  readonly label: string;
  readonly value: string;
  readonly field: string;
}) {
  return (
    <label class="row small soft">
      {label}
      <select value={value} onChange={(event) => go(withQuery({ [field]: event.currentTarget.value }), true)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Evaluation({ id }: { readonly id: string }) {
  const run = useAnswer(`run ${id}`, () => source.run(id));
  const { query } = route.value;
  const names = run.value?.evaluations ?? [];
  const [first, last] = defaults(names);
  const [before, after] = [query.get('before') ?? first, query.get('after') ?? last];
  const comparison = useAnswer(`evaluation ${id} ${before} ${after}`, async () =>
    before === '' ? undefined : await source.compare({ run: id, evaluation: before }, { run: id, evaluation: after }),
  );
  if (run.value === undefined) return <Waiting error={run.error} />;
  return (
    <main>
      <div class="head">
        <h1>Evaluation</h1>
        <span class="soft">{run.value.name}</span>
        <div class="end">
          <EvaluationPicker names={names} label="before" value={before} field="before" />
          <EvaluationPicker names={names} label="after" value={after} field="after" />
        </div>
      </div>
      {names.length === 0 && <p class="panel empty">This run has evaluated nothing yet.</p>}
      {comparison.error !== undefined && <Failure error={comparison.error} />}
      {comparison.value !== undefined && <Comparison comparison={comparison.value} names={[before, after]} />}
    </main>
  );
}
