/** @file A text of any length with its marks: outline, search, text, map, and beside them whatever a screen has to say of it. */
import type { ComponentChildren, RefObject } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Block, blockAt, cutBlocks } from '../../src/studio/shared/reading/blocks.ts';
import type { Mark } from '../../src/studio/shared/reading/segments.ts';
import { count, percent, size } from '../lib/format.ts';
import { type Key, useKeys } from '../lib/keys.ts';
import { go, route, withQuery } from '../lib/route.ts';
import { BlockColumn, type ColumnHandle } from './block-column.tsx';
import { marksByBlock } from './marks.ts';
import { Frame, Minimap, type Shade } from './minimap.tsx';
import { headingText, Outline } from './outline.tsx';

/** What a screen does with the text. */
export interface ReadingHandle {
  /** Shows the mark of that name. */
  mark(id: string): void;
  place(offset: number): void;
  /** Shows the next mark of a kind, or the one before. */
  walk(kind: string, by: number): void;
}

interface ReadingProps {
  readonly text: string;
  /** In the order of their starts. */
  readonly marks: readonly Mark[];
  readonly shades?: readonly Shade[];
  /** Undefined where nobody counted. */
  readonly tokens: number | undefined;
  readonly title: string;
  /** What is asked of the text; it stands behind all of it and is set apart. */
  readonly question?: string;
  /** Keys that lead to the next mark of a kind. */
  readonly walks: readonly { readonly key: string; readonly kind: string; readonly does: string }[];
  readonly keys?: readonly Key[];
  readonly handle: RefObject<ReadingHandle | null>;
  readonly children: ComponentChildren;
  /** Above the outline. */
  readonly lead?: ComponentChildren;
}

const noShades: readonly Shade[] = [];
/** Tokens of a text whose count nobody knows. */
const estimated = (text: string): number => Math.round(text.length / 4.2);
/** Headings that an outline lists. */
const mostHeadings = 3000;

function Search({ search, found, onNext }: { search: string; found: number; onNext: () => void }) {
  return (
    <>
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
          {count(found)} places
          <button type="button" onClick={onNext}>
            next
          </button>
        </div>
      )}
    </>
  );
}

const waiting = new WeakMap<object, string>();

/** Says where one is, a few times a second: a text that changes lays its neighbours out, and no frame should wait for that. */
function tellPlace(element: RefObject<HTMLElement | null>, said: string): void {
  const isFirst = !waiting.has(element);
  waiting.set(element, said);
  if (!isFirst) return;
  setTimeout(() => {
    const last = waiting.get(element) ?? '';
    waiting.delete(element);
    if (element.current !== null && element.current.textContent !== last) element.current.textContent = last;
  }, 250);
}

/** A heading behind the one that it lies in: `Jamaica › Geography`. */
function sectionOf(text: string, headings: readonly Block[], at: number): string {
  const own = headings[at];
  const above = headings.slice(Math.max(0, at - 400), at).findLast(({ level = 1 }) => level < (own?.level ?? 1));
  return [above, own].flatMap((each) => (each === undefined ? [] : [headingText(text, each)])).join(' › ');
}

/** Where the question begins: behind the documents, as a whole or with its first line; behind the end where it does not stand there. */
function questionStart(text: string, question: string): number {
  const first = question.split('\n').find((line) => line.trim() !== '') ?? '';
  if (first === '') return text.length;
  const found = text.lastIndexOf(question) === -1 ? text.lastIndexOf(first) : text.lastIndexOf(question);
  return found > text.length / 2 ? found : text.length;
}

/** The heading that stands above an offset. */
function headingAt(headings: readonly Block[], offset: number): number | undefined {
  if (headings.length === 0 || (headings[0]?.start ?? 0) > offset) return undefined;
  return headings[blockAt(headings, offset)]?.start;
}

