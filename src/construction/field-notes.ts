/**
 * @file Where the full text of a document states each field: the notes that a long prompt carries, so that a question about
 * `region` is about one line of the document and not about the reader's opinion.
 */
import type { Dossier } from './generator.ts';

const heading = (field: string): string => `the "${field}" that the first line of each document states`;

const notes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  countries: {
    region: 'the line "Map references" ("Caribbean" stands for "Central America and the Caribbean")',
    capital: 'the line "Capital - name"',
    demonym: 'the line "Nationality - adjective"',
    'internet code': 'the line "Internet country code"',
    'peak height': 'the metres in the line "Elevation extremes - highest point"',
    coastline: 'the kilometres in the line "Coastline"',
    'airport count': 'the number in the line "Airports"',
    'independence year': 'the first year in the line "Independence"',
    'railway length': 'the kilometres in the line "Railways - total"',
    'waterway length': 'the kilometres in the line "Waterways"',
  },
  messages: { party: heading('Party'), year: heading('Year'), 'word count': heading('Words') },
};

/** Notes of chapters and parts: numbers stand in their heading, names in their prose. */
function partNote(field: string, dossier: Dossier): string {
  if (field === 'first named') {
    const names = dossier.records[0]?.document.record?.names ?? [];
    return `whichever of these names comes first in the prose below the first line: ${names.join(', ')}`;
  }
  if (field === 'last word') return 'the last word of the prose';
  if (field === 'word count') return 'the number of words that the first line of each document states';
  return `the ${field} number that the first line of each document states`;
}

/** One line a shown field: `- region: the line "Map references"`. Numbers are asked for without thousands separators. */
export function fieldNotes(dossier: Dossier): string {
  const shown = [dossier.categoryField, ...dossier.fields];
  const lines = shown.map((field) => `- ${field}: ${notes[dossier.family]?.[field] ?? partNote(field, dossier)}`);
  return `The documents above include ${dossier.records.length} ${dossier.family}. Terms of the question:\n${lines.join('\n')}\nWrite numbers without separators.`;
}
