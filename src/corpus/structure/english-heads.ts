/** @file The language of a table of names and figures, which has too few words to tell it by: its headings are English or they are not. */

/** Words that head the columns of data in English, and are no words of other languages. */
const heads =
  /^(?:name|names|country|city|year|month|day|date|region|type|sex|age|height|weight|length|width|speed|price|amount|count|number|total|value|title|author|address|continent|species|island|elevation|population|income|score|group|time|status|class|state|street|quantity|customer|product|category|description|rate|share|employee|department|salary|height)s?$/i;

const leastHeads = 2;
const leastRows = 12;

/** Whether a text is one table with lines of bars, and English words among its headings. */
export function hasEnglishHeads(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  if (lines.length < leastRows || !lines.every((line) => line.startsWith('|'))) return false;
  const words = first.split(/[^A-Za-z]+/).filter((word) => word !== '');
  return /^[\x20-\x7e]*$/.test(first) && words.filter((word) => heads.test(word)).length >= leastHeads;
}
