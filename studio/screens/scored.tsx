/** @file One scored response of an evaluation: question, gold, where the evidence stood, the response, why it is worth this much, what the judge said. */
import { source } from '../lib/api.ts';
import { count, number, percent, size } from '../lib/format.ts';
import { route, to } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { AnswerText } from '../parts/answer-text.tsx';
import { Badge, Failure, Gold, scoredTone } from '../parts/small.tsx';

/** A panel, alone or beside another evaluation's. */
export function Scored({
  id,
  benchmark,
  item,
  repeat,
  name,
}: {
  readonly id: string;
  readonly benchmark: string;
  readonly item: string;
  readonly repeat: number;
  readonly name?: string;
}) {
  const { value, error } = useAnswer(
    `scored ${id} ${benchmark} ${item} ${repeat}`,
    async () => await source.places?.scoredSample(id, { benchmark, id: item, repeat }),
  );
  if (value === undefined) return error === undefined ? <p class="soft">Reading…</p> : <Failure error={error} />;
  const { row, question, gold, evidence, response, answer, words } = value;
  return (
    <article class="member" aria-label={name ?? 'Response'}>
      <header>
        {name !== undefined && <h3>{name}</h3>}
        <span class="score">{number(row.score, 2)}</span>
        <Badge tone={scoredTone(row.state)}>{row.state}</Badge>
        <span class="soft small">
          rule {number(row.rule, 2)}
          {row.judge !== null && `, judge ${row.judge ? 'yes' : 'no'}`} · {size(row.characters / 4)} tokens of prompt
          {row.depth !== null && ` · evidence at ${percent(row.depth)}`}
          {row.truncation !== undefined &&
            ` · cut from ${count(row.truncation.original)} to ${count(row.truncation.kept)} ${row.truncation.unit}`}
        </span>
      </header>
      {name === undefined && <p class="inner">{question}</p>}
      <div class="inner">
        <Gold lines={gold} />
      </div>
      {evidence !== undefined && name === undefined && (
        <p class="inner evidence-excerpt">
          {evidence.before}
          <mark class="evidence">{evidence.span}</mark>
          {evidence.after}
        </p>
      )}
      {response === undefined ? (
        <p class="inner soft small">The cache does not hold the response.</p>
      ) : (
        <AnswerText label={`Response ${name ?? ''}`} text={answer ?? response} at={undefined} />
      )}
      <footer>
        <div>
          read as <code>{row.extracted || '–'}</code> {row.answer?.reason}
        </div>
        {row.error !== undefined && (
          <div>
            {row.error.code}: {row.error.message}
          </div>
        )}
        {words.map((said, i) => (
          <details key={i} open={words.length === 1}>
            <summary>The judge{words.length > 1 && ` ${i + 1}`}</summary>
            <pre class="words">{said}</pre>
          </details>
        ))}
        {row.judge !== null && words.length === 0 && (
          <div class="small">Its words were not kept: score again with golongrl eval run --resume DIR --rescore.</div>
        )}
      </footer>
    </article>
  );
}

export function ScoredScreen({ id }: { readonly id: string }) {
  const { query } = route.value;
  const [benchmark, item] = [query.get('benchmark') ?? '', query.get('id') ?? ''];
  return (
    <main class="stack">
      <div class="head">
        <h1>{benchmark}</h1>
        <span class="mono soft">{item}</span>
        <div class="end">
          <a class="button" href={to(['evaluation', id], { benchmark })}>
            All samples
          </a>
        </div>
      </div>
      <Scored id={id} benchmark={benchmark} item={item} repeat={Number(query.get('repeat') ?? 0)} />
    </main>
  );
}
