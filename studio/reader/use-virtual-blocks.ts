/** @file TanStack's virtualiser for blocks of differing heights, measured as they come into sight. */
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

interface BlocksOptions {
  readonly count: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Pixels of a block that nobody has measured. */
  readonly estimate: (index: number) => number;
}

export function useVirtualBlocks({ count, scroller, estimate }: BlocksOptions): Virtualizer<HTMLElement, HTMLElement> {
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: estimate,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    overscan: 6,
    onChange: () => redraw(0),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  return virtualizer;
}
