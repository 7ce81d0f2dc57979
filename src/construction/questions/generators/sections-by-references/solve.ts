/** @file Counts anew which provisions refer to each of those listed. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedProvisions } from '../../solving/asked.ts';
import { citing } from '../../solving/provisions.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const all = askedProvisions(shown);
  if (all === undefined) return undefined;
  const counted = (shown.slots.items ?? '').split('\n').map((line) => {
    const one = all.find(({ name, title }) => line === `- ${name}` || line === `- ${name} (${title})`);
    return one === undefined ? undefined : { name: one.name, count: citing(all, one).length };
  });
  const found = counted.filter((one) => one !== undefined).sort((a, b) => b.count - a.count);
  const apart = new Set(found.map(({ count }) => count)).size === found.length;
  return apart && found.length === counted.length ? found.map(({ name }) => name) : undefined;
}
