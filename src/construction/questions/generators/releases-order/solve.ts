/** @file Finds the day of every change's release and sorts them. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { releaseWith, shownReleases } from '../../solving/releases.ts';

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const document = documents.find(({ title }) => title === slots.document);
  if (document === undefined) return undefined;
  const releases = shownReleases(document);
  const items = shownOptions(slots.items).map(({ letter, text }) => ({
    letter,
    day: releaseWith(releases, text)?.day,
  }));
  const days = new Set(items.map(({ day }) => day));
  if (days.has(undefined) || days.size < items.length || items.length === 0) return undefined;
  return [...items].sort((a, b) => (a.day ?? 0) - (b.day ?? 0)).map(({ letter }) => letter);
}
