/**
 * @file Invented names and plain English words that generated documents are made of. No real name, no other people's text.
 */
import type { Random } from '../../src/random.ts';

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

const onsets = [...list('b br c ch d dr f g gr h j k l m n p qu r s sh st t th tr v w y z kl pr bl fr sw'), ''];
const nuclei = list('a e i o u ai ea ia ou oo au y ei a e i o');
const codas = [...list('n r l s m nd ng rt st ck ss d t k ry ny lle x rn lt'), '', '', '', ''];

export const nouns = list(`
  ship sea storm island captain letter night fire line whale boat harbour sermon deck mast candle lamp bell chart wheel hammer street inn
  chapel breakfast cabin quarter dinner leg arm head tail fountain honour glory forge needle log anchor hat cask garden river mountain winter
  summer market bridge tower crown mirror window door voyage pilot compass lantern rope barrel journal council treaty law court tax army
  people government nation state union peace trade labour land water energy oil gas coal iron wheat corn cotton wool sugar timber steel
  road railway port airport school hospital library museum farm factory mill bank office house village city town coast border valley
  forest lake desert field hill stone wood paper glass silver gold copper salt milk bread fish horse dog bird tree flower seed rain wind
  snow ice cloud sun moon star year month week day hour minute budget report page chapter section article clause rule notice order claim
  payment price cost wage rent debt loan fund share profit loss sale growth demand supply stock export import output yield capacity
  customer worker owner member visitor teacher doctor judge officer soldier sailor merchant farmer writer painter singer king queen prince
  duke servant friend brother sister father mother son daughter child man woman stranger neighbour enemy guest master
`);

export const adjectives = list(`
  old new great small large long short high low deep dark bright cold warm dry wet early late quiet loud strong weak rich poor free open
  public private annual monthly total average local national foreign central northern southern eastern western upper lower main minor major
  general special common rare ordinary final first second third last next former present future gross net rural urban civil military
`);

export const verbs = list(`
  sees hears finds keeps takes gives brings sends leaves holds opens closes builds breaks mends sells buys counts reads writes calls asks
  answers follows leads meets fears loves hates trusts doubts needs wants helps stops starts moves turns raises lowers carries covers
  reaches crosses passes watches guards serves joins
`);

export const pastVerbs = list(`
  saw heard found kept took gave brought sent left held opened closed built broke mended sold bought counted read wrote called asked
  answered followed led met feared loved trusted doubted needed wanted helped stopped started moved turned raised lowered carried covered
  reached crossed passed watched guarded served joined
`);

export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One to three invented syllables, capitalised. */
export function inventedName(rng: Random, most = 3): string {
  let name = '';
  for (let left = Math.min(most, rng.pick([1, 1, 2, 2, 2, 2, 3])); left > 0; left--)
    name += rng.pick(onsets) + rng.pick(nuclei) + rng.pick(codas);
  return name.length < 3 ? inventedName(rng, most) : capitalize(name.slice(0, 12));
}

/** A place: some of several words, as places are called. */
export function inventedPlace(rng: Random): string {
  const name = inventedName(rng);
  const roll = rng.next();
  if (roll < 0.1) return `${rng.pick(['New', 'South', 'North', 'Saint', 'East', 'West', 'Port', 'Upper'])} ${name}`;
  if (roll < 0.18) return `${name} ${inventedName(rng, 2)}`;
  if (roll < 0.24) return `${name} ${rng.pick(['Islands', 'Island', 'City', 'Republic', 'Valley'])}`;
  if (roll < 0.28) return `${name} and ${inventedName(rng, 2)}`;
  if (roll < 0.31) return `${name}-${inventedName(rng, 2)}`;
  if (roll < 0.33) return `${name}, ${rng.pick(['The', 'Republic of', 'Union of'])}`;
  return name;
}

export const inventedPerson = (rng: Random): string =>
  rng.chance(0.4)
    ? inventedName(rng)
    : `${inventedName(rng, 2)} ${rng.chance(0.3) ? inventedName(rng, 2).toUpperCase() : inventedName(rng, 2)}`;

/** Words of the title of a book, a chapter or a report. */
export function inventedTitle(rng: Random): string {
  const noun = (): string => capitalize(rng.pick(nouns));
  const roll = rng.next();
  const title =
    roll < 0.35
      ? `The ${noun()}`
      : roll < 0.55
        ? `${capitalize(rng.pick(adjectives))} ${noun()}`
        : roll < 0.8
          ? `${noun()} ${rng.pick(['and', 'of', 'in the', 'to the'])} ${noun()}`
          : noun();
  return rng.chance(0.3) ? `${title} of ${inventedName(rng)}` : title;
}

const months = list('January February March April May June July August September October November December');

export const inventedDate = (rng: Random, from = 1780, to = 2024): string =>
  `${rng.integer(1, 28)} ${rng.pick(months)} ${rng.integer(from, to)}`;

/** Numbers of every length alike: uniform digits, then uniform inside. */
export function inventedInteger(rng: Random, mostDigits: number, leastDigits = 1): number {
  const digits = rng.integer(leastDigits, mostDigits);
  return rng.integer(digits === 1 ? 1 : 10 ** (digits - 1), 10 ** digits - 1);
}

/** `12,345`. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** A sentence of invented prose. */
export function inventedSentence(rng: Random): string {
  const thing = (): string =>
    `${rng.pick(['the', 'the', 'a', 'his', 'her', 'our', 'every', 'no'])} ${rng.chance(0.4) ? `${rng.pick(adjectives)} ` : ''}${rng.pick(nouns)}`;
  const who = (): string => (rng.chance(0.3) ? inventedName(rng) : thing());
  const clause = (): string =>
    `${who()} ${rng.pick(pastVerbs)} ${thing()}${rng.chance(0.5) ? ` ${rng.pick(['of', 'in', 'near', 'with', 'before', 'after', 'from', 'under', 'for'])} ${thing()}` : ''}`;
  const roll = rng.next();
  const text =
    roll < 0.4
      ? clause()
      : roll < 0.7
        ? `${clause()}, ${rng.pick(['and', 'but', 'while', 'because', 'so that', 'for'])} ${clause()}`
        : roll < 0.85
          ? `${rng.pick(['when', 'if', 'since', 'after', 'although'])} ${clause()}, ${clause()}`
          : `${clause()}; ${clause()}`;
  return `${capitalize(text)}${rng.pick(['.', '.', '.', '.', '!', '?'])}`;
}
