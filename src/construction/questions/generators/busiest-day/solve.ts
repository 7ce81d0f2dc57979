/** @file Sorts the messages by day anew and counts. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedSpeeches } from '../../solving/asked.ts';
import { isCalled } from '../../solving/talk.ts';
import { counts } from './wordings.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const speeches = askedSpeeches(shown);
  if (speeches === undefined) return undefined;
  const { what = '' } = shown.slots;
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
