/**
 * @file One spelling for the words that are spelt in two: British and American endings, symbols and abbreviations. Applied to gold
 * and answer alike, so that equality stays an equality.
 */

const pairs: Readonly<Record<string, string>> = {
  '&': 'and',
  '§': 'section',
  sec: 'section',
  sect: 'section',
  ch: 'chapter',
  chap: 'chapter',
  fig: 'figure',
  vol: 'volume',
  art: 'article',
  para: 'paragraph',
  pt: 'part',
  caesium: 'cesium',
  sulphur: 'sulfur',
  aluminium: 'aluminum',
  grey: 'gray',
  programme: 'program',
  centre: 'center',
  theatre: 'theater',
  fibre: 'fiber',
  calibre: 'caliber',
  metre: 'meter',
  litre: 'liter',
  metres: 'meters',
  litres: 'liters',
  defence: 'defense',
  offence: 'offense',
  licence: 'license',
  cheque: 'check',
  plough: 'plow',
  mould: 'mold',
  jewellery: 'jewelry',
  tyre: 'tire',
  kph: 'km/h',
  kmh: 'km/h',
  'o.k': 'ok',
  okay: 'ok',
  milligram: 'mg',
  milligrams: 'mg',
  microgram: 'μg',
  micrograms: 'μg',
  µg: 'μg',
  kilogram: 'kg',
  kilograms: 'kg',
  kilometre: 'km',
  kilometres: 'km',
  kilometer: 'km',
  kilometers: 'km',
  centimetre: 'cm',
  centimetres: 'cm',
  centimeter: 'cm',
  centimeters: 'cm',
  millimetre: 'mm',
  millimetres: 'mm',
  millimeter: 'mm',
  millimeters: 'mm',
  percent: '%',
};

const our =
  /^((?:dis|un)?(?:col|harb|lab|fav|hon|neighb|behavi|flav|hum|rum|vap|od|tum|arm|parl|rig|vig|val|splend|sav|ard|cland?|clam|endeav|candy?|glam|succ))our(s|ed|ing|ful|able|ite|ites|hood|less|al|y)?$/;
const ise = /^(\p{L}{3,}[^aeiou\W])is(e|es|ed|ing|ation|ations|er|ers)$/u;
const notIse =
  /(?:prom|prem|exerc|adv|rev|dev|superv|surpr|compr|expert|franch|merchand|telev|parad|conc|prec|disgu|enterpr|surm|advert|apprai?|pra?|circumc|exc|desp)is/;
const logue = /^(cata|dia|ana|mono|epi|pro)logue(s?)$/;

/** The one spelling of a word in lower case. Words of other cases pass through. */
export function spelling(word: string): string {
  const known = pairs[word];
  if (known !== undefined && Object.hasOwn(pairs, word)) return known;
  if (word.length < 5) return word;
  if (word.includes('our')) return word.replace(our, '$1or$2');
  if (word.includes('is') && !notIse.test(word)) return word.replace(ise, '$1iz$2');
  if (word.endsWith('logue') || word.endsWith('logues')) return word.replace(logue, '$1log$2');
  return word;
}
