/** @file Tests both properties on every option. */
import { nameLike } from '../../provision-words.ts';
import type { ShownPrompt } from '../../read-prompt.ts';
import { namedProvision } from '../../solving/named-provision.ts';
import { shownOptions } from '../../solving/options.ts';
import { citing, type ShownProvision, shownProvisions, usesTerm } from '../../solving/provisions.ts';
import { properties } from './wordings.ts';

/** Undefined where the words name no property. */
function has(all: readonly ShownProvision[], one: ShownProvision, words: string): boolean | undefined {
  const { target } = properties.cites.read(words) ?? {};
  if (target !== undefined) {
    const cited = namedProvision(all, target);
    return cited === undefined ? undefined : citing(all, cited).includes(one);
  }
  const { term } = properties.uses.read(words) ?? {};
  if (term !== undefined) return usesTerm(one.body, term);
  const { figure } = properties.states.read(words) ?? {};
  return figure === undefined ? undefined : usesTerm(one.body, figure);
}

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const document = documents.find(({ title }) => title === slots.document);
  if (document === undefined) return undefined;
  const all = shownProvisions(document, nameLike(slots.nouns ?? ''));
  const right = shownOptions(slots.options).filter(({ text }) => {
    const one = all.find(({ name, title }) => text === name || text === `${name} (${title})`);
    return one !== undefined && [slots.one, slots.other].every((words) => has(all, one, words ?? '') === true);
  });
  return right.length === 1 ? right.map(({ letter }) => letter) : undefined;
}
