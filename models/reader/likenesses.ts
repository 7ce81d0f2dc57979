/**
 * @file Invented worlds with what makes the packaged documents hard to tell apart: names that share their words, or all but the last token,
 * groups called as the names are, and values that begin as the name does.
 */
import type { Document, Fact } from '../../src/corpus/document.ts';
import type { Random } from '../../src/random.ts';
import { inventedDocument } from '../micro/generated-corpus.ts';
import { adjectives, capitalize, inventedName, inventedPlace, nouns, pastVerbs, verbs } from './words.ts';

const fact = (field: string, type: Fact['type'], value: string): Fact => ({
  field,
  type,
  value,
  span: { start: 0, end: 0 },
});

/** Numbers of every length alike. */
const number = (rng: Random, digits: number): string => {
  const size = rng.integer(1, digits);
  return String(rng.integer(size === 1 ? 0 : 10 ** (size - 1), 10 ** size - 1));
};

const several = (count: number, draw: () => string): string[] => [...new Set(Array.from({ length: count }, draw))];

/** Different names, as many as there are, up to `count`. */
function namesOf(count: number, draw: () => string): string[] {
  const names = new Set<string>();
  for (let tries = 0; names.size < count && tries < 20 * count; tries++) names.add(draw());
  return [...names];
}

const endings = ['n', 'an', 'ian', 'ese', 'i', 'ish', 'er'];

/** `Zimbabwean`: what begins as the name does. */
const derived = (rng: Random, key: string): string => {
  const stem = key.split(/[ ,-]/)[0] ?? key;
  const ending = rng.pick(endings);
  if (/[aeiouy]$/.test(stem) && rng.chance(0.5)) return stem.slice(0, -1) + (ending === 'n' ? 'an' : ending);
  return rng.chance(0.05) ? stem : stem + ending;
};

const regions =
  'Africa,Asia,Europe,North America,South America,Oceania,Middle East,Caribbean,Southeast Asia,Central Asia,Arctic Region'.split(
    ',',
  );

/** Places, with a word for their people that begins as they do. */
export function places(rng: Random, count: number): Document[] {
  const groups = rng.chance(0.6)
    ? rng.sample(regions, rng.integer(3, 9))
    : several(rng.integer(3, 8), () => inventedPlace(rng));
  return namesOf(count, () => inventedPlace(rng)).map((key) =>
    inventedDocument({
      family: 'countries',
      key,
      facts: [
        fact('region', 'category', rng.pick(groups)),
        fact('capital', 'text', rng.chance(0.06) ? key : inventedPlace(rng)),
        fact('demonym', 'text', derived(rng, key)),
        fact(
          'internet code',
          'text',
          `.${key
            .toLowerCase()
            .replace(/[^a-z]/g, '')
            .slice(0, 1)}${rng.pick([...'abdegiklmnorstuz'])}`,
        ),
        fact('peak height', 'number', number(rng, 4)),
        fact('coastline', 'number', number(rng, 5)),
        fact('airport count', 'number', number(rng, 3)),
        fact('independence year', 'number', String(rng.integer(1100, 2015))),
        fact('railway length', 'number', number(rng, 5)),
        fact('waterway length', 'number', number(rng, 5)),
      ],
    }),
  );
}

const parties = ['Democratic', 'Republican', 'Democratic-Republican', 'Whig', 'Federalist', 'Union', 'Independent'];
const initials = (rng: Random): string =>
  (rng.chance(0.5) ? '' : rng.pick([...'ABCDFGHJKLMRTW'])) + rng.pick([...'ABCDFGHJKLMQRTW']);

/** Numbered speeches of a few people, several of whom share a surname: names that differ in the first token or in the last one alone. */
export function speeches(rng: Random, count: number): Document[] {
  const most = rng.integer(4, 12);
  const wanted = Math.max(2, Math.round((count / most) * rng.pick([1.1, 1.5, 2.5, 5])));
  const surnames = several(Math.max(2, Math.round(wanted * 0.8)), () => inventedName(rng));
  const people = namesOf(wanted, () => (rng.chance(0.35) ? `${initials(rng)} ` : '') + rng.pick(surnames));
  const noun = rng.chance(0.6) ? 'message' : rng.pick(nouns);
  const groups = rng.chance(0.6) ? rng.sample(parties, rng.integer(3, 6)) : several(5, () => inventedName(rng));
  const years = people.map((_, i) => 1789 + i * rng.integer(3, 8));
  const all = people.flatMap((person, i) => {
    const group = rng.pick(groups);
    return Array.from({ length: most }, (_, k) => ({
      key: `${person} ${noun} ${k + 1}`,
      group: rng.chance(0.95) ? group : rng.pick(groups),
      year: String((years[i] ?? 1800) + k),
    }));
  });
  return rng.sample(all, count).map(({ key, group, year }) =>
    inventedDocument({
      family: `${noun}s`,
      key,
      facts: [
        fact('party', 'category', group),
        fact('year', 'number', year),
        fact('word count', 'number', number(rng, 5)),
      ],
    }),
  );
}

/** Chapters whose titles are made of a few words and of the people that are their groups. */
export function chapters(rng: Random, count: number): Document[] {
  const cast = several(rng.integer(6, 14), () => inventedName(rng));
  const things = rng.sample(nouns, rng.integer(8, 50)).map(capitalize);
  const marks = rng.sample(adjectives, 8).map(capitalize);
  const [a, b, who] = [() => rng.pick(things), () => rng.pick(things), () => rng.pick(cast)];
  const titles: readonly (() => string)[] = [
    () => `The ${a()}`,
    () => `The ${a()}`,
    () => a(),
    () => `${a()} and ${b()}`,
    () => `The ${a()} and the ${b()}`,
    () => `The ${rng.pick(marks)} ${a()}`,
    () => `A ${rng.pick(marks)} ${a()}`,
    () => `The ${a()}'s ${b()}`,
    () => `The ${rng.pick(marks)} ${a()}'s ${b()}`,
    () => `The ${who()}'s ${a()}`,
    () => who(),
    () => `${who()} and ${who()}`,
    () => `${who()} and the ${a()}`,
    () => `${who()} ${capitalize(rng.pick(verbs))} a ${a()}`,
    () => `${who()} ${capitalize(rng.pick(verbs))} The ${who()}`,
    () => `${a()} of the ${b()}`,
  ];
  const last = [...nouns, ...verbs, ...pastVerbs, ...adjectives];
  return namesOf(count, () => rng.pick(titles)()).map((key, i) =>
    inventedDocument({
      family: 'chapters',
      key,
      facts: [
        fact('first named', 'category', who()),
        fact('chapter', 'number', String(i + 1)),
        fact('word count', 'number', number(rng, 4)),
        fact('last word', 'text', rng.pick(last)),
      ],
    }),
  );
}
