/** @file Tests both properties on every option. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedProvisions } from '../../solving/asked.ts';
import { namedProvision } from '../../solving/named-provision.ts';
import { shownOptions } from '../../solving/options.ts';
import { citing, type ShownProvision, usesTerm } from '../../solving/provisions.ts';
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

export function solve(shown: ShownPrompt): string[] | undefined {
  const { options, one: first, other } = shown.slots;
  const all = askedProvisions(shown);
  if (all === undefined) return undefined;
  const right = shownOptions(options).filter(({ text }) => {
    const one = all.find(({ name, title }) => text === name || text === `${name} (${title})`);
    return one !== undefined && [first, other].every((words) => has(all, one, words ?? '') === true);
  });
  return right.length === 1 ? right.map(({ letter }) => letter) : undefined;
}
