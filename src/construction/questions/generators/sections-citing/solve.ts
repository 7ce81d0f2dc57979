/** @file Reads the references anew from the words of each provision. */
import { nameLike } from '../../provision-words.ts';
import type { ShownPrompt } from '../../read-prompt.ts';
import { namedProvision } from '../../solving/named-provision.ts';
import { citedBy, citing, type ShownProvision, shownProvisions } from '../../solving/provisions.ts';
import { relations } from './wordings.ts';

export function solve({
  documents,
  slots: { document: title = '', nouns = '', relation = '' },
}: ShownPrompt): string[] | undefined {
  const document = documents.find((one) => one.title === title);
  if (document === undefined) return undefined;
  const all = shownProvisions(document, nameLike(nouns));
  const found = matching(all, relation);
  return found?.map(({ name }) => name);
}

function matching(all: readonly ShownProvision[], relation: string): ShownProvision[] | undefined {
  const named = (words = ''): ShownProvision | undefined => namedProvision(all, words);
  for (const kind of ['through', 'direct'] as const) {
    const slots = relations[kind].read(relation);
    if (slots === undefined) continue;
    const target = named(slots.target);
    if (target === undefined) return undefined;
    const direct = citing(all, target);
    if (kind === 'direct') return direct;
    const outside = (one: ShownProvision): boolean =>
      one.number !== target.number && !one.number.startsWith(`${target.number}.`);
    return all.filter(
      (one) =>
        outside(one) &&
        (direct.includes(one) || citedBy(all, one).some((next) => direct.includes(next) && next !== one)),
    );
  }
  return undefined;
}
