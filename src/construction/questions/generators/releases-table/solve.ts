/** @file Reads the releases of the days asked for and counts their items anew. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedReleases } from '../../solving/asked.ts';
import { isoOf, itemsOfKind } from '../../solving/releases.ts';
import { columns } from './wordings.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const { language, slots } = shown;
  const { kind = '' } = slots;
  const all = askedReleases(shown);
  if (all === undefined) return undefined;
  const [from, to] = [slots.from, slots.to].map((version) => all.find((release) => release.version === version));
  if (from === undefined || to === undefined) return undefined;
  const rows = all.filter((release) => isoOf(release) >= isoOf(from) && isoOf(release) <= isoOf(to));
  const data = rows.map((release) => [release.version, isoOf(release), String(itemsOfKind(release, kind))]);
  return data.length === 0 ? undefined : [JSON.stringify({ columns: [...columns[language], kind], data })];
}