export function ReadingView(props: ReadingProps) {
  const {
    text,
    marks,
    shades = noShades,
    tokens,
    title,
    walks,
    keys = [],
    handle,
    children,
    lead,
    question = '',
  } = props;
  const { query } = route.value;
  const search = query.get('find') ?? '';
  const blocks = useMemo(() => cutBlocks(text), [text]);
  const headings = useMemo(() => blocks.filter(({ kind }) => kind === 'heading').slice(0, mostHeadings), [blocks]);
  const byBlock = useMemo(() => marksByBlock(marks, (offset) => blockAt(blocks, offset)), [marks, blocks]);
  const byId = useMemo(() => new Map(marks.map((mark) => [mark.id, mark])), [marks]);
  const column = useRef<ColumnHandle>(null);
  const [frame] = useState(() => new Frame());
  const here = useRef<HTMLSpanElement>(null);
  const pending = useRef<{ readonly until: number; readonly run: () => void } | undefined>(undefined);
  const [current, setCurrent] = useState<string>();
  const [heading, setHeading] = useState<number>();
  const questionAt = useMemo(() => questionStart(text, question), [text, question]);
  const all = tokens ?? estimated(text);
  /** On a small screen the sides lie over the text, one at a time. */
  const [side, setSide] = useState<'outline' | 'notes' | undefined>();
  const turn = (wanted: 'outline' | 'notes') => setSide((before) => (before === wanted ? undefined : wanted));
  const show = useCallback((mark: Mark | undefined) => {
    if (mark === undefined) return;
    setSide(undefined);
    setCurrent(mark.id);
    column.current?.show(mark.start, mark.id);
  }, []);
  const goTo = useCallback((offset: number) => {
    setSide(undefined);
    column.current?.show(offset);
  }, []);
  // Marks of a long text come a moment after it: a key or a click meanwhile counts then.
  const keep = (isEarly: boolean, run: (view: ReadingHandle) => void) => {
    pending.current = isEarly
      ? { until: Date.now() + 5000, run: () => handle.current && run(handle.current) }
      : undefined;
  };
  const walk = (kind: string, by: number) => {
    const own = marks.filter((mark) => mark.kind.split(' ')[0] === kind);
    keep(own.length === 0, (view) => view.walk(kind, by));
    const at = own.findIndex(({ id }) => id === current);
    show(own[at === -1 && by < 0 ? own.length - 1 : (at + by + own.length) % Math.max(1, own.length)]);
  };
  const mark = (id: string) => {
    keep(!byId.has(id), (view) => view.mark(id));
    show(byId.get(id));
  };
  handle.current = { mark, place: goTo, walk };
  useEffect(() => {
    const asked = pending.current;
    if (asked !== undefined && asked.until > Date.now()) asked.run();
  }, [marks]);
  const asked = query.get('mark');
  // The mark that an address names, once marks are there.
  useEffect(() => {
    if (asked !== null) show(byId.get(asked));
  }, [asked, byId, show]);
  useKeys([
    ...walks.flatMap(({ key, kind, does }) => [
      { key, does: `next ${does}`, run: () => walk(kind, 1) },
      ...(key === 'n' ? [{ key: 'N', does: `${does} before`, run: () => walk(kind, -1) }] : []),
    ]),
    { key: 'f', does: 'next place found', run: () => walk('found', 1) },
    { key: '/', does: 'find in the text', run: () => document.getElementById('find')?.focus() },
    ...keys,
  ]);
  const onPlace = useCallback(
    (from: number, to: number) => {
      frame.move(from, to, text.length);
      const share = from / Math.max(1, text.length);
      tellPlace(here, `${size(share * all)} of ${size(all)} tokens · ${percent(share)}`);
      setHeading(headingAt(headings, from));
    },
    [text, headings, all, frame],
  );
  // The sides stay as they are while one scrolls within a section: hundreds of entries would be compared for every frame.
  const outline = useMemo(
    () => <Outline text={text} headings={headings} current={heading} onGo={goTo} />,
    [text, headings, heading, goTo],
  );
  const found = marks.filter(({ kind }) => kind === 'found').length;
  return (
    <main class={`reader ${side === undefined ? '' : `shows-${side}`}`}>
      <h1 class="visually-hidden">{title}</h1>
      <aside aria-label="Outline" class="stack">
        <Search search={search} found={found} onNext={() => walk('found', 1)} />
        <p class="small soft">
          {count(text.length)} characters, {tokens === undefined && 'about '}
          {size(all)} tokens
        </p>
        {lead}
        {outline}
      </aside>
      <div class="page">
        <div class="place small soft">
          <span class="sides">
            <button type="button" aria-pressed={side === 'outline'} onClick={() => turn('outline')}>
              Outline
            </button>
            <button type="button" aria-pressed={side === 'notes'} onClick={() => turn('notes')}>
              Marks
            </button>
          </span>
          <span class="section">
            {heading === undefined ? title : sectionOf(text, headings, blockAt(headings, heading))}
          </span>
          <span ref={here} />
        </div>
        <BlockColumn
          text={text}
          blocks={blocks}
          marks={byBlock}
          current={current}
          asked={questionAt}
          label={title}
          handle={column}
          onPlace={onPlace}
        />
      </div>
      <Minimap
        length={text.length}
        blocks={blocks}
        marks={marks}
        shades={shades}
        tokens={all}
        frame={frame}
        onGo={goTo}
      />
      {children}
    </main>
  );
}
