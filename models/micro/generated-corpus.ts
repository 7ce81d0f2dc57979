/**
 * @file Invented documents for the micro policy's supervised start: no real name, no real number, no other people's text.
 * The families and fields are those of the real corpora (and some that are not), so that the policy learns to read a
 * dossier, not to know one. RL then meets the real documents for the first time.
 */
import type { Document, Fact } from '../../src/corpus/document.ts';
import { type Random, random } from '../../src/random.ts';

const onsets = ['b', 'br', 'c', 'ch', 'd', 'dr', 'f', 'g', 'gr', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'qu', 'r', 's', 'sh', 'st', 't', 'th', 'tr', 'v', 'w', 'y', 'z', ''];
const nuclei = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ia', 'ou', 'oo', 'au', 'y'];
const codas = ['', '', '', 'n', 'r', 'l', 's', 'm', 'nd', 'ng', 'rt', 'st', 'ck', 'ss', 'd', 't', 'k', 'ry', 'ny', 'lle'];
const words = (
  'Ship Sea Storm Island Captain Letter Night Fire Line Whale Boat Harbor Chase Sermon Deck Mast Candle Lamp Bell Chart Wheel Hammer Street Inn ' +
  'Chapel Pulpit Breakfast Cabin Quarter Dinner Leg Arm Head Tail Fountain Honour Glory Doubloon Symphony Forge Needle Log Anchor Buoy Hat Cask ' +
  'Garden River Mountain Winter Summer Market Bridge Tower Crown Mirror Window Door Voyage Pilot Compass Lantern Rope Barrel Journal Council Treaty'
).split(' ');

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One to three invented syllables, capitalised. */
function inventedName(rng: Random, most = 3): string {
  let name = '';
  for (let left = Math.min(most, rng.pick([1, 1, 2, 2, 2, 2, 3])); left > 0; left--) name += rng.pick(onsets) + rng.pick(nuclei) + rng.pick(codas);
  return name.length < 3 ? inventedName(rng, most) : capitalize(name.slice(0, 12));
}

function inventedPlace(rng: Random): string {
  const name = inventedName(rng);
  const roll = rng.next();
  if (roll < 0.06) return `${rng.pick(['New', 'South', 'North', 'Saint', 'East', 'West', 'Port'])} ${name}`;
  if (roll < 0.16) return `${name} ${inventedName(rng, 2)}`;
  if (roll < 0.2) return `${name} ${rng.pick(['Islands', 'Island', 'City', 'and', 'Republic'])}${rng.chance(0.3) ? ` ${inventedName(rng, 2)}` : ''}`;
  if (roll < 0.24) return `${name.slice(0, 1)}'${inventedName(rng, 2)}`;
  if (roll < 0.28) return `${name}-${inventedName(rng, 2)}`;
  return name;
}

function inventedTitle(rng: Random): string {
  const title = rng.chance(0.5) ? `The ${rng.pick(words)}` : rng.chance(0.5) ? rng.pick(words) : `${rng.pick(words)} ${rng.pick(['and', 'of', 'in', 'the'])} ${rng.pick(words)}`;
  return rng.chance(0.3) ? `${title} of ${inventedName(rng)}` : title;
}

/** Numbers of every length alike: uniform digits, then uniform inside. */
function inventedNumber(rng: Random, mostDigits: number): string {
  const digits = rng.integer(1, mostDigits);
  return String(rng.integer(digits === 1 ? 0 : 10 ** (digits - 1), 10 ** digits - 1));
}

interface Family {
  readonly family: string;
  readonly category: string;
  /** Usual category values; the rest are invented anew for each world. */
  readonly usual: readonly string[];
  readonly key: (rng: Random) => string;
  readonly text: Readonly<Record<string, (rng: Random) => string>>;
  readonly numbers: Readonly<Record<string, (rng: Random) => string>>;
}

const person = (rng: Random): string => (rng.chance(0.5) ? inventedName(rng) : `${inventedName(rng, 2)} ${inventedName(rng, 2)}`);
const yearBetween = (low: number, high: number) => (rng: Random) => String(rng.integer(low, high));
const upTo = (digits: number) => (rng: Random) => inventedNumber(rng, digits);

const inventedFamilies: readonly Family[] = [
  {
    family: 'countries',
    category: 'region',
    usual: ['Africa', 'Asia', 'Europe', 'North America', 'South America', 'Oceania', 'Middle East', 'Central America'],
    key: inventedPlace,
    text: { capital: inventedPlace, demonym: (rng) => `${inventedName(rng)}${rng.pick(['ian', 'ese', 'i', 'an', 'ish'])}`, 'internet code': (rng) => `.${rng.pick(onsets) || 'x'}${rng.pick(['a', 'e', 'k', 'm', 'n', 's', 't', 'z'])}`.slice(0, 3) },
    numbers: { 'peak height': upTo(4), coastline: upTo(5), 'airport count': upTo(3), 'railway length': upTo(5), 'waterway length': upTo(5), 'independence year': yearBetween(1500, 2015) },
  },
  {
    family: 'messages',
    category: 'party',
    usual: ['Republican', 'Democratic', 'Whig', 'Federalist', 'Union'],
    key: (rng) => `${inventedName(rng)} ${rng.pick(['message', 'message', 'address'])} ${rng.integer(1, 12)}`,
    text: {},
    numbers: { year: yearBetween(1780, 2020), 'word count': upTo(5) },
  },
  {
    family: 'chapters',
    category: 'first named',
    usual: ['Ahab', 'Queequeg', 'Stubb', 'Starbuck', 'Flask', 'Bildad', 'Peleg', 'Pip'],
    key: inventedTitle,
    text: { 'last word': (rng) => rng.pick(words).toLowerCase() },
    numbers: { chapter: yearBetween(1, 150), 'word count': upTo(4) },
  },
  {
    family: 'players',
    category: 'team',
    usual: [],
    key: person,
    text: { town: inventedPlace },
    numbers: { 'goal count': upTo(2), 'game count': upTo(3), 'birth year': yearBetween(1900, 2010) },
  },
  {
    family: 'ships',
    category: 'flag',
    usual: [],
    key: inventedTitle,
    text: { captain: person },
    numbers: { 'crew size': upTo(3), 'building year': yearBetween(1700, 2020) },
  },
];

/** One invented world: `count` documents of one family. Every call with the same labels gives the same world. */
export function inventedDocuments(count: number, ...labels: readonly (string | number)[]): Document[] {
  const rng = random('invented', ...labels);
  const family = rng.pick(inventedFamilies);
  const categories = rng.sample([...family.usual, ...Array.from({ length: 6 }, () => (rng.chance(0.8) ? inventedName(rng) : inventedPlace(rng)))], rng.integer(3, 5));
  const keys = new Set<string>();
  while (keys.size < count) keys.add(family.key(rng));
  return [...keys].map((key) => {
    const facts: Fact[] = [{ field: family.category, type: 'category', value: rng.pick(categories), span: { start: 0, end: 0 } }];
    for (const [field, draw] of Object.entries(family.text)) facts.push({ field, type: 'text', value: draw(rng), span: { start: 0, end: 0 } });
    for (const [field, draw] of Object.entries(family.numbers)) facts.push({ field, type: 'number', value: draw(rng), span: { start: 0, end: 0 } });
    return {
      id: `invented/${key}`,
      sha256: '',
      title: key,
      source: 'invented',
      licence: 'Apache-2.0',
      language: 'en',
      kind: 'reference',
      text: '',
      record: { family: family.family, key, facts },
    };
  });
}
