/** @file Sorts the messages by day anew and counts. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { documentCalled, isCalled, shownSpeeches } from '../../solving/talk.ts';
import { readWhere } from '../../views/talk/where.ts';
import { counts } from './wordings.ts';

export function solve({ documents, slots: { where = '', what = '' } }: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, readWhere(where)?.title ?? '');
  if (document === undefined) return undefined;
  const speeches = shownSpeeches(document);
  const writer = counts.days.read(what)?.speaker;
  if (writer !== undefined) {
    const own = speeches.filter(({ speaker }) => isCalled(speaker, writer));
    return own.length === 0 ? undefined : [String(new Set(own.map(({ day }) => day)).size)];
  }
  if (counts.busiest.read(what) === undefined) return undefined;
  const byDay = new Map<string, number>();
  for (const { day } of speeches) byDay.set(day, (byDay.get(day) ?? 0) + 1);
  return [String(Math.max(...byDay.values()))];
}
