/** @file One sample in the reader, with its proof, what models said of it, and a person's word by one key. */
import { useRef, useState } from 'preact/hooks';
import type { DraftRow, JudgeWords, Review, SampleDetail, SampleFacts } from '../../src/studio/shared/dataset-api.ts';
import { type AnswerError, answerErrorOf, source } from '../lib/api.ts';
import { count, number, percent, size } from '../lib/format.ts';
import type { Key } from '../lib/keys.ts';
import { go, route, to } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { Badge, Failure, Gold, Task, Waiting } from '../parts/small.tsx';
import { MarkLists } from '../reader/notes.tsx';
import { type ReadingHandle, ReadingView } from '../reader/reading-view.tsx';
import { useMarks, walks } from '../reader/use-marks.ts';
import { Said } from './dataset.tsx';

/** A reply of a judge: JSON as fields and their words, anything else as it is. */
function Words({ words }: { readonly words: string }) {
  try {
    return (
      <pre class="words">
        {JSON.stringify(JSON.parse(words), undefined, 1)
          .replace(/^[{}[\],]+$/gm, '')
          .replace(/\n\s*\n/g, '\n')}
      </pre>
    );
  } catch {
    return <pre class="words">{words}</pre>;
  }
}

function Judge({ judge: { model, verdict, words } }: { readonly judge: JudgeWords }) {
  return (
    <div class="stack">
      <div class="row small">
        <b>{model}</b>
        {Object.entries(verdict).map(([name, passed]) => (
          <Badge key={name} tone={passed ? 'good' : 'bad'}>
            {name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}
          </Badge>
        ))}
      </div>
      {words === undefined ? (
        <p class="soft small">Its reply is not in the work directory.</p>
      ) : (
        <Words words={words} />
      )}
    </div>
  );
}

const meanOf = (rewards: readonly number[]): string =>
  `${number(rewards.reduce((sum, reward) => sum + reward, 0) / Math.max(1, rewards.length), 2)} of ${rewards.length}`;

/** What judges said of keys that are wrong on purpose. */
const NearMisses = ({ controls }: Pick<DraftRow, 'controls'>) => (
  <>
    {controls.map(({ judge, kind, refused }, i) => (
      <div key={i} class="small">
        near miss ({kind}): {judge} {refused ? 'refused it' : 'passed it'}
      </div>
    ))}
  </>
);

/** What language models did for a draft. */
function Models({ detail }: { readonly detail: SampleDetail }) {
  const { llm } = detail.sample.provenance;
  if (llm === undefined) return null;
  const stages = [
    ['without the documents', llm.closedBook],
    ['readers without the key', llm.blind],
    ['among other documents', llm.robustness],
    ...llm.rollouts.map((rollout) => [rollout.stage, rollout] as const),
  ] as const;
  const { draft } = detail;
  return (
    <details open>
      <summary>
        Written by {llm.generation.model}
        {llm.difficulty !== undefined && ` · ${llm.difficulty}`}
      </summary>
      <div class="stack small">
        {stages.map(([name, stage]) =>
          stage === undefined ? null : (
            <div key={name}>
              {name}: mean reward {meanOf(stage.rewards)} <span class="soft">({stage.model})</span>
            </div>
          ),
        )}
        {draft !== undefined && draft.repairs.length > 0 && (
          <ol>
            {draft.repairs.map(({ stage, why }, i) => (
              <li key={i}>
                <Badge tone="warn">{stage}</Badge> {why}
              </li>
            ))}
          </ol>
        )}
        <NearMisses controls={draft?.controls ?? []} />
        {detail.judges.map((judge, i) => (
          <Judge key={i} judge={judge} />
        ))}
        {detail.written !== undefined && (
          <details>
            <summary>The writer's reply</summary>
            <Words words={detail.written} />
          </details>
        )}
      </div>
    </details>
  );
}

function Facts({ sample, documents, placed }: { sample: SampleFacts } & Pick<SampleDetail, 'documents' | 'placed'>) {
  const { provenance, tokens } = sample;
  const { needs, imported, evidence, generator, generatorVersion, subtask } = provenance;
  const holding = documents.filter(({ proof }) => proof > 0).length;
  return (
    <div class="small soft">
      {generator} {generatorVersion}
      {subtask !== undefined && ` · ${subtask}`} · {sample.split} · {size(tokens)} tokens
      {needs !== undefined && (
        <>
          {' '}
          · {needs.windows} windows of proof over {size(needs.spread)} tokens ·{' '}
          {needs.crackedBy.length === 0 ? 'no solver cracks it' : `cracked by ${needs.crackedBy.join(', ')}`}
        </>
      )}
      {evidence.length > 0 && ` · ${placed} of ${evidence.length} places of the proof found in the prompt`}
      {documents.length > 0 && ` · ${holding} of ${documents.length} documents hold it`}
      {imported !== undefined &&
        ` · ${imported.dataset} ${imported.row}: ${[...imported.changes, ...(imported.flags ?? [])].join(', ')}`}
    </div>
  );
}

