/** @file Reads the references anew from the words of each provision. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedProvisions } from '../../solving/asked.ts';
import { namedProvision } from '../../solving/named-provision.ts';
import { citedBy, citing, type ShownProvision } from '../../solving/provisions.ts';
import { relations } from './wordings.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const all = askedProvisions(shown);
  const found = all && matching(all, shown.slots.relation ?? '');
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
