/** @file An evaluation of benchmarks: scores with intervals, published figures beside them, length by depth, samples, another evaluation against it. */
import { isAnyChange } from '../../src/evaluation/compare/statistics.ts';
import type {
  BenchmarkLine,
  EvaluationDetail,
  EvaluationPair,
  ScoredPage,
  ScoredRow,
} from '../../src/studio/shared/evaluation-api.ts';
import { source } from '../lib/api.ts';
import { count, number, percent, signed, size } from '../lib/format.ts';
import { go, route, to, withQuery } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { useLive } from '../lib/use-live.ts';
import { usePages } from '../lib/use-pages.ts';
import { Interval } from '../parts/interval.tsx';
import { type Column, LongTable } from '../parts/long-table.tsx';
import { Badge, Failure, Heads, scoredTone, stateTone, Waiting, Wide } from '../parts/small.tsx';
import { Scored } from './scored.tsx';

const inPercent = (value: number | null): string => (value === null ? '–' : (value * 100).toFixed(1));

function Scores({ benchmarks }: { readonly benchmarks: readonly BenchmarkLine[] }) {
  return (
    <Wide label="Scores">
      <table class="runs">
        <Heads
          numbers={[1, 2, 3, 4, 5, 6]}
          names={['Benchmark', 'Score, %', '95 %', 'Rules alone', 'Kappa', 'Answered', 'Samples', 'States']}
        />
        <tbody>
          {benchmarks.map(({ benchmark, title, score, ci95, ruleScore, kappa, coverage, samples, states, judged }) => (
            <tr key={benchmark}>
              <td>
                <b>{benchmark}</b> <span class="soft small">{title}</span>
              </td>
              <td class="number">{inPercent(score)}</td>
              <td class="number soft">{ci95 === null ? '–' : `${inPercent(ci95[0])} to ${inPercent(ci95[1])}`}</td>
              <td class="number">{judged ? inPercent(ruleScore) : '–'}</td>
              <td class="number">{kappa === null ? '–' : number(kappa, 2)}</td>
              <td class="number">{percent(coverage)}</td>
              <td class="number">{count(samples)}</td>
              <td class="row">
                {Object.entries(states)
                  .filter(([, samplesOf]) => samplesOf > 0)
                  .map(([state, samplesOf]) => (
                    <button
                      key={state}
                      type="button"
                      class="plain"
                      onClick={() => go(withQuery({ benchmark, state, length: '', depth: '' }))}
                    >
                      <Badge tone={scoredTone(state)}>
                        {state} {count(samplesOf)}
                      </Badge>
                    </button>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

/** In the order of the numbers that they begin with. */
const byNumber = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10);

/** Length of the prompt by depth of the evidence; a cell leads to its samples. Without depths, one column. */
function Heat({ line: { benchmark, cells, lengths } }: { readonly line: BenchmarkLine }) {
  const known = Object.keys(cells).length > 0;
  const shown = known
    ? cells
    : Object.fromEntries(Object.entries(lengths).map(([length, estimate]) => [`${length}|`, estimate]));
  const keys = Object.keys(shown).map((key) => key.split('|'));
  const rows = [...new Set(keys.map(([length = '']) => length))].sort(byNumber);
  const columns = [...new Set(keys.map(([, depth = '']) => depth))].sort(byNumber);
  if (rows.length === 0) return null;
  return (
    <Wide label={`Scores of ${benchmark} by length`}>
      <table class="heat-map">
        <caption class="small soft">
          {benchmark}: score in percent by length of the prompt in tokens{known && ' and depth of the evidence'}
        </caption>
        <Heads names={['Length', ...columns.map((depth) => depth || 'all')]} />
        <tbody>
          {rows.map((length) => (
            <tr key={length}>
              <th scope="row">{length}</th>
              {columns.map((depth) => {
                const found = shown[`${length}|${depth}`];
                if (found === undefined) return <td key={depth} class="none" />;
                return (
                  <td key={depth} class="heat" style={{ '--share': `${Math.round(found.score * 70 + 4)}%` }}>
                    <button
                      type="button"
                      class="plain"
                      title={`${found.samples} samples`}
                      onClick={() => go(withQuery({ benchmark, length, depth, state: '' }))}
                    >
                      {Math.round(found.score * 100)} <small>{found.samples}</small>
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Published({ id, models }: { readonly id: string; readonly models: readonly string[] }) {
  const chosen = route.value.query.get('published') ?? models[0] ?? '';
  const table = useAnswer(`published ${id} ${chosen}`, async () =>
    chosen === '' ? [] : ((await source.places?.published(id, chosen)) ?? []),
  );
  if (models.length === 0) return <p class="soft small">No figure is published for these benchmarks.</p>;
  return (
    <section class="panel pad stack">
      <label class="row">
        <h2>Published</h2>
        <select value={chosen} onChange={(event) => go(withQuery({ published: event.currentTarget.value }), true)}>
          {models.map((model) => (
            <option key={model} value={model}>
              {model}
            </option>
          ))}
        </select>
      </label>
      {table.error !== undefined && <Failure error={table.error} />}
      <Wide label="Published figures" panel={false}>
        <table class="runs">
          <Heads
            numbers={[1, 2, 3, 4]}
            names={['Benchmark', 'Published, %', 'Ours, %', 'Difference', '95 % of ours', 'Source']}
          />
          <tbody>
            {table.value?.map(({ benchmark, published, ours, difference, ci95, inside, source: place }) => (
              <tr key={`${benchmark} ${place}`}>
                <td>{benchmark}</td>
                <td class="number">{published.toFixed(2)}</td>
                <td class="number">{ours === null ? 'not enough answered' : ours.toFixed(2)}</td>
                <td class="number">
                  {difference !== null && (
                    <Badge tone={inside === true ? 'good' : 'warn'}>{signed(difference, 2)}</Badge>
                  )}
                </td>
                <td class="number soft">{ci95 === null ? '–' : ci95.map((end) => end.toFixed(1)).join(' to ')}</td>
                <td class="soft small">{place}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      <p class="soft small">
        Green: the published figure lies inside of our interval. Outside, pipelines, data or models differ, whatever the
        cause.
      </p>
    </section>
  );
}

const columns: readonly Column<ScoredRow>[] = [
  { name: 'Benchmark', wide: true, width: '110px', cell: ({ benchmark }) => benchmark },
  { name: 'Subset', wide: true, width: 'minmax(60px, 110px)', look: 'soft', cell: ({ subset }) => subset },
  {
    name: 'State',
    narrow: '64px',
    width: '84px',
    cell: ({ state }) => <Badge tone={scoredTone(state)}>{state}</Badge>,
  },
  { name: 'Score', width: '48px', look: 'number', cell: ({ score }) => number(score, 2) },
  { name: 'Rule', wide: true, width: '44px', look: 'number', cell: ({ rule }) => number(rule, 2) },
  { name: 'Judge', wide: true, width: '48px', cell: ({ judge }) => (judge === null ? '–' : judge ? 'yes' : 'no') },
  { name: 'Prompt', wide: true, width: '62px', look: 'number', cell: ({ characters }) => size(characters / 4) },
  {
    name: 'Depth',
    wide: true,
    width: '48px',
    look: 'number',
    cell: ({ depth }) => (depth === null ? '–' : percent(depth)),
  },
  {
    name: 'Question',
    narrow: 'minmax(60px, 1.4fr)',
    width: 'minmax(200px, 2fr)',
    cell: ({ question }) => question.replace(/\s+/g, ' '),
  },
  {
    name: 'Answer',
    narrow: 'minmax(50px, 1fr)',
    width: 'minmax(120px, 1fr)',
    look: 'answer',
    cell: ({ extracted }) => extracted,
  },
];

const narrowing = ['benchmark', 'state', 'length', 'depth', 'words'] as const;

function Samples({ id }: { readonly id: string }) {
  const { query } = route.value;
  const asked = Object.fromEntries(narrowing.map((name) => [name, query.get(name) ?? '']));
  const key = JSON.stringify(asked);
  const pages = usePages<ScoredRow, ScoredPage>({ id, key }, async (offset, limit, signal) => {
    const page = await source.places?.scored(id, { ...asked, offset, limit }, signal);
    if (page === undefined) throw new Error('no server');
    return page;
  });
  const narrowed = narrowing.filter((name) => asked[name] !== '');
  return (
    <div class="stack samples">
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          go(withQuery({ words: String(new FormData(event.currentTarget).get('words') ?? '') }), true);
        }}
      >
        <h2>Samples</h2>
        <span class="soft small">{count(pages.page.value?.total ?? 0)}</span>
        <input
          id="query"
          name="words"
          type="search"
          defaultValue={asked.words ?? ''}
          placeholder="words of question or answer   /"
          aria-label="Words"
        />
        {narrowed.map((name) => (
          <button key={name} type="button" aria-pressed={true} onClick={() => go(withQuery({ [name]: '' }), true)}>
            {name} {asked[name]} ×
          </button>
        ))}
      </form>
      <div class="long">
        <LongTable
          pages={pages}
          columns={columns}
          label="Samples"
          sort=""
          href={({ benchmark, id: item, repeat }) => to(['evaluation', id, 'sample'], { benchmark, id: item, repeat })}
          empty="No sample is meant."
        />
      </div>
    </div>
  );
}

function Flips({ pair, first, second }: { pair: EvaluationPair; first: string; second: string }) {
  const open = route.value.query.get('flip') ?? '';
  return (
    <section class="stack">
      <h2>
        Items that flipped <span class="soft small">{count(pair.flips.length)}</span>
      </h2>
      {pair.flips.slice(0, 200).map(({ benchmark, id: item, before, after, question }) => {
        const key = `${benchmark} ${item}`;
        return (
          <article key={key} class="panel">
            <button
              type="button"
              class="flip-head"
              aria-expanded={open === key}
              onClick={() => go(withQuery({ flip: open === key ? '' : key }), true)}
            >
              <span class="soft">{benchmark}</span>
              <span class="question">{question || item}</span>
              <Badge tone={after > before ? 'good' : 'bad'}>
                {number(before, 2)} → {number(after, 2)}
              </Badge>
            </button>
            {open === key && (
              <div class="pair">
                <Scored id={first} benchmark={benchmark} item={item} repeat={0} name={pair.before} />
                <Scored id={second} benchmark={benchmark} item={item} repeat={0} name={pair.after} />
              </div>
            )}
          </article>
        );
      })}
    </section>
  );
}

function Against({ detail }: { readonly detail: EvaluationDetail }) {
  const { id, others } = detail;
  const other = route.value.query.get('against') ?? '';
  const pair = useAnswer(`against ${id} ${other}`, async () =>
    other === '' ? undefined : await source.places?.against(id, other),
  );
  if (others.length === 0) return null;
  const half =
    Math.max(0.1, ...(pair.value?.benchmarks ?? []).map(({ change }) => Math.abs(change.after - change.before))) * 1.4;
  return (
    <section class="stack">
      <label class="row">
        <h2>Against</h2>
        <select
          value={other}
          onChange={(event) => go(withQuery({ against: event.currentTarget.value, flip: '' }), true)}
        >
          <option value="">no other</option>
          {others.map((place) => (
            <option key={place.id} value={place.id}>
              {place.name}
            </option>
          ))}
        </select>
      </label>
      {pair.error !== undefined && other !== '' && <Failure error={pair.error} />}
      {pair.value !== undefined && other !== '' && (
        <>
          <Wide label="Paired change">
            <table class="runs pairs">
              <Heads
                numbers={[1, 2, 3, 4, 6, 7]}
                names={[
                  'Benchmark',
                  'Items',
                  detail.name,
                  pair.value.after,
                  'Change',
                  'Change, 95 % paired',
                  'p',
                  'Better, worse',
                ]}
              />
              <tbody>
                {pair.value.benchmarks.map(({ benchmark, change, p, significant, better, worse }) => (
                  <tr key={benchmark}>
                    <td>
                      <b>{benchmark}</b> {significant && <Badge tone="accent">significant</Badge>}
                    </td>
                    <td class="number">{count(change.samples)}</td>
                    <td class="number">{inPercent(change.before)}</td>
                    <td class="number">{inPercent(change.after)}</td>
                    <td class="number">{signed((change.after - change.before) * 100, 1)}</td>
                    <td style={{ minWidth: '170px' }}>
                      <Interval change={change} half={half} />
                      <span class="soft small">
                        {isAnyChange(change)
                          ? 'too few documents'
                          : change.ci95.map((end) => signed(end * 100, 1)).join(' to ')}
                      </span>
                    </td>
                    <td class="number">{number(p)}</td>
                    <td class="number">
                      {better}, {worse}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
          {pair.value.notes.map((note) => (
            <p key={note} class="soft small">
              {note}
            </p>
          ))}
          <Flips pair={pair.value} first={id} second={other} />
        </>
      )}
    </section>
  );
}

export function Benchmarks({ id }: { readonly id: string }) {
  const { value, error } = useAnswer(
    `benchmarks ${id} ${useLive(id)}`,
    async () => await source.places?.evaluation(id),
  );
  if (value === undefined) return <Waiting error={error} />;
  const { name, model, status, progress, profile, judge, benchmarks, longContextMean } = value;
  return (
    <main class="stack">
      <div class="head">
        <h1>{name}</h1>
        <Badge tone={status === 'running' ? 'accent' : stateTone(status)}>
          {status === 'running' && <span class="pulse" />}
          {status}
          {progress !== undefined && `: ${count(progress.answered)} of ${count(progress.of)} requests answered`}
        </Badge>
        <span class="soft">
          {model} · scored by {profile}
          {judge !== undefined && ` · judged by ${judge}`}
          {longContextMean !== null &&
            ` · mean of six ${inPercent(longContextMean.score)} [${longContextMean.ci95.map(inPercent).join(', ')}]`}
        </span>
      </div>
      {benchmarks.length === 0 ? (
        <p class="panel empty">
          {status === 'running'
            ? 'Responses are scored once all are there; this page sees it.'
            : 'Nothing is scored yet.'}
        </p>
      ) : (
        <>
          <Scores benchmarks={benchmarks} />
          <div class="grid wide-cells">
            {benchmarks.map((line) => (
              <Heat key={line.benchmark} line={line} />
            ))}
          </div>
          <Published id={id} models={value.published} />
          <Against detail={value} />
          <Samples id={id} />
        </>
      )}
    </main>
  );
}
