/** @file Gate g1: the provision that a question names, by its number or its heading. */
import { headed } from '../provision-words.ts';
import type { ShownProvision } from './provisions.ts';
import { plain } from './tables.ts';

/** Undefined where none or several fit. */
export function namedProvision(all: readonly ShownProvision[], words: string): ShownProvision | undefined {
  const { title } = headed.read(words) ?? {};
  const fits = all.filter((one) => (title === undefined ? one.name === words : plain(one.title) === plain(title)));
  return fits.length === 1 ? fits[0] : undefined;
}
