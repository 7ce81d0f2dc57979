/**
 * @file Generated documents of the kind of an encyclopedia: an entry each, sections of `Field: value` lines.
 */
import type { Random } from '../../src/random.ts';
import {
  adjectives,
  capitalize,
  grouped,
  inventedDate,
  inventedInteger,
  inventedName,
  inventedPerson,
  inventedPlace,
  inventedSentence,
  inventedTitle,
  nouns,
} from './words.ts';
import { documentOf, type Field, type FieldKind, type Stated, type World } from './world.ts';

const unitsOfMeasure = [
  'sq km',
  'km',
  'm',
  'bbl/day',
  'kWh',
  'tons',
  'cu m',
  'people',
  'years',
  'nm',
  'births/1,000 population',
  'deaths',
  'kg',
  'hours',
];
const parts = [
  'total',
  'land',
  'water',
  'male',
  'female',
  'production',
  'exports',
  'imports',
  'rate',
  'consumption',
  'urban',
  'rural',
  'note',
  'paved',
  'other',
  'reserves',
];

interface Drawn extends Field {
  readonly value: (rng: Random) => { readonly value: string; readonly number?: number };
}

/** Names of fields share their beginnings, as `Area - total` and `Area - land` do. */
function fieldNames(rng: Random, count: number): string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const roll = rng.next();
    const base =
      roll < 0.4
        ? capitalize(rng.pick(nouns))
        : roll < 0.7
          ? `${capitalize(rng.pick(adjectives))} ${rng.pick(nouns)}`
          : `${capitalize(rng.pick(nouns))} ${rng.pick(nouns)}`;
    if (rng.chance(0.35)) for (const part of rng.sample(parts, rng.integer(1, 4))) names.add(`${base} - ${part}`);
    else if (rng.chance(0.08)) for (const ages of ['0-14', '15-24', '25-54']) names.add(`${base} - ${ages} years`);
    else names.add(base);
  }
  return rng.shuffle([...names]).slice(0, count);
}

function figure(rng: Random): Drawn['value'] & { unit: string } {
  const digits = rng.integer(2, 6);
  const style = rng.pick(['plain', 'unit', 'percent', 'money', 'decimal', 'bare'] as const);
  const measure = rng.pick(unitsOfMeasure);
  const year = rng.integer(1990, 2024);
  const tail = rng.chance(0.4) ? ` (${year}${rng.chance(0.6) ? ' est.' : ''})` : '';
  const unit = {
    plain: '',
    bare: '',
    unit: ` ${measure}`,
    percent: '%',
    money: '',
    decimal: rng.chance(0.5) ? ` ${measure}` : '',
  }[style];
  const draw = (own: Random) => {
    if (style === 'percent') {
      const number = own.integer(1, 999) / 10;
      return { value: `${number}%${tail}`, number };
    }
    if (style === 'decimal') {
      const number = own.integer(1, 9999) / 100;
      return { value: `${number}${unit}${tail}`, number };
    }
    if (style === 'money') {
      const number = own.integer(11, 9999) / 10;
      const million = own.chance(0.5);
      return { value: `$${number} ${million ? 'million' : 'billion'}${tail}`, number: number * (million ? 1 : 1000) };
    }
    const number = inventedInteger(own, digits, Math.max(1, digits - 2));
    return { value: `${style === 'bare' ? number : grouped(number)}${unit}${tail}`, number };
  };
  return Object.assign(draw, { unit: style === 'money' ? ' million' : unit });
}

function dated(rng: Random): Drawn['value'] {
  const years = rng.chance(0.3);
  return (own) => {
    if (years) {
      const number = own.integer(1500, 2024);
      return { value: String(number), number: number * 372 };
    }
    const value = inventedDate(own);
    return { value, number: Date.parse(`${value} UTC`) / 86_400_000 };
  };
}

function drawField(rng: Random, name: string, kinds: readonly FieldKind[]): Drawn {
  const kind = rng.pick(kinds);
  switch (kind) {
    case 'figure': {
      const value = figure(rng);
      return { name, kind, unit: value.unit, value };
    }
    case 'date':
      return { name, kind, unit: '', value: dated(rng) };
    case 'category': {
      const names = Array.from({ length: rng.integer(2, 4) }, () =>
        rng.chance(0.5) ? rng.pick(nouns) : inventedName(rng),
      );
      return { name, kind, unit: '', value: (own) => ({ value: own.pick(names) }) };
    }
    case 'name': {
      const draw = rng.pick([inventedPlace, inventedPerson, inventedTitle]);
      return { name, kind, unit: '', value: (own) => ({ value: draw(own) }) };
    }
    case 'words': {
      const most = rng.integer(2, 5);
      return {
        name,
        kind,
        unit: '',
        value: (own) => ({
          value: own.chance(0.5)
            ? Array.from({ length: own.integer(2, most) }, () =>
                own.chance(0.5) ? inventedName(own) : `${own.pick(adjectives)} ${own.pick(nouns)}`,
              ).join(', ')
            : inventedSentence(own).slice(0, -1).toLowerCase(),
        }),
      };
    }
  }
}

export interface EntriesOptions {
  readonly count: number;
  /** Fields of an entry. */
  readonly fields: number;
  /** Share of the fields that an entry lacks. */
  readonly missing: number;
  readonly kinds?: readonly FieldKind[];
}

const usual: readonly FieldKind[] = ['figure', 'figure', 'figure', 'date', 'name', 'category', 'words'];
const nounsOfEntries = [
  { one: 'country or territory', many: 'countries and territories' },
  { one: 'book', many: 'books' },
  { one: 'product', many: 'products' },
  { one: 'entry', many: 'entries' },
  { one: 'entry', many: 'entries' },
];

export function entries(rng: Random, options: EntriesOptions): World {
  const noun = rng.pick(nounsOfEntries);
  const naming =
    noun.one === 'book'
      ? inventedTitle
      : noun.one === 'entry'
        ? rng.pick([inventedPlace, inventedPerson, inventedTitle])
        : inventedPlace;
  const names = new Set<string>();
  while (names.size < options.count) names.add(naming(rng));
  const fields = fieldNames(rng, options.fields).map((name, i) =>
    drawField(rng, name, options.kinds ?? (i === 0 ? ['figure'] : usual)),
  );
  const sections = options.fields > 4 && rng.chance(0.7);
  const heads = new Map(
    fields.filter(() => sections && rng.chance(0.3)).map(({ name }) => [name, `## ${capitalize(rng.pick(nouns))}`]),
  );
  const documents = [...names].map((name, i) => {
    const stated = new Map<string, Stated>();
    const lines: string[] = [];
    for (const [k, field] of fields.entries()) {
      if (k > 0 && rng.chance(options.missing)) continue;
      const drawn = field.value(rng);
      const line = `${field.name}: ${drawn.value}`;
      stated.set(field.name, { line, ...drawn });
      const head = heads.get(field.name);
      if (head !== undefined) lines.push(lines.length === 0 ? `${head}\n` : `\n${head}\n`);
      lines.push(line);
    }
    return documentOf(i, name, { lines, fields: stated });
  });
  return {
    text: documents.map(({ text }) => text).join('\n\n'),
    noun,
    fields: fields.map(({ name, kind, unit }) => ({ name, kind, unit })),
    units: documents.map(({ unit }) => unit),
  };
}
