/** @file All runs of the watched folders: how far, how good, and two to compare. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { RunSummary } from '../../src/studio/shared/api.ts';
import { source } from '../lib/api.ts';
import { ago, duration, number, signed } from '../lib/format.ts';
import { useKeys } from '../lib/keys.ts';
import { go, to } from '../lib/route.ts';
import { store, stored } from '../lib/stored.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { useLive } from '../lib/use-live.ts';
import { Places } from '../parts/places.tsx';
import { Badge, Failure, Heads, Sparkline, stateTone } from '../parts/small.tsx';

const priceKey = 'golongrl-studio-price';

/** Of an hour of the machine, in whatever currency a person thinks in; kept in this browser. */
const price = signal(stored(priceKey) ?? '');

function setPrice(text: string): void {
  price.value = text;
  store(priceKey, text);
}

/** Empty without a price or a time. */
function costOf({ seconds }: RunSummary): string {
  const hourly = Number(price.value);
  return seconds === undefined || !(hourly > 0) ? '' : ((seconds / 3600) * hourly).toFixed(2);
}

const filter = signal('');
const at = signal(0);

function Status({ run }: { readonly run: RunSummary }) {
  return (
    <Badge tone={run.status === 'running' ? 'accent' : stateTone(run.status)} title={run.problem}>
      {run.status === 'running' && <span class="pulse" />}
      {run.status}
    </Badge>
  );
}

function Heldout({ heldout }: { readonly heldout: RunSummary['heldout'] }) {
  if (heldout === undefined) return <span class="soft">–</span>;
  const change = heldout.after - heldout.before;
  const [low = 0, high = 0] = heldout.ci95;
  const tone = low > 0 ? 'good' : high < 0 ? 'bad' : '';
  return (
    <span class="interval-text" title={`from ${number(heldout.before)} to ${number(heldout.after)}`}>
      <Badge tone={tone}>{signed(change)}</Badge>{' '}
      <span class="soft small">
        [{signed(low)}, {signed(high)}]
      </span>
    </span>
  );
}

function Line({
  run,
  here,
  ticked,
  onTick,
}: {
  readonly run: RunSummary;
  readonly here: boolean;
  readonly ticked: boolean;
  readonly onTick: () => void;
}) {
  const progress = run.steps === undefined ? String(run.step) : `${run.step} of ${run.steps}`;
  return (
    <tr aria-selected={here}>
      <td>
        <input type="checkbox" checked={ticked} onChange={onTick} aria-label={`Compare ${run.name}`} />
      </td>
      <td>
        <a class="name" href={to(['run', run.id])}>
          {run.name}
        </a>
        <div class="soft small">
          {run.kind}
          {run.estimator !== undefined && ` · ${run.estimator}`}
          {run.model !== undefined && <span title={run.model}> · {run.model.split('/').at(-1)}</span>}
        </div>
        {run.problem !== undefined && <div class="small">{run.problem}</div>}
      </td>
      <td data-label="Status">
        <Status run={run} />
      </td>
      <td data-label="Step">
        <div class="progress-text">{progress}</div>
        {run.steps !== undefined && run.status !== 'done' && (
          <progress value={run.step} max={run.steps} aria-label={`${run.step} of ${run.steps} steps`} />
        )}
      </td>
      <td class="number" data-label="Reward">
        {number(run.reward)}
      </td>
      <td data-label="Reward by step">
        <Sparkline values={run.sparkline} label={`Reward, now ${number(run.reward)}`} />
      </td>
      <td data-label="Held-out change">
        <Heldout heldout={run.heldout} />
      </td>
      <td class="number" data-label="Checkpoint">
        {run.checkpoint === undefined ? '–' : `step ${run.checkpoint}`}
      </td>
      <td class="number" data-label="Time">
        {run.seconds === undefined ? '–' : duration(run.seconds)}
      </td>
      <td class="soft small" data-label="Machine, memory">
        {run.machine}
        {run.peakRssMb !== undefined && <div>{(run.peakRssMb / 1024).toFixed(1)} GB</div>}
      </td>
      <td class="number" data-label="Cost">
        {costOf(run) || '–'}
      </td>
      <td class="soft small number" data-label="Changed">
        {ago(run.changed)}
      </td>
    </tr>
  );
}

