/** @file Finds the release of every change and takes the last of them. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedReleases } from '../../solving/asked.ts';
import { shownItems, shownOptions } from '../../solving/options.ts';
import { releaseWith } from '../../solving/releases.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const { items, options } = shown.slots;
  const releases = askedReleases(shown);
  if (releases === undefined) return undefined;
  const lines = `${items}\n${options}`;
  const holders = shownItems(lines).map(({ text }) => releaseWith(releases, text));
  const found = holders.filter((one) => one !== undefined).sort((a, b) => b.day - a.day);
  const right = shownOptions(lines).filter(({ text }) => text === found[0]?.version);
  return found.length === holders.length && right.length === 1 ? right.map(({ letter }) => letter) : undefined;
}
