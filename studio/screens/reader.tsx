/** @file A prompt of any length: its outline, its text, its map, its marks, and beside them a completion whose passages lead back into it. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { GroupDetail } from '../../src/studio/shared/api.ts';
import { type Block, blockAt, cutBlocks } from '../../src/studio/shared/reading/blocks.ts';
import type { Mark } from '../../src/studio/shared/reading/segments.ts';
import { source } from '../lib/api.ts';
import { count, number, percent, size } from '../lib/format.ts';
import { useKeys } from '../lib/keys.ts';
import { go, route, to, withQuery } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { Failure, Task } from '../parts/small.tsx';
import { BlockView } from '../reader/block-view.tsx';
import { evidenceId, marksByBlock, quoteId, type ReadingMarks, readingMarks } from '../reader/marks.ts';
import { Minimap } from '../reader/minimap.tsx';
import { QuotedText } from '../reader/quoted-text.tsx';
import { useVirtualBlocks } from '../reader/use-virtual-blocks.ts';

const nothing: ReadingMarks = { evidence: [], gold: [], quotes: [], found: [], all: [] };
/** Tokens of a text whose count nobody knows. */
const estimated = (text: string): number => Math.round(text.length / 4.2);

function Outline({
  text,
  headings,
  current,
  onGo,
}: {
  readonly text: string;
  readonly headings: readonly Block[];
  readonly current: number | undefined;
  readonly onGo: (offset: number) => void;
}) {
  if (headings.length === 0) return <p class="soft small">The text has no headings.</p>;
  const top = Math.min(...headings.map(({ level = 1 }) => level));
  return (
    <ol class="outline">
      {headings.map(({ start, end, level = 1 }) => (
        <li key={start}>
          <button
            type="button"
            style={{ paddingLeft: `${6 + (level - top) * 12}px` }}
            aria-current={start === current}
            onClick={() => onGo(start)}
          >
            {text.slice(start, Math.min(end, start + 120)).replace(/^[#=\s]+|[=\s]+$/g, '')}
          </button>
        </li>
      ))}
    </ol>
  );
}

interface NotesProps {
  readonly id: string;
  readonly detail: GroupDetail | undefined;
  readonly member: number;
  readonly marks: ReadingMarks;
  readonly length: number;
  readonly onMark: (id: string) => void;
}

function Completion({ detail, member, marks, onMark }: NotesProps) {
  const rollout = detail?.group.rollouts[member];
  if (detail === undefined || rollout === undefined) return null;
  return (
    <section class="stack">
      <h2>
        Completion{' '}
        <select
          aria-label="Completion"
          value={member}
          onChange={(event) => go(withQuery({ member: event.currentTarget.value }), true)}
        >
          {detail.group.rollouts.map(({ score }, i) => (
            <option key={i} value={i}>
              {i + 1}: {number(score)}
            </option>
          ))}
        </select>
      </h2>
      <p class="small soft">
        {marks.quotes.length === 0
          ? 'No passage of it stands in the prompt.'
          : `${marks.quotes.length} passages stand in the prompt; each leads there.`}
      </p>
      <QuotedText text={rollout.text} quotes={marks.quotes} onQuote={(i) => onMark(quoteId(i))} />
      <p class="small soft">{rollout.reason}</p>
    </section>
  );
}

function Notes(props: NotesProps) {
  const { id, detail, marks, length, onMark } = props;
  const depth = (start: number) => percent(start / Math.max(1, length));
  return (
    <aside class="notes stack" aria-label="Evidence and completion">
      {detail !== undefined && (
        <section class="stack">
          <div class="row">
            <Task task={detail.group.task} />
            <a class="small" href={to(['run', id, 'group', detail.step, detail.number])}>
              its group at step {detail.step}
            </a>
          </div>
          <p>{detail.group.question}</p>
          <div class="gold">
            {detail.group.gold.map((line) => (
              <code key={line}>{line}</code>
            ))}
          </div>
        </section>
      )}
      {detail?.group.rationale !== undefined && (
        <section>
          <h2>Evidence</h2>
          <ol class="outline">
            {marks.evidence.map(({ line, start, exact, share }, i) => (
              <li key={line}>
                <button type="button" onClick={() => onMark(evidenceId(i))} title={line}>
                  <span class="soft">{depth(start)}</span> {line}
                  {!exact && <span class="soft small"> · {percent(share)} of its words</span>}
                </button>
              </li>
            ))}
          </ol>
          {marks.evidence.length === 0 && <p class="small soft">Not found in the text.</p>}
        </section>
      )}
      <Completion {...props} />
    </aside>
  );
}

/** The screen once its text is there. */
function Text({
  id,
  text,
  detail,
}: {
  readonly id: string;
  readonly text: string;
  readonly detail: GroupDetail | undefined;
}) {
  const { query } = route.value;
  const member = Number(query.get('member') ?? 0);
  const search = query.get('find') ?? '';
  const blocks = useMemo(() => cutBlocks(text), [text]);
  const [marks, setMarks] = useState(nothing);
  const completion = detail?.group.rollouts[member]?.text ?? '';
  useEffect(() => {
    // The text first; a million characters take a moment to search.
    const timer = setTimeout(() => setMarks(readingMarks(text, detail, completion, search)), 30);
    return () => clearTimeout(timer);
  }, [text, detail, completion, search]);
  const byBlock = useMemo(() => marksByBlock(marks.all, (offset) => blockAt(blocks, offset)), [marks, blocks]);
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string>();
  const virtual = useVirtualBlocks({
    count: blocks.length,
    scroller,
    estimate: (i) => {
      const { start, end } = blocks[i] ?? { start: 0, end: 0 };
      const width = Math.min(74, ((scroller.current?.clientWidth ?? 700) - 56) / 7.6);
      return 10 + Math.max(1, Math.ceil((end - start) / width)) * 26;
    },
  });
  const items = virtual.getVirtualItems();
  const goTo = useCallback(
    (offset: number) => virtual.scrollToIndex(blockAt(blocks, offset), { align: 'start' }),
    [virtual, blocks],
  );
  const show = useCallback(
    (mark: Mark | undefined) => {
      if (mark === undefined) return;
      setCurrent(mark.id);
      virtual.scrollToIndex(blockAt(blocks, mark.start), { align: 'center' });
      // The block is laid out first; then its mark is moved into the middle.
      setTimeout(
        () => scroller.current?.querySelector(`[data-marks~="${mark.id}"]`)?.scrollIntoView({ block: 'center' }),
        60,
      );
    },
    [virtual, blocks],
  );
  const byId = useMemo(() => new Map(marks.all.map((mark) => [mark.id, mark])), [marks]);
  const walk = (kind: string, by: number) => {
    const own = marks.all.filter((mark) => mark.kind.startsWith(kind));
    const here = own.findIndex(({ id: each }) => each === current);
    show(own[(here + by + own.length) % Math.max(1, own.length)]);
  };
  const asked = query.get('mark');
  // The mark that an address names, once marks are there.
  useEffect(() => {
    if (asked !== null) show(byId.get(asked));
  }, [asked, byId, show]);
  useKeys([
    { key: 'n', does: 'next evidence', run: () => walk('evidence', 1) },
    { key: 'N', does: 'evidence before', run: () => walk('evidence', -1) },
    { key: 'g', does: 'next place of the gold', run: () => walk('gold', 1) },
    { key: 'q', does: 'next passage of the completion', run: () => walk('quote', 1) },
    { key: 'f', does: 'next place found', run: () => walk('found', 1) },
    { key: '/', does: 'find in the text', run: () => document.getElementById('find')?.focus() },
    {
      key: 'j',
      does: 'next completion',
      run: () => go(withQuery({ member: Math.min((detail?.group.rollouts.length ?? 1) - 1, member + 1) }), true),
    },
    { key: 'k', does: 'completion before', run: () => go(withQuery({ member: Math.max(0, member - 1) }), true) },
  ]);
  const tokens = detail?.group.promptTokens ?? estimated(text);
  const first = blocks[virtual.range?.startIndex ?? 0];
  const last = blocks[virtual.range?.endIndex ?? 0];
  const at = first?.start ?? 0;
  const headings = useMemo(() => blocks.filter(({ kind }) => kind === 'heading').slice(0, 3000), [blocks]);
  const heading = headings.findLast(({ start }) => start <= at)?.start;
  // Both sides stay as they are while one scrolls within a section: hundreds of entries would be compared for every frame.
  const outline = useMemo(
    () => <Outline text={text} headings={headings} current={heading} onGo={goTo} />,
    [text, headings, heading, goTo],
  );
  const notes = useMemo(
    () => (
      <Notes
        id={id}
        detail={detail}
        member={member}
        marks={marks}
        length={text.length}
        onMark={(mark) => show(byId.get(mark))}
      />
    ),
    [id, detail, member, marks, text, show, byId],
  );
  return (
    <main class="reader">
      <h1 class="visually-hidden">Prompt</h1>
      <aside aria-label="Outline" class="stack">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            go(withQuery({ find: String(new FormData(event.currentTarget).get('find') ?? '') }), true);
          }}
        >
          <input
            id="find"
            name="find"
            type="search"
            defaultValue={search}
            placeholder="Find in the text   /"
            aria-label="Find in the text"
            style={{ width: '100%' }}
          />
        </form>
        {search !== '' && (
          <div class="row small">
            {count(marks.found.length)} places
            <button type="button" onClick={() => walk('found', 1)}>
              next
            </button>
          </div>
        )}
        <p class="small soft">
          {count(text.length)} characters, {detail?.group.promptTokens === undefined && 'about '}
          {size(tokens)} tokens; here {size((at / Math.max(1, text.length)) * tokens)}
        </p>
        {outline}
      </aside>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section class="text" ref={scroller} tabIndex={0} aria-label="Prompt">
        <div style={{ height: `${virtual.getTotalSize()}px`, position: 'relative' }}>
          <div style={{ position: 'absolute', insetInline: 0, transform: `translateY(${items[0]?.start ?? 0}px)` }}>
            {items.map(({ index, key }) => {
              const block = blocks[index];
              return block === undefined ? null : (
                <div
                  key={key}
                  data-index={index}
                  ref={(element) => virtual.measureElement(element)}
                  class={`block ${block.kind}`}
                >
                  <BlockView text={text} block={block} marks={byBlock.get(index) ?? []} current={current} />
                </div>
              );
            })}
          </div>
        </div>
      </section>
      <Minimap
        length={text.length}
        blocks={blocks}
        marks={marks.all}
        tokens={tokens}
        from={at}
        to={last?.end ?? 0}
        onGo={goTo}
      />
      {notes}
    </main>
  );
}

export function Reader({ id, hash }: { readonly id: string; readonly hash: string }) {
  const { query } = route.value;
  const [step, line] = [query.get('step'), query.get('group')];
  const prompt = useAnswer(`prompt ${id} ${hash}`, () => source.prompt(id, hash));
  const detail = useAnswer(`reader ${id} ${step} ${line}`, async () =>
    step === null || line === null ? undefined : await source.group(id, Number(step), Number(line)),
  );
  if (prompt.value === undefined)
    return <main>{prompt.error === undefined ? <p class="empty">Reading…</p> : <Failure error={prompt.error} />}</main>;
  return <Text key={hash} id={id} text={prompt.value} detail={detail.value} />;
}
