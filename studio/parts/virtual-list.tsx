/**
 * @file A list of rows of one height, of which only those in sight are there. Arithmetic instead of a virtualiser: one that keeps a place for each
 * of a million rows needs a hundred megabytes. Where all rows would be taller than a browser lets an element be, scrolling is scaled.
 */
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Chromium lays out 33 million pixels at most, Firefox 17. */
const tallest = 15_000_000;
/** Rows beyond the edges. */
const spare = 12;

/** Moves a list so that a row is in sight. */
export interface ListHandle {
  show(row: number): void;
}

interface VirtualListProps {
  readonly count: number;
  readonly rowHeight: number;
  readonly label: string;
  readonly head: ComponentChildren;
  readonly row: (index: number) => ComponentChildren;
  /** The rows in sight change. */
  readonly onRange: (first: number, last: number) => void;
  readonly handle?: RefObject<ListHandle | null>;
}

export function VirtualList({ count, rowHeight, label, head, row, onRange, handle }: VirtualListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const headHeight = 32;
  const full = count * rowHeight;
  const shown = Math.min(full, tallest);
  const room = Math.max(1, shown - view.height + headHeight);
  const offset = full <= tallest ? view.top : (view.top / room) * (full - view.height + headHeight);
  const first = Math.max(0, Math.floor(offset / rowHeight) - spare);
  const last = Math.min(count, Math.ceil((offset + view.height) / rowHeight) + spare);
  useLayoutEffect(() => onRange(first, last), [first, last, onRange]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  if (handle !== undefined)
    handle.current = {
      show: (index) => {
        const element = scroller.current;
        if (element === null) return;
        const [from, to] = [index * rowHeight, (index + 1) * rowHeight];
        if (from >= offset && to <= offset + view.height - headHeight) return;
        const wanted = from < offset ? from : to - view.height + headHeight;
        element.scrollTop = full <= tallest ? wanted : (wanted / (full - view.height)) * room;
      },
    };
  const shift = full <= tallest ? first * rowHeight : view.top + first * rowHeight - offset;
  const rows = [];
  for (let index = first; index < last; index++) rows.push(row(index));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section class="scroller" ref={scroller} tabIndex={0} aria-label={label}>
      {head}
      <div style={{ height: `${shown}px`, position: 'relative' }}>
        <div style={{ transform: `translateY(${shift}px)`, position: 'absolute', insetInline: 0 }}>{rows}</div>
      </div>
    </section>
  );
}
