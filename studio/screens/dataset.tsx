/** @file A dataset: its samples by what they are, what an audit found, what a person said of them, the drafts behind them. */
import {
  type DatasetDetail,
  type Facet,
  facetNames,
  type SamplePage,
  type SampleRow,
} from '../../src/studio/shared/dataset-api.ts';
import { source } from '../lib/api.ts';
import { count, number, percent, size } from '../lib/format.ts';
import { go, route, to, withQuery } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { useLive } from '../lib/use-live.ts';
import { usePages } from '../lib/use-pages.ts';
import { type Column, LongTable, QueryField } from '../parts/long-table.tsx';
import { Building } from '../parts/places.tsx';
import { Badge, Heads, Task, Waiting, Wide } from '../parts/small.tsx';

const columns: readonly Column<SampleRow>[] = [
  { name: 'Task', narrow: '44px', sort: 'task', width: '52px', cell: ({ task }) => <Task task={task} /> },
  {
    name: 'Generator',
    wide: true,
    sort: 'generator',
    width: 'minmax(100px, 180px)',
    cell: ({ generator }) => generator,
  },
  { name: 'Length', narrow: '48px', sort: 'length', width: '62px', look: 'number', cell: ({ tokens }) => size(tokens) },
  { name: 'Docs', wide: true, sort: 'documents', width: '46px', look: 'number', cell: ({ documents }) => documents },
  { name: 'Needs', wide: true, sort: 'windows', width: '60px', look: 'number', cell: ({ windows }) => windows ?? '–' },
  {
    name: 'Spread',
    wide: true,
    sort: 'spread',
    width: '62px',
    look: 'number',
    cell: ({ spread }) => (spread === undefined ? '–' : size(spread)),
  },
  {
    name: 'Cracked by',
    wide: true,
    sort: 'cracked',
    width: '110px',
    cell: ({ crackedBy }) => crackedBy.join(', ') || '–',
  },
  { name: 'Said', narrow: '58px', width: '76px', cell: ({ review }) => <Said review={review} /> },
  {
    name: 'Question',
    narrow: 'minmax(60px, 1fr)',
    width: 'minmax(220px, 2fr)',
    cell: ({ question }) => question.replace(/\s+/g, ' '),
  },
  { name: 'Gold', wide: true, width: 'minmax(120px, 1fr)', look: 'answer', cell: ({ gold }) => gold },
];

export function Said({ review }: Pick<SampleRow, 'review'>) {
  if (review === undefined) return <span class="soft">–</span>;
  const { verdict = 'note', note } = review;
  const tone = verdict === 'accept' ? 'good' : verdict === 'reject' ? 'bad' : 'warn';
  return (
    <Badge tone={tone} title={note ?? undefined}>
      {verdict}
      {verdict !== 'note' && note !== undefined && ' ✎'}
    </Badge>
  );
}

const facetTitles: Readonly<Record<(typeof facetNames)[number], string>> = {
  task: 'Task',
  generator: 'Generator',
  length: 'Length, tokens',
  language: 'Language',
  split: 'Split',
  source: 'Source',
  cracked: 'Cracked by',
  windows: 'Windows of proof',
  difficulty: 'Difficulty',
  verdict: 'Said',
};

/** The condition, quoted where a word has spaces. */
const condition = (name: string, word: string): string => `${name}:${/[\s()]/.test(word) ? `"${word}"` : word}`;

