/**
 * @file The blocks of a text, of which those in sight and a few screens around are there. Each is placed by itself, so that one that comes moves no
 * other, and while one scrolls within what is there, nothing is computed at all: that is what keeps the frames.
 */
import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Block, blockAt } from '../../src/studio/shared/reading/blocks.ts';
import type { Mark } from '../../src/studio/shared/reading/segments.ts';
import { BlockHeights } from './block-heights.ts';
import { BlockView } from './block-view.tsx';

/** Moves the column. */
export interface ColumnHandle {
  /** The mark of that name, when it is given, comes into the middle. */
  show(offset: number, mark?: string): void;
}

interface ColumnProps {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly marks: ReadonlyMap<number, readonly Mark[]>;
  readonly current: string | undefined;
  /** Blocks from this offset on are the question. */
  readonly asked: number;
  readonly label: string;
  readonly handle: RefObject<ColumnHandle | null>;
  /** Characters in sight. */
  readonly onPlace: (from: number, to: number) => void;
}

const nothing: readonly Mark[] = [];
/** Space above the first block. */
const lead = 22;

/** Screens that a step adds in the direction of the scroll. */
const ahead = 2.5;

/** A guess from the letters of a block. */
function estimate({ kind, start, end }: Block, width: number): number {
  const letters = Math.max(20, Math.min(86, width / 8.1));
  if (kind === 'heading') return 50;
  if (kind === 'table') return 34 + ((end - start) / letters) * 16;
  return 10 + Math.max(1, Math.ceil((end - start) / letters)) * 26;
}

/** The same node for the same props: what did not change is not looked at again. */
function useBlockNodes({ text, blocks, marks, current }: ColumnProps): (index: number) => VNode | null {
  const kept = useMemo(() => new Map<number, VNode>(), [text, blocks, marks, current]);
  return (index) => {
    const block = blocks[index];
    if (block === undefined) return null;
    const node = kept.get(index) ?? (
      <BlockView text={text} block={block} marks={marks.get(index) ?? nothing} current={current} />
    );
    kept.set(index, node);
    return node;
  };
}

export function BlockColumn(props: ColumnProps) {
  const { text, blocks, asked, label, handle, onPlace } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(756);
  /** Of the part in sight: asking the element would lay the page out. */
  const room = useRef(800);
  const heights = useMemo(
    () => new BlockHeights(blocks.length, (i) => estimate(blocks[i] ?? { kind: 'text', start: 0, end: 0 }, width - 56)),
    [blocks, width],
  );
  const [[first, last], setRange] = useState<readonly [number, number]>([0, 12]);
  const [, redraw] = useState(0);
  const nodeOf = useBlockNodes(props);

  /** Where the last step was taken. */
  const before = useRef(0);

  const look = () => {
    const element = scroller.current;
    if (element === null) return;
    const clientHeight = room.current;
    const top = element.scrollTop - lead;
    const [from, to] = [heights.at(top), heights.at(top + clientHeight)];
    onPlace(blocks[from]?.start ?? 0, blocks[to]?.end ?? text.length);
    const half = clientHeight / 2;
    const isThere =
      (first === 0 || heights.top(first) <= top - half) &&
      (last >= heights.count || heights.top(last) >= top + clientHeight + half);
    if (isThere) return;
    // More of where one goes: a step costs a frame, so there are few of them.
    const [above, below] = top >= before.current ? [0.75, ahead] : [ahead, 0.75];
    before.current = top;
    setRange([heights.at(top - above * clientHeight), heights.at(top + (1 + below) * clientHeight) + 1]);
  };
  const latest = useRef(look);
  latest.current = look;

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = () => latest.current();
    const observer = new ResizeObserver(() => {
      setWidth(element.clientWidth);
      room.current = element.clientHeight;
      latest.current();
    });
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    // What is in sight stays where it is when a block above turns out to be taller than was thought.
    const anchor = heights.at(element.scrollTop - lead);
    const was = heights.top(anchor);
    let changed = false;
    for (const child of element.querySelectorAll<HTMLElement>('.block')) {
      const index = Number(child.dataset.index);
      if (!heights.isMeasured(index)) changed = heights.set(index, child.offsetHeight) || changed;
    }
    if (!changed) return;
    const moved = heights.top(anchor) - was;
    if (moved !== 0) element.scrollTop += moved;
    redraw((turn) => turn + 1);
  });
  useLayoutEffect(() => look(), [heights]);

  handle.current = {
    show: (offset, mark) => {
      const element = scroller.current;
      if (element === null) return;
      const index = blockAt(blocks, offset);
      element.scrollTop = heights.top(index) + lead - (mark === undefined ? 0 : element.clientHeight / 3);
      latest.current();
      // The block is laid out first; then its mark is moved into the middle, or its top to the top.
      let turns = mark === undefined ? 2 : 6;
      const settle = () => {
        const found = mark === undefined ? null : element.querySelector(`[data-marks~="${mark}"]`);
        if (found !== null) found.scrollIntoView({ block: 'center' });
        else element.scrollTop = heights.top(index) + lead - (mark === undefined ? 0 : element.clientHeight / 3);
        if (--turns > 0 && found === null) requestAnimationFrame(settle);
      };
      requestAnimationFrame(settle);
    },
  };

  const shown = [];
  for (let index = first; index < Math.min(last, blocks.length); index++) {
    const { kind, start } = blocks[index] ?? { kind: 'text', start: 0 };
    shown.push(
      <div
        key={index}
        data-index={index}
        class={`block ${kind === 'text' ? '' : kind} ${start >= asked ? 'asked' : ''}`}
        style={{ top: `${heights.top(index)}px` }}
      >
        {nodeOf(index)}
      </div>,
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section class="text" ref={scroller} tabIndex={0} aria-label={label}>
      <div class="blocks" style={{ height: `${heights.total}px` }}>
        {shown}
      </div>
    </section>
  );
}