interface ReviewBarProps {
  readonly review: Review | undefined;
  readonly onTurn: (verdict: 'accept' | 'reject') => void;
  readonly onNote: (note: string) => void;
  readonly error: AnswerError | undefined;
}

function ReviewBar({ review, onTurn, onNote, error }: ReviewBarProps) {
  const { verdict, note = '' } = review ?? {};
  return (
    <section class="stack" aria-label="Review">
      <div class="row">
        <button type="button" aria-pressed={verdict === 'accept'} onClick={() => onTurn('accept')}>
          Accept <kbd>a</kbd>
        </button>
        <button type="button" aria-pressed={verdict === 'reject'} onClick={() => onTurn('reject')}>
          Reject <kbd>x</kbd>
        </button>
      </div>
      <textarea
        id="note"
        key={`${review?.sample} ${note}`}
        defaultValue={note}
        rows={2}
        placeholder="A note   m"
        aria-label="Note"
        onChange={(event) => onNote(event.currentTarget.value)}
      />
      {error !== undefined && <Failure error={error} />}
    </section>
  );
}

/** The list that a sample was opened from, so that keys lead to its neighbours. */
function useNeighbours(id: string) {
  const { query } = route.value;
  const at = query.get('at');
  const [q, sort] = [query.get('q') ?? '', query.get('sort') ?? ''];
  const here = Number(at ?? 0);
  const from = Math.max(0, here - 1);
  const page = useAnswer(`neighbours ${id} ${q} ${sort} ${at}`, async () =>
    at === null ? undefined : await source.places?.samples(id, { q, sort, offset: from, limit: 3 }),
  );
  const move = (by: number) => {
    const row = page.value?.rows[here + by - from];
    if (row !== undefined) go(to(['dataset', id, 'sample', row.id], { at: here + by, q, sort }));
  };
  return { move, at: at === null ? undefined : here, total: page.value?.total, back: to(['dataset', id], { q, sort }) };
}

function Text({ id, detail, canReview }: { id: string; detail: SampleDetail; canReview: boolean }) {
  const { sample, documents, proof } = detail;
  const search = route.value.query.get('find') ?? '';
  const handle = useRef<ReadingHandle>(null);
  const [review, setReview] = useState(detail.review);
  const [error, setError] = useState<AnswerError>();
  const { move, at, total, back } = useNeighbours(id);
  const marks = useMarks(sample.prompt, `${sample.id} ${search}`, {
    question: sample.question,
    rationale: sample.rationale,
    gold: sample.reward.gold,
    proof,
    completion: '',
    search,
  });
  const say = (verdict: 'accept' | 'reject' | null, note: string) => {
    source.places?.review(id, sample.id, { verdict, note }).then(
      () => {
        setError(undefined);
        const said = { sample: sample.id, at: '', ...(verdict && { verdict }), ...(note && { note }) };
        setReview(verdict === null && note.trim() === '' ? undefined : said);
      },
      (reason: unknown) => setError(answerErrorOf(reason, 'It was not written.')),
    );
  };
  const turn = (wanted: 'accept' | 'reject') => say(review?.verdict === wanted ? null : wanted, review?.note ?? '');
  const reviewKeys: Key[] = [
    { key: 'a', does: 'accept, and take it back', run: () => turn('accept') },
    { key: 'x', does: 'reject, and take it back', run: () => turn('reject') },
    { key: 'm', does: 'a note', run: () => document.getElementById('note')?.focus() },
  ];
  const shades = documents.filter((document) => document.proof === 0);
  const onMark = (mark: string) => handle.current?.mark(mark);
  return (
    <ReadingView
      text={sample.prompt}
      marks={marks.all}
      shades={shades}
      tokens={sample.tokens}
      title="Sample"
      question={sample.question}
      walks={walks}
      keys={[
        { key: 'j', does: 'next sample', run: () => move(1) },
        { key: 'k', does: 'sample before', run: () => move(-1) },
        { key: 'b', does: 'the list', run: () => go(back) },
        ...(canReview ? reviewKeys : []),
      ]}
      handle={handle}
      lead={
        documents.length > 0 && (
          <details open>
            <summary class="small">
              {count(documents.length)} documents, {shades.length} without proof
            </summary>
            <ol class="outline">
              {documents.map(({ id: document, title, start, proof: held, licence }) => (
                <li key={document}>
                  <button type="button" onClick={() => handle.current?.place(start)} title={`${document}, ${licence}`}>
                    {held > 0 ? <b>{title}</b> : <span class="soft">{title}</span>}
                    {held > 0 && <span class="soft small"> · {held}</span>}
                  </button>
                </li>
              ))}
            </ol>
          </details>
        )
      }
    >
      <aside class="notes stack" aria-label="Sample">
        <div class="row">
          <Task task={sample.task} />
          <a class="small" href={back}>
            {at === undefined || total === undefined ? 'the list' : `${count(at + 1)} of ${count(total)}`}
          </a>
          <Said review={review} />
        </div>
        {canReview && (
          <ReviewBar
            review={review}
            onTurn={turn}
            onNote={(note) => say(review?.verdict ?? null, note)}
            error={error}
          />
        )}
        <p>{sample.question}</p>
        <Gold lines={sample.reward.gold} />
        <Facts sample={sample} documents={documents} placed={detail.placed} />
        <MarkLists
          text={sample.prompt}
          marks={marks}
          proof={proof}
          onMark={onMark}
          onWalk={(kind, by) => handle.current?.walk(kind, by)}
        />
        <Models detail={detail} />
      </aside>
    </ReadingView>
  );
}

