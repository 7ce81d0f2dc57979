/** @file All rollouts of a run in one table: a query, an order, a histogram that filters, keys to walk. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RolloutPage, RolloutRow } from '../../src/studio/shared/api.ts';
import { source } from '../lib/api.ts';
import { count, number, signed, size } from '../lib/format.ts';
import { useKeys } from '../lib/keys.ts';
import { ListPages } from '../lib/list-pages.ts';
import { go, route, to, withQuery } from '../lib/route.ts';
import { Badge, Failure, RewardBar, stateTone, Task } from '../parts/small.tsx';
import { type ListHandle, VirtualList } from '../parts/virtual-list.tsx';

interface Head {
  readonly name: string;
  /** Field that it sorts by; none for what cannot. */
  readonly sort?: string;
  readonly width: string;
}

const heads: readonly Head[] = [
  { name: 'Step', sort: 'step', width: '52px' },
  { name: 'Task', sort: 'task', width: '52px' },
  { name: 'Generator', sort: 'generator', width: 'minmax(90px, 150px)' },
  { name: 'Prompt', sort: 'length', width: '64px' },
  { name: 'Reward', sort: 'reward', width: '84px' },
  { name: 'Advantage', sort: 'advantage', width: '76px' },
  { name: 'State', sort: 'state', width: '108px' },
  { name: 'Form', sort: 'format', width: '54px' },
  { name: 'Tokens', sort: 'tokens', width: '58px' },
  { name: 'Use', sort: 'use', width: '66px' },
  { name: 'Stale', sort: 'staleness', width: '40px' },
  { name: 'Answer', width: 'minmax(160px, 1fr)' },
];
const columns = heads.map(({ width }) => width).join(' ');

function Heads({ sort }: { readonly sort: string }) {
  const turned = (field: string) => (sort === `-${field}` ? field : `-${field}`);
  return (
    <div class="line heads">
      {heads.map(({ name, sort: field }) =>
        field === undefined ? (
          <span key={name}>{name}</span>
        ) : (
          <button key={name} type="button" onClick={() => go(withQuery({ sort: turned(field) }), true)}>
            {name}
            {sort === field && ' ↑'}
            {sort === `-${field}` && ' ↓'}
          </button>
        ),
      )}
    </div>
  );
}

function Line({
  run,
  row,
  here,
  from,
}: {
  readonly run: string;
  readonly row: RolloutRow;
  readonly here: boolean;
  readonly from: string;
}) {
  return (
    <a
      class="line"
      href={to(['run', run, 'group', row.step, row.group], { member: row.member, q: from })}
      aria-current={here}
    >
      <span class="number">{row.step}</span>
      <Task task={row.task} />
      <span class="soft">{row.generator || '–'}</span>
      <span class="number soft">{row.promptTokens === 0 ? '–' : size(row.promptTokens)}</span>
      {row.status === 'ok' ? (
        <RewardBar value={row.reward} text={number(row.reward)} />
      ) : (
        <Badge tone="bad">{row.status}</Badge>
      )}
      <span class="number">{row.advantage === null ? '–' : signed(row.advantage, 2)}</span>
      <span>
        <Badge tone={stateTone(row.state)}>{row.state}</Badge>
      </span>
      <span class="soft">{row.format}</span>
      <span class="number">
        {count(row.tokens)}
        {row.stop === 'length' && '✂'}
      </span>
      <span class="soft">{row.use}</span>
      <span class="number soft">{row.staleness}</span>
      <span class="answer">{row.answer.replace(/\s+/g, ' ')}</span>
    </a>
  );
}

