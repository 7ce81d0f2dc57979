/** @file Counts anew which provisions refer to each of those listed. */
import { nameLike } from '../../provision-words.ts';
import type { ShownPrompt } from '../../read-prompt.ts';
import { citing, shownProvisions } from '../../solving/provisions.ts';

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const document = documents.find(({ title }) => title === slots.document);
  if (document === undefined) return undefined;
  const all = shownProvisions(document, nameLike(slots.nouns ?? ''));
  const counted = (slots.items ?? '').split('\n').map((line) => {
    const one = all.find(({ name, title }) => line === `- ${name}` || line === `- ${name} (${title})`);
    return one === undefined ? undefined : { name: one.name, count: citing(all, one).length };
  });
  const found = counted.filter((one) => one !== undefined).sort((a, b) => b.count - a.count);
  const apart = new Set(found.map(({ count }) => count)).size === found.length;
  return apart && found.length === counted.length ? found.map(({ name }) => name) : undefined;
}
