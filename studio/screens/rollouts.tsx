/** @file All rollouts of a run in one table: a query, an order, a histogram that filters, keys to walk. */
import type { RolloutPage, RolloutRow } from '../../src/studio/shared/api.ts';
import { source } from '../lib/api.ts';
import { count, number, signed, size } from '../lib/format.ts';
import { useKeys } from '../lib/keys.ts';
import { go, route, to, withQuery } from '../lib/route.ts';
import { usePages } from '../lib/use-pages.ts';
import { type Column, LongTable, QueryField } from '../parts/long-table.tsx';
import { Badge, RewardBar, stateTone, Task } from '../parts/small.tsx';

const columns: readonly Column<RolloutRow>[] = [
  { name: 'Step', narrow: '38px', sort: 'step', width: '52px', look: 'number', cell: ({ step }) => step },
  { name: 'Task', narrow: '44px', sort: 'task', width: '52px', cell: ({ task }) => <Task task={task} /> },
  {
    name: 'Generator',
    wide: true,
    sort: 'generator',
    width: 'minmax(90px, 150px)',
    look: 'soft',
    cell: ({ generator }) => generator || '–',
  },
  {
    name: 'Prompt',
    wide: true,
    sort: 'length',
    width: '64px',
    look: 'number soft',
    cell: ({ promptTokens }) => (promptTokens === 0 ? '–' : size(promptTokens)),
  },
  {
    name: 'Reward',
    narrow: '66px',
    sort: 'reward',
    width: '84px',
    cell: ({ status, reward }) =>
      status === 'ok' ? <RewardBar value={reward} text={number(reward)} /> : <Badge tone="bad">{status}</Badge>,
  },
  {
    name: 'Advantage',
    narrow: '62px',
    sort: 'advantage',
    width: '76px',
    look: 'number',
    cell: ({ advantage }) => (advantage === null ? '–' : signed(advantage, 2)),
  },
  {
    name: 'State',
    wide: true,
    sort: 'state',
    width: '108px',
    cell: ({ state }) =>
      state === 'answered' ? <span class="soft">{state}</span> : <Badge tone={stateTone(state)}>{state}</Badge>,
  },
  { name: 'Form', wide: true, sort: 'format', width: '54px', look: 'soft', cell: ({ format }) => format },
  {
    name: 'Tokens',
    wide: true,
    sort: 'tokens',
    width: '58px',
    look: 'number',
    cell: ({ tokens, stop }) => (
      <>
        {stop === 'length' && <span title="cut at the limit">✂ </span>}
        {count(tokens)}
      </>
    ),
  },
  { name: 'Use', wide: true, sort: 'use', width: '66px', look: 'soft', cell: ({ use }) => use },
  {
    name: 'Stale',
    wide: true,
    sort: 'staleness',
    width: '40px',
    look: 'number soft',
    cell: ({ staleness }) => staleness,
  },
  {
    name: 'Answer',
    narrow: 'minmax(60px, 1fr)',
    width: 'minmax(160px, 1fr)',
    look: 'answer',
    cell: ({ answer }) => answer.replace(/\s+/g, ' '),
  },
];

function Histogram({ page, query }: { readonly page: RolloutPage; readonly query: string }) {
  const most = Math.max(1, ...page.histogramAll);
  // Square roots: a bin of a hundred stays visible beside one of a hundred thousand.
  const height = (value: number) => (value === 0 ? '0' : `max(2px, ${Math.sqrt(value / most) * 100}%)`);
  const bare = query.replace(/\breward[:<>=]+\S*/g, '').trim();
  const ask = (bin: number) => {
    const condition =
      bin === 20 ? 'reward>=1' : `reward>=${(bin / 20).toFixed(2)} reward<${((bin + 1) / 20).toFixed(2)}`;
    go(withQuery({ q: `${bare} ${condition}`.trim() }));
  };
  return (
    <fieldset class="histogram">
      <legend class="visually-hidden">Rollouts by reward; a bar filters</legend>
      <div class="bins">
        {page.histogramAll.map((all, bin) => {
          const own = page.histogram[bin] ?? 0;
          const label = bin === 20 ? 'reward 1' : `reward ${(bin / 20).toFixed(2)} to ${((bin + 1) / 20).toFixed(2)}`;
          return (
            <button
              key={bin}
              type="button"
              onClick={() => ask(bin)}
              title={`${label}: ${count(own)} of ${count(all)}`}
              aria-label={`${label}: ${own} of ${all}`}
            >
              <i style={{ height: height(all) }} />
              <i class="selected" style={{ height: height(own) }} />
            </button>
          );
        })}
      </div>
      <div class="scale soft" aria-hidden="true">
        {['0', '0.25', '0.5', '0.75', '1'].map((mark) => (
          <span key={mark} style={{ left: `${((Number(mark) * 20 + (mark === '1' ? 0.5 : 0)) / 21) * 100}%` }}>
            {mark}
          </span>
        ))}
      </div>
    </fieldset>
  );
}

const examples = [
  'task:T9 reward>0.5',
  'is:truncated',
  'state:unreadable',
  'advantage>2',
  'is:full -is:trained',
  'step:10..20 "not sure"',
];

async function download(id: string, q: string, sort: string): Promise<void> {
  const url = URL.createObjectURL(await source.exported(id, q, sort));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'rollouts.jsonl' });
  link.click();
  URL.revokeObjectURL(url);
}

const isIndexing = ({ indexed }: RolloutPage): boolean => indexed.steps < indexed.ofSteps;

export function Rollouts({ id }: { readonly id: string }) {
  const { query } = route.value;
  const [q, sort] = [query.get('q') ?? '', query.get('sort') ?? ''];
  const pages = usePages<RolloutRow, RolloutPage>(
    { id, key: `${q} ${sort}`, isGrowing: isIndexing },
    (offset, limit, signal) => source.rollouts(id, { q, sort, offset, limit }, signal),
  );
  const page = pages.page.value;
  useKeys([{ key: 'c', does: 'curves', run: () => go(to(['run', id])) }]);
  const indexing = page !== undefined && isIndexing(page);
  return (
    <main class="wide table-view">
      <h1 class="visually-hidden">Rollouts</h1>
      <QueryField q={q} placeholder='task:T9 reward<0.5 -state:answered "words of the answer"   /' examples={examples}>
        <button
          type="button"
          onClick={() => void download(id, q, sort)}
          disabled={page === undefined || page.total === 0}
        >
          JSONL
        </button>
      </QueryField>
      {page !== undefined && (
        <div>
          <Histogram page={page} query={q} />
          <div class="row small soft" role="status">
            <span>
              <b>{count(page.total)}</b> of {count(page.of)} rollouts
            </span>
            <span>mean reward {number(page.mean)}</span>
            <span>grey: of all rollouts; heights are square roots</span>
            {indexing && (
              <Badge tone="accent">
                <span class="pulse" /> {count(page.indexed.steps)} of {count(page.indexed.ofSteps)} steps read
              </Badge>
            )}
            {page.note !== undefined && <Badge tone="warn">{page.note}</Badge>}
          </div>
        </div>
      )}
      <LongTable
        pages={pages}
        columns={columns}
        label="Rollouts"
        sort={sort}
        href={({ step, group, member }) => to(['run', id, 'group', step, group], { member, q })}
        empty={page?.of === 0 ? 'No rollout is written yet.' : 'No rollout is meant by this query.'}
      />
    </main>
  );
}
