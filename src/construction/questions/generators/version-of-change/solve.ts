/** @file Finds the release of every change and takes the last of them. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownItems, shownOptions } from '../../solving/options.ts';
import { releaseWith, shownReleases } from '../../solving/releases.ts';

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const document = documents.find(({ title }) => title === slots.document);
  if (document === undefined) return undefined;
  const releases = shownReleases(document);
  const lines = `${slots.items}\n${slots.options}`;
  const holders = shownItems(lines).map(({ text }) => releaseWith(releases, text));
  const found = holders.filter((one) => one !== undefined).sort((a, b) => b.day - a.day);
  const right = shownOptions(lines).filter(({ text }) => text === found[0]?.version);
  return found.length === holders.length && right.length === 1 ? right.map(({ letter }) => letter) : undefined;
}
