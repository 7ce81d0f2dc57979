/** @file Reads the releases of the days asked for anew, and measures or counts. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedReleases } from '../../solving/asked.ts';
import { isoOf, itemsOfKind } from '../../solving/releases.ts';
import { figures } from './wordings.ts';

const dayLength = 86_400_000;

export function solve(shown: ShownPrompt): string[] | undefined {
  const { what = '' } = shown.slots;
  const releases = askedReleases(shown);
  if (releases === undefined) return undefined;
  const within = (from = '', to = '') => releases.filter((one) => isoOf(one) >= from && isoOf(one) <= to);
  const counted = figures.items.read(what);
  if (counted !== undefined) {
    const numbers = within(counted.from, counted.to).map((release) => itemsOfKind(release, counted.kind ?? ''));
    return [String(numbers.reduce((sum, number) => sum + number, 0))];
  }
  const { from, to } = figures.gap.read(what) ?? {};
  const days = within(from, to)
    .map(({ day }) => day)
    .sort((a, b) => a - b);
  const gaps = days.slice(1).map((day, i) => Math.round((day - (days[i] ?? day)) / dayLength));
  return gaps.length === 0 ? undefined : [String(Math.max(...gaps))];
}