export function Sample({ id, sample }: { readonly id: string; readonly sample: string }) {
  const dataset = useAnswer(`dataset ${id}`, async () => await source.places?.dataset(id));
  const detail = useAnswer(`sample ${id} ${sample}`, async () => await source.places?.sample(id, sample));
  if (detail.value === undefined || detail.value.sample.id !== sample) return <Waiting error={detail.error} />;
  return <Text key={sample} id={id} detail={detail.value} canReview={dataset.value?.review ?? false} />;
}

/** The drafts of the LLM track: what became of each, why, and what was sent back. */
export function DraftList({ id }: { readonly id: string }) {
  const drafts = useAnswer(`drafts ${id}`, async () => await source.places?.drafts(id));
  const stage = route.value.query.get('stage') ?? '';
  if (drafts.value === undefined) return <Waiting error={drafts.error} />;
  const { rows, file } = drafts.value;
  const stages = [...new Set(rows.map((row) => row.stage ?? 'sample'))];
  const shown = rows.filter((row) => stage === '' || (row.stage ?? 'sample') === stage).slice(0, 500);
  return (
    <main class="stack">
      <div class="head">
        <h1>Drafts</h1>
        <span class="soft small">{file}</span>
        <div class="end">
          <a class="button" href={to(['dataset', id])}>
            Samples
          </a>
        </div>
      </div>
      <div class="row" role="toolbar" aria-label="What became of them">
        {['', ...stages].map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={stage === each}
            onClick={() => go(to(['dataset', id, 'drafts'], { stage: each }), true)}
          >
            {each || 'all'} {each === '' ? rows.length : rows.filter((row) => (row.stage ?? 'sample') === each).length}
          </button>
        ))}
      </div>
      {shown.length === 0 && <p class="panel empty">No draft is here.</p>}
      <div class="panel drafts">
        {shown.map(
          ({ index, task, subTask, document, sample, stage: ended, why, repairs, controls, money, requests }) => (
            <details key={index} class="flip">
              <summary>
                <Task task={task} />
                <span class="question">
                  {subTask} <span class="soft">{document}</span>
                </span>
                {repairs.length > 0 && <Badge tone="warn">{repairs.length} sent back</Badge>}
                <Badge tone={ended === undefined ? 'good' : 'bad'}>{ended ?? 'sample'}</Badge>
              </summary>
              <div class="stack pad-draft">
                {why !== undefined && <p>{why}</p>}
                {sample !== undefined && (
                  <a href={to(['dataset', id, 'sample', sample])}>its sample, with the judge's words</a>
                )}
                {repairs.map((fault, i) => (
                  <div key={i}>
                    <Badge tone="warn">{fault.stage}</Badge> {fault.why}
                  </div>
                ))}
                <NearMisses controls={controls} />
                <span class="soft small">
                  {requests} requests{money > 0 && `, ${number(money, 4)} of money`}
                </span>
              </div>
            </details>
          ),
        )}
      </div>
      <p class="soft small">
        {percent(rows.filter(({ sample }) => sample !== undefined).length / Math.max(1, rows.length))} became samples.
        Of drafts that did not, the words are in the cache of replies alone.
      </p>
    </main>
  );
}
