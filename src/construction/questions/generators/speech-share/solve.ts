/** @file Counts all speeches and those of the persons asked for. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { documentCalled, isCalled, shownSpeeches, within } from '../../solving/talk.ts';
import { readWhere } from '../../views/talk/where.ts';
import { namesTogether } from './wordings.ts';

export function solve({ documents, slots: { where = '', who = '' } }: ShownPrompt): string[] | undefined {
  const place = readWhere(where);
  const document = documentCalled(documents, place?.title ?? '');
  if (document === undefined || place === undefined) return undefined;
  const speeches = within(shownSpeeches(document), place);
  const counts = namesTogether(who).map((name) => speeches.filter(({ speaker }) => isCalled(speaker, name)).length);
  const own = counts.reduce((sum, count) => sum + count, 0);
  return counts.includes(0) || speeches.length === 0 ? undefined : [((100 * own) / speeches.length).toFixed(1)];
}
