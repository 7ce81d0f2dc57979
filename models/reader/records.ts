/**
 * @file Worlds in the product's short rendering: a heading and one line for each record. Names, categories and values are invented.
 */

import type { Dossier } from '../../src/construction/generator.ts';
import { shortContext } from '../../src/construction/render.ts';
import { drawDossier } from '../../src/construction/synthetic/dossier.ts';
import type { Document, Fact } from '../../src/corpus/document.ts';
import type { Random } from '../../src/random.ts';
import { inventedDocument, inventedDocuments } from '../micro/generated-corpus.ts';
import { chapters, places, speeches } from './likenesses.ts';
import {
  adjectives,
  capitalize,
  inventedName,
  inventedPerson,
  inventedPlace,
  inventedTitle,
  nouns,
  verbs,
} from './words.ts';

/** Numbers of every length alike. */
const number = (rng: Random, digits: number): string => {
  const size = rng.integer(1, digits);
  return String(rng.integer(size === 1 ? 0 : 10 ** (size - 1), 10 ** size - 1));
};

const label = (rng: Random): string => {
  const noun = rng.pick(nouns);
  return rng.chance(0.5) ? noun : rng.chance(0.5) ? `${rng.pick(adjectives)} ${noun}` : `${rng.pick(nouns)} ${noun}`;
};

const fact = (field: string, type: Fact['type'], value: string): Fact => ({
  field,
  type,
  value,
  span: { start: 0, end: 0 },
});

/** A title of plain words, as chapters have: many begin alike. */
function chapter(rng: Random): string {
  const word = (): string => capitalize(rng.chance(0.7) ? rng.pick(nouns) : rng.pick(adjectives));
  const roll = rng.next();
  if (roll < 0.3) return `The ${word()}`;
  if (roll < 0.45) return `The ${word()} ${word()}`;
  if (roll < 0.6) return `${word()} ${rng.pick(['and', 'of', 'in', 'at', 'for'])} the ${word()}`;
  if (roll < 0.75) return `${inventedName(rng)} ${capitalize(rng.pick(verbs))} ${rng.pick(['The ', ''])}${word()}`;
  if (roll < 0.85) return `The ${inventedName(rng)}'s ${word()}`;
  return rng.chance(0.5) ? `${word()} ${word()}` : word();
}

/** Names of a few stems with a number each. */
function series(rng: Random): (rng: Random) => string {
  const noun = rng.pick(nouns);
  const stems = Array.from(
    { length: 40 },
    () => (rng.chance(0.3) ? `${rng.pick('ABCDEFGHJKLMNPRSTW'.split(''))} ` : '') + inventedName(rng),
  );
  return (own) => `${own.pick(stems)} ${noun} ${own.integer(1, 15)}`;
}

/** Records of a family with fields of any name; a category is shared by two to five of them, or there are few categories. */
function anyDocuments(rng: Random, count: number): Document[] {
  const [family, category, ...fields] = [...new Set(Array.from({ length: 12 }, () => label(rng)))];
  const naming = rng.pick([
    inventedPlace,
    inventedPerson,
    inventedTitle,
    chapter,
    chapter,
    series(rng),
    series(rng),
    series(rng),
  ]);
  const valued = rng.pick([inventedPlace, inventedPerson, (own: Random) => own.pick(nouns)]);
  const digits = [rng.integer(2, 5), rng.integer(2, 5)];
  const groups = rng.chance(0.5) ? rng.integer(3, 5) : Math.max(3, Math.round(count / rng.integer(2, 4)));
  const categories = new Set<string>();
  const names = new Set<string>();
  while (names.size < count) names.add(naming(rng));
  const within = rng.chance(0.3);
  while (categories.size < groups)
    categories.add(
      within && rng.chance(0.6)
        ? capitalize(
            rng.pick(
              rng
                .pick([...names])
                .split(/[^A-Za-z]+/)
                .filter((word) => word.length > 2),
            ) ?? inventedName(rng),
          )
        : rng.chance(0.8)
          ? inventedName(rng)
          : inventedPlace(rng),
    );
  return [...names].map((key) =>
    inventedDocument({
      family: `${family}s`,
      key,
      facts: [
        fact(category ?? 'kind', 'category', rng.pick([...categories])),
        fact(fields[0] ?? 'place', 'text', valued(rng)),
        ...digits.map((most, i) => fact(fields[i + 1] ?? 'size', 'number', number(rng, most + 1))),
      ],
    }),
  );
}

const usualDocuments = (rng: Random, count: number): Document[] => inventedDocuments(count, rng.integer(0, 2 ** 40));

const likenesses = (rng: Random, count: number): Document[] => rng.pick([places, speeches, chapters])(rng, count);

/** A dossier of `size` records. */
export function records(rng: Random, size: number): Dossier {
  for (;;) {
    // Values that occur twice are left out, so more are drawn than are wanted.
    const count = Math.round(size * 1.5) + 4;
    const world = rng.pick([anyDocuments, likenesses, likenesses, likenesses, usualDocuments]);
    const drawn = drawDossier(world(rng, count), size, rng);
    if (drawn !== undefined) return drawn;
    size = Math.max(4, Math.round(size * 0.8));
  }
}

/** What a line of a record has in tokens, about. */
export const tokensPerRecord = 26;

/** Its text, as the prompt shows it. */
export const recordsText = shortContext;
