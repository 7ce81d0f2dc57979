/** @file Finds the day of every change's release and sorts them. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedReleases } from '../../solving/asked.ts';
import { shownOptions } from '../../solving/options.ts';
import { releaseWith } from '../../solving/releases.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const releases = askedReleases(shown);
  if (releases === undefined) return undefined;
  const items = shownOptions(shown.slots.items).map(({ letter, text }) => ({
    letter,
    day: releaseWith(releases, text)?.day,
  }));
  const days = new Set(items.map(({ day }) => day));
  if (days.has(undefined) || days.size < items.length || items.length === 0) return undefined;
  return [...items].sort((a, b) => (a.day ?? 0) - (b.day ?? 0)).map(({ letter }) => letter);
}