const heads = [
  <span key="compare" class="visually-hidden">
    Compare
  </span>,
  'Run',
  'Status',
  'Step',
  'Reward',
  <span key="sparkline" class="visually-hidden">
    Reward by step
  </span>,
  'Held-out change, 95 %',
  'Checkpoint',
  'Time',
  'Machine, memory',
  'Cost',
  'Changed',
];

const matches = (run: RunSummary, text: string): boolean =>
  `${run.name} ${run.kind} ${run.status} ${run.model ?? ''} ${run.estimator ?? ''}`
    .toLowerCase()
    .includes(text.toLowerCase());

export function Runs() {
  const turn = useLive();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const { value, error } = useAnswer(`runs ${turn}`, () => source.runs());
  const runs = (value ?? []).filter((run) => matches(run, filter.value));
  useKeys([
    { key: 'j', does: 'next run', run: () => (at.value = Math.min(runs.length - 1, at.value + 1)) },
    { key: 'k', does: 'run before', run: () => (at.value = Math.max(0, at.value - 1)) },
    { key: 'Enter', does: 'open the run', run: () => runs[at.value] && go(to(['run', runs[at.value]?.id ?? ''])) },
    { key: 'x', does: 'tick the run', run: () => toggle(runs[at.value]?.id ?? '') },
    { key: '/', does: 'filter', run: () => document.getElementById('filter')?.focus() },
  ]);
  const toggle = (id: string) =>
    setTicked((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]));
  return (
    <main>
      <div class="head">
        <h1>Runs</h1>
        <span class="soft">{value !== undefined && counted(value)}</span>
        <div class="end">
          <label class="row small soft">
            an hour costs
            <input
              type="number"
              min="0"
              step="any"
              value={price.value}
              onInput={(event) => setPrice(event.currentTarget.value)}
              style={{ width: '76px' }}
            />
          </label>
          <input
            id="filter"
            type="search"
            placeholder="Filter  /"
            aria-label="Filter runs"
            value={filter.value}
            onInput={(event) => (filter.value = event.currentTarget.value)}
          />
          <a
            class="button"
            aria-disabled={ticked.length < 2}
            href={ticked.length < 2 ? undefined : to(['compare'], { runs: ticked.join(',') })}
          >
            Compare {ticked.length > 0 && ticked.length}
          </a>
        </div>
      </div>
      {error !== undefined && <Failure error={error} />}
      {value !== undefined && runs.length === 0 && (
        <p class="panel empty">
          {value.length === 0
            ? 'No run in the watched folders yet. golongrl quickstart makes one.'
            : 'No run matches the filter.'}
        </p>
      )}
      {runs.length > 0 && (
        <div class="panel scroll-x">
          <table class="runs run-list">
            <Heads names={heads} numbers={[4, 7, 8, 10, 11]} />
            <tbody>
              {runs.map((run, i) => (
                <Line
                  key={run.id}
                  run={run}
                  here={i === at.value}
                  ticked={ticked.includes(run.id)}
                  onTick={() => toggle(run.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {source.places !== undefined && value !== undefined && <Places turn={turn} />}
    </main>
  );
}

/** `4 in the watched folders: 1 running, 3 done`. */
function counted(runs: readonly RunSummary[]): string {
  const counts = new Map<string, number>();
  for (const { status } of runs) counts.set(status, (counts.get(status) ?? 0) + 1);
  const told = [...counts].map(([status, number]) => `${number} ${status}`).join(', ');
  return `${runs.length} in the watched folders${told === '' ? '' : `: ${told}`}`;
}
