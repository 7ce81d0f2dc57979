/** @file The entries of lists of references and of notes, by their marks. */
import type { Span } from '../../document.ts';
import { type Prose, spanAt } from '../../structure/prose.ts';

/** Notes of one number that are kept. */
const mostEntries = 50;

export const bibliography =
  /^(?:references|bibliography|works cited|literature cited|normative references|informative references|notes|sources|参考文献|参考资料)$/i;

const entry = /\n[ \t]{0,8}\[([\w.+-]{1,30})\][:：]?[ \t]+(?=\S)/g;

/** The entries of lists of references by their marks: `[12]`, `[RFC2119]`, `12.` under such a heading. */
export function entriesOf({ text, sections, lists }: Prose): Map<string, Span[]> {
  const found = new Map<string, Span[]>();
  const add = (key: string, span: Span): void => {
    found.set(key, [...(found.get(key) ?? []).slice(-mostEntries), span]);
  };
  for (const match of text.includes('[') ? text.matchAll(entry) : []) {
    const end = /\n[ \t]*(?:\n|\[)/.exec(text.slice(match.index + 1, match.index + 1500))?.index;
    add(match[1] ?? '', {
      start: match.index + 1,
      end: end === undefined ? Math.min(text.length, match.index + 1500) : match.index + 1 + end,
    });
  }
  for (const { title, span } of sections)
    if (bibliography.test(title))
      for (const list of lists)
        if (list.ordered && list.span.start >= span.start && list.span.end <= span.end)
          for (const { marker, span: item } of list.items) add(/\d+/.exec(marker)?.[0] ?? '', item);
  return found;
}

/** Notes are numbered anew in each chapter: the next one behind the place. */
export const entryFor = (entries: readonly Span[], at: number): Span | undefined =>
  entries.length === 1 ? entries[0] : entries.find(({ start }) => start > at);

/** Whether a place is a heading, a caption or otherwise no prose. */
export function inProse(prose: Prose, at: number): boolean {
  return spanAt(prose.sentences, at) !== undefined;
}
