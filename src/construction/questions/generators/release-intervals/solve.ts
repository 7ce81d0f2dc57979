/** @file Finds the day of every change's release and takes the span. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownItems } from '../../solving/options.ts';
import { releaseWith, shownReleases } from '../../solving/releases.ts';

const dayLength = 86_400_000;

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const document = documents.find(({ title }) => title === slots.document);
  if (document === undefined) return undefined;
  const releases = shownReleases(document);
  const days = shownItems(slots.items).map(({ text }) => releaseWith(releases, text)?.day);
  const known = days.filter((day) => day !== undefined);
  if (known.length < 2 || known.length < days.length) return undefined;
  return [String(Math.round((Math.max(...known) - Math.min(...known)) / dayLength))];
}
