/** @file The documents of a corpus or a file, and one of them in the reader with what the pipeline finds in it. */
import { signal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { DocumentDetail } from '../../src/studio/shared/document-api.ts';
import type { Mark } from '../../src/studio/shared/reading/segments.ts';
import { source } from '../lib/api.ts';
import { count, size } from '../lib/format.ts';
import { useKeys } from '../lib/keys.ts';
import { go, route, to, withQuery } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { Badge, Heads, Task, Waiting } from '../parts/small.tsx';
import { foundMarks } from '../reader/marks.ts';
import { type ReadingHandle, ReadingView } from '../reader/reading-view.tsx';

/** Kinds that are marked: those that cover whole paragraphs are off at first. */
const shownKinds = signal<ReadonlySet<string>>(
  new Set(['person', 'place', 'organisation', 'work', 'definition', 'reference', 'quotation', 'date', 'quantity']),
);
/** Kinds that the layout shows already. */
const laidOut = new Set(['heading', 'turn', 'speaker', 'table', 'cell']);
/** Marks of one text; more would be no reading. */
const mostMarks = 40_000;

const factId = (i: number): string => `fact-${i}`;

export function Documents({ id }: { readonly id: string }) {
  const { value, error } = useAnswer(`documents ${id}`, async () => await source.places?.documents(id));
  const words = (route.value.query.get('q') ?? '').toLowerCase();
  useKeys([{ key: '/', does: 'query', run: () => document.getElementById('query')?.focus() }]);
  if (value === undefined) return <Waiting error={error} />;
  const shown = value.rows.filter(({ id: own, title, form, language }) =>
    [own, title, form, language].some((text) => text.toLowerCase().includes(words)),
  );
  return (
    <main>
      <div class="head">
        <h1>{value.name}</h1>
        <span class="soft">
          {count(value.total)} documents{value.more && ', the first of more'}
        </span>
        <div class="end">
          <input
            id="query"
            type="search"
            placeholder="title, form or language   /"
            aria-label="Filter documents"
            defaultValue={words}
            onInput={(event) => go(withQuery({ q: event.currentTarget.value }), true)}
          />
        </div>
      </div>
      {shown.length === 0 && <p class="panel empty">No document can be shown.</p>}
      {shown.length > 0 && (
        <div class="panel scroll-x">
          <table class="runs">
            <Heads numbers={[3]} names={['Title', 'Form', 'Language', 'Tokens', 'Licence']} />
            <tbody>
              {shown.slice(0, 500).map(({ row, id: own, title, form, language, tokens, licence }) => (
                <tr key={row}>
                  <td>
                    <a class="name" href={to(['documents', id, row])}>
                      {title || own}
                    </a>
                    <div class="soft small">{own}</div>
                  </td>
                  <td>{form}</td>
                  <td>{language}</td>
                  <td class="number">{size(tokens)}</td>
                  <td class="soft small">{licence}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {shown.length > 500 && <p class="soft small">{count(shown.length - 500)} more: narrow the list.</p>}
    </main>
  );
}

function Legend({ counts }: { readonly counts: ReadonlyMap<string, number> }) {
  const toggle = (kind: string) => {
    const next = new Set(shownKinds.value);
    if (!next.delete(kind)) next.add(kind);
    shownKinds.value = next;
  };
  return (
    <div class="row small" role="toolbar" aria-label="Marks">
      {[...counts]
        .filter(([kind]) => !laidOut.has(kind))
        .map(([kind, marks]) => (
          <button key={kind} type="button" aria-pressed={shownKinds.value.has(kind)} onClick={() => toggle(kind)}>
            <span class={`fact-${kind} swatch`} aria-hidden="true" />
            {kind} {count(marks)}
          </button>
        ))}
    </div>
  );
}

function Text({ id, detail }: { readonly id: string; readonly detail: DocumentDetail }) {
  const { entry, text, marks, tasks } = detail;
  const search = route.value.query.get('find') ?? '';
  const handle = useRef<ReadingHandle>(null);
  const shown = shownKinds.value;
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const { kind } of marks) found.set(kind, (found.get(kind) ?? 0) + 1);
    return found;
  }, [marks]);
  const placed = useMemo(() => {
    const facts = marks
      .flatMap(({ kind, span: { start, end } }, i): Mark[] =>
        shown.has(kind) ? [{ start, end, kind: `fact fact-${kind}`, id: factId(i) }] : [],
      )
      .slice(0, mostMarks);
    return [...facts, ...foundMarks(text, search)].sort((a, b) => a.start - b.start);
  }, [marks, text, search, shown]);
  const listed = marks.map((mark, i) => ({ ...mark, i })).filter(({ kind }) => shown.has(kind));
  const served = tasks.filter(({ serves }) => serves.length > 0);
  const move = (by: number) => go(to(['documents', id, Math.max(0, entry.row + by)]));
  return (
    <ReadingView
      text={text}
      marks={placed}
      tokens={entry.tokens}
      title={entry.title || entry.id}
      walks={[{ key: 'n', kind: 'fact', does: 'mark' }]}
      keys={[
        { key: 'j', does: 'next document', run: () => move(1) },
        { key: 'k', does: 'document before', run: () => move(-1) },
        { key: 'b', does: 'the list', run: () => go(to(['documents', id])) },
      ]}
      handle={handle}
    >
      <aside class="notes stack" aria-label="Document">
        <div>
          <h2>{entry.title || entry.id}</h2>
          <p class="soft small">
            {entry.form}, {entry.language}, {entry.licence} · <a href={to(['documents', id])}>all documents</a>
          </p>
        </div>
        <Legend counts={counts} />
        <details>
          <summary>
            Serves <span class="soft small">{served.length} tasks</span>
          </summary>
          {tasks.map(({ task, ability, serves, lacks }) => (
            <p key={task} class="small">
              <Task task={task} /> {ability}:{' '}
              {serves.length > 0 ? (
                <Badge tone="good">{serves.join(', ')}</Badge>
              ) : (
                <span class="soft">{lacks.join('; ')}</span>
              )}
            </p>
          ))}
        </details>
        <details open>
          <summary>
            Marks <span class="soft small">{count(listed.length)}</span>
          </summary>
          <ol class="outline">
            {listed.slice(0, 400).map(({ i, note }) => (
              <li key={i}>
                <button type="button" title={note} onClick={() => handle.current?.mark(factId(i))}>
                  {note}
                </button>
              </li>
            ))}
          </ol>
        </details>
      </aside>
    </ReadingView>
  );
}

export function Document({ id, row }: { readonly id: string; readonly row: number }) {
  const { value, error } = useAnswer(`document ${id} ${row}`, async () => await source.places?.document(id, row));
  if (value === undefined || value.entry.row !== row) return <Waiting error={error} what="Reading the document…" />;
  return <Text key={`${id} ${row}`} id={id} detail={value} />;
}
