/** @file The pages of a list that may still grow: asked for again when what they are of changes, or while it is being read. */
import { useEffect, useMemo } from 'preact/hooks';
import { type ListPage, ListPages } from './list-pages.ts';
import { useLive } from './use-live.ts';

/** Milliseconds between two looks at a list that is being read. */
const lookAgain = 800;

interface PagesOptions<Page> {
  /** What the list is of: changes of it are listened to. */
  readonly id: string;
  /** Another key is another list. */
  readonly key: string;
  /** Whether the server is still reading what it lists. */
  readonly isGrowing?: (page: Page) => boolean;
}

export function usePages<Row, Page extends ListPage<Row>>(
  { id, key, isGrowing }: PagesOptions<Page>,
  ask: (offset: number, limit: number, signal: AbortSignal) => Promise<Page>,
): ListPages<Row, Page> {
  const pages = useMemo(() => new ListPages<Row, Page>(ask), [id, key]);
  const turn = useLive(id);
  useEffect(() => {
    if (turn > 0) pages.refresh();
  }, [turn]);
  const page = pages.page.value;
  const growing = page !== undefined && isGrowing?.(page) === true;
  useEffect(() => {
    if (!growing) return undefined;
    const timer = setTimeout(() => pages.refresh(), lookAgain);
    return () => clearTimeout(timer);
  }, [growing, page]);
  return pages;
}