function FacetList({ name, facet, q }: { name: (typeof facetNames)[number]; facet: Facet; q: string }) {
  if (facet.length === 0) return null;
  const most = Math.max(...facet.map(([, samples]) => samples));
  return (
    <section class="facet" aria-label={facetTitles[name]}>
      <h2>{facetTitles[name]}</h2>
      <ul>
        {facet.map(([word, samples]) => {
          const asked = condition(name, word);
          const on = q.includes(asked);
          const next = on ? q.replace(asked, '').replace(/\s+/g, ' ').trim() : `${q} ${asked}`.trim();
          return (
            <li key={word}>
              <button type="button" aria-pressed={on} onClick={() => go(withQuery({ q: next }))}>
                <i style={{ width: `${(samples / most) * 100}%` }} />
                <span>{word}</span>
                <b>{count(samples)}</b>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Audit({ id, detail }: { readonly id: string; readonly detail: DatasetDetail }) {
  const { audit, auditProblem, path } = detail;
  if (audit === undefined)
    return (
      <p class="soft small">
        {auditProblem ?? (
          <>
            No audit lies here.{' '}
            <code>
              golongrl audit {path} --out {path}/audit.json
            </code>{' '}
            makes one.
          </>
        )}
      </p>
    );
  const { report, stale } = audit;
  const share = ({ bad, tried }: { bad: number; tried: number }) => (tried === 0 ? '–' : percent(bad / tried));
  return (
    <details class="panel pad">
      <summary>
        Audit:{' '}
        {report.over.length === 0 ? 'nothing is over its limit' : `${report.over.length} findings over their limits`}
        {stale && <Badge tone="warn">older than the dataset</Badge>}
      </summary>
      <ul>
        {report.over.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Wide label="Findings by generator" panel={false}>
        <table class="runs">
          <Heads
            numbers={[2, 3, 4, 5, 7]}
            names={[
              'Task',
              'Generator',
              'Samples',
              'Right lost',
              'Wrong paid',
              'Without reading',
              'By whom',
              'Not itself',
            ]}
          />
          <tbody>
            {report.groups.map(({ task, generator, samples, right, wrong, blind, notItself }) => (
              <tr key={`${task} ${generator}`}>
                <td>
                  <Task task={task} />
                </td>
                <td>
                  <a href={to(['dataset', id], { q: condition('generator', generator) })}>{generator}</a>
                </td>
                <td class="number">{count(samples)}</td>
                <td class="number">{share(right)}</td>
                <td class="number">{share(wrong)}</td>
                <td class="number">{number(blind.reward, 2)}</td>
                <td class="soft small">{blind.policy}</td>
                <td class="number">{notItself}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      {report.worst.length > 0 && (
        <ol class="worst">
          {report.worst.map(({ id: sample, side, kind, gold, response, score, reason }, i) => (
            <li key={i}>
              <a href={to(['dataset', id, 'sample', sample])} class="mono">
                {sample}
              </a>{' '}
              {side === 'wrong' ? 'paid wrongly' : 'not paid'} {number(score, 2)} ({kind}): gold{' '}
              <code>{gold.slice(0, 120)}</code>, said <code>{response.slice(-160)}</code>{' '}
              <span class="soft">{reason}</span>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}

function Head({ id, detail, page }: { id: string; detail: DatasetDetail; page: SamplePage | undefined }) {
  const counts = (verdict: string | undefined) => detail.reviews.filter((review) => review.verdict === verdict).length;
  return (
    <div class="head">
      <h1>{detail.name}</h1>
      {detail.samples > 0 && (
        <span class="soft">
          {count(detail.samples)} samples, seed {detail.seed}, lengths by {detail.tokenizer}
        </span>
      )}
      {detail.building !== undefined && <Building building={detail.building} />}
      {detail.reviews.length > 0 && (
        <span class="row small">
          <Badge tone="good">{counts('accept')} accepted</Badge>
          <Badge tone="bad">{counts('reject')} rejected</Badge>
          <Badge tone="warn">{counts(undefined)} notes</Badge>
        </span>
      )}
      {page !== undefined && page.read < page.toRead && (
        <Badge tone="accent">
          <span class="pulse" /> {percent(page.read / page.toRead)} read
        </Badge>
      )}
      <div class="end">
        {!detail.review && source.live && (
          <span class="soft small">read only; to review: golongrl studio --review</span>
        )}
        {detail.drafts > 0 && (
          <a class="button" href={to(['dataset', id, 'drafts'])}>
            {count(detail.drafts)} drafts
          </a>
        )}
      </div>
    </div>
  );
}

export function Dataset({ id }: { readonly id: string }) {
  const { query } = route.value;
  const [q, sort] = [query.get('q') ?? '', query.get('sort') ?? ''];
  const detail = useAnswer(`dataset ${id} ${useLive(id)}`, async () => await source.places?.dataset(id));
  const pages = usePages<SampleRow, SamplePage>(
    { id, key: `${q} ${sort}`, isGrowing: ({ read, toRead }) => read < toRead },
    async (offset, limit, signal) => {
      const page = await source.places?.samples(id, { q, sort, offset, limit }, signal);
      if (page === undefined) throw new Error('no server');
      return page;
    },
  );
  const page = pages.page.value;
  if (detail.value === undefined) return <Waiting error={detail.error} />;
  return (
    <main class="wide table-view dataset">
      <Head id={id} detail={detail.value} page={page} />
      <Audit id={id} detail={detail.value} />
      <QueryField
        q={q}
        placeholder='task:T3 -is:cracked windows>2 length:8000.. "words of the question"   /'
        examples={['is:cracked', 'is:open', 'is:rejected', 'windows>4', 'length:16000..', 'repairs>0', 'language:zh']}
      />
      <div class="row small soft" role="status">
        <span>
          <b>{count(page?.total ?? 0)}</b> of {count(page?.of ?? 0)} samples
        </span>
      </div>
      <div class="with-facets">
        <aside class="facets" aria-label="Narrow the list">
          {page !== undefined &&
            facetNames.map((name) => <FacetList key={name} name={name} facet={page.facets[name]} q={q} />)}
        </aside>
        <LongTable
          pages={pages}
          columns={columns}
          label="Samples"
          sort={sort}
          href={(row, at) => to(['dataset', id, 'sample', row.id], { at, q, sort })}
          empty={
            detail.value.samples > 0
              ? 'No sample is meant by this query.'
              : 'Samples are listed once the build has ended; this page sees it.'
          }
        />
      </div>
    </main>
  );
}