function Histogram({ page, query }: { readonly page: RolloutPage; readonly query: string }) {
  const most = Math.max(1, ...page.histogramAll);
  // Square roots: a bin of a hundred stays visible beside one of a hundred thousand.
  const height = (value: number) => `${Math.sqrt(value / most) * 100}%`;
  const bare = query.replace(/\breward[:<>=]+\S*/g, '').trim();
  const ask = (bin: number) => {
    const condition =
      bin === 20 ? 'reward>=1' : `reward>=${(bin / 20).toFixed(2)} reward<${((bin + 1) / 20).toFixed(2)}`;
    go(withQuery({ q: `${bare} ${condition}`.trim() }));
  };
  return (
    <fieldset class="histogram" style={{ border: 0, margin: 0, padding: '6px 0 0' }}>
      <legend class="visually-hidden">Rollouts by reward; a bar filters</legend>
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

function QueryBar({
  id,
  q,
  sort,
  page,
}: {
  readonly id: string;
  readonly q: string;
  readonly sort: string;
  readonly page: RolloutPage | undefined;
}) {
  const ask = (event: SubmitEvent) => {
    event.preventDefault();
    go(withQuery({ q: String(new FormData(event.currentTarget as HTMLFormElement).get('q') ?? '') }));
  };
  return (
    <form class="query" onSubmit={ask}>
      <input
        id="query"
        name="q"
        type="search"
        key={q}
        defaultValue={q}
        placeholder='task:T9 reward<0.5 -state:answered "words of the answer"   /'
        aria-label="Query"
        spellcheck={false}
        list="examples"
      />
      <datalist id="examples">
        {examples.map((example) => (
          <option key={example} value={example} />
        ))}
      </datalist>
      <button type="submit">Find</button>
      <button
        type="button"
        onClick={() => void download(id, q, sort)}
        disabled={page === undefined || page.total === 0}
      >
        JSONL
      </button>
    </form>
  );
}

export function Rollouts({ id }: { readonly id: string }) {
  const { query } = route.value;
  const [q, sort] = [query.get('q') ?? '', query.get('sort') ?? ''];
  const pages = useMemo(
    () =>
      new ListPages<RolloutRow, RolloutPage>((offset, limit, signal) =>
        source.rollouts(id, { q, sort, offset, limit }, signal),
      ),
    [id, q, sort],
  );
  useEffect(() => () => pages.close(), [pages]);
  const [at, setAt] = useState(0);
  const list = useRef<ListHandle>(null);
  const page = pages.page.value;
  pages.version.value;
  const move = (by: number) => {
    const next = Math.max(0, Math.min((page?.total ?? 1) - 1, at + by));
    setAt(next);
    list.current?.show(next);
  };
  const open = () => {
    const row = pages.row(at);
    if (row !== undefined) go(to(['run', id, 'group', row.step, row.group], { member: row.member, q }));
  };
  useKeys([
    { key: 'j', does: 'next rollout', run: () => move(1) },
    { key: 'k', does: 'rollout before', run: () => move(-1) },
    { key: 'J', does: 'twenty down', run: () => move(20) },
    { key: 'K', does: 'twenty up', run: () => move(-20) },
    { key: 'Enter', does: 'open its group', run: open },
    { key: '/', does: 'query', run: () => document.getElementById('query')?.focus() },
    { key: 'c', does: 'curves', run: () => go(to(['run', id])) },
  ]);
  const onRange = useCallback((first: number, last: number) => pages.range(first, last), [pages]);
  const indexing = page !== undefined && page.indexed.steps < page.indexed.ofSteps;
  return (
    <main class="wide table-view" style={{ '--columns': columns }}>
      <h1 class="visually-hidden">Rollouts</h1>
      <QueryBar id={id} q={q} sort={sort} page={page} />
      {pages.error.value !== undefined && <Failure error={pages.error.value} />}
      {page !== undefined && (
        <div>
          <Histogram page={page} query={q} />
          <div class="row small soft" role="status">
            <span>
              <b>{count(page.total)}</b> of {count(page.of)} rollouts
            </span>
            <span>mean reward {number(page.mean)}</span>
            {indexing && (
              <Badge tone="accent">
                <span class="pulse" /> {count(page.indexed.steps)} of {count(page.indexed.ofSteps)} steps read
              </Badge>
            )}
            {page.note !== undefined && <Badge tone="warn">{page.note}</Badge>}
          </div>
        </div>
      )}
      <div class="panel table">
        {page !== undefined && page.total === 0 ? (
          <p class="empty">{page.of === 0 ? 'No rollout is written yet.' : 'No rollout is meant by this query.'}</p>
        ) : (
          <VirtualList
            count={page?.total ?? 0}
            rowHeight={28}
            label="Rollouts"
            head={<Heads sort={sort} />}
            handle={list}
            onRange={onRange}
            row={(index) => {
              const row = pages.row(index);
              return row === undefined ? (
                <div class="line soft" key={index}>
                  <span class="number">…</span>
                </div>
              ) : (
                <Line key={index} run={id} row={row} here={index === at} from={q} />
              );
            }}
          />
        )}
      </div>
    </main>
  );
}
