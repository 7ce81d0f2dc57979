/**
 * @file Worlds of real entries, for measuring only: excerpts of the packaged countries, of the same fields, under the heads of a prompt.
 */
import type { Document } from '../../src/corpus/document.ts';
import type { Random } from '../../src/random.ts';
import { documentOf, type Field, type FieldKind, type Stated, type World } from './world.ts';

interface Line {
  readonly section: string;
  readonly field: string;
  readonly value: string;
}

const longestValue = 120;

function linesOf(text: string): Line[] {
  let section = '';
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) section = line;
    const at = line.indexOf(': ');
    const value = line.slice(at + 2);
    return at <= 0 || line.startsWith('#') || value.length > longestValue || /\bnote$/.test(line.slice(0, at))
      ? []
      : [{ section, field: line.slice(0, at), value }];
  });
}

/** The first figure of a value; undefined where it begins with something else. */
function figureOf(value: string): number | undefined {
  const [, digits, word] = /^\$?(-?[\d,]+(?:\.\d+)?)(?:%|\s(million|billion|trillion))?/.exec(value) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits.replaceAll(',', '')) * ({ million: 1e6, billion: 1e9, trillion: 1e12 }[word ?? ''] ?? 1);
}

const dateOf = (value: string): number | undefined => {
  const [date] = /^\d{1,2} [A-Z][a-z]+ \d{4}/.exec(value) ?? [];
  const day = date === undefined ? Number.NaN : Date.parse(`${date} UTC`);
  return Number.isNaN(day) ? undefined : day / 86_400_000;
};

/** Fields by kind, from what most entries say there. */
function fieldOf(name: string, values: readonly string[]): Field {
  const most = (one: (value: string) => unknown): boolean =>
    values.filter((value) => one(value) !== undefined).length > 0.8 * values.length;
  const kind: FieldKind = most(dateOf)
    ? 'date'
    : most(figureOf)
      ? 'figure'
      : new Set(values).size < values.length / 2
        ? 'category'
        : values.every((value) => value.length < 40)
          ? 'name'
          : 'words';
  const units = new Set(
    values.map((value) => /^\$?-?[\d,.]+(%| [a-z/]+(?: [a-z]+)?)?(?: \(|$)/.exec(value)?.[1] ?? ''),
  );
  return { name, kind, unit: units.size === 1 ? ([...units][0] ?? '') : '' };
}

/** A world of `count` countries with about `fields` fields each, which follow one another in the source. */
export function realEntries(countries: readonly Document[], rng: Random, count: number, fields: number): World {
  const drawn = rng.sample(countries, count);
  const all = drawn.map(({ text }) => linesOf(text));
  const first = all[0] ?? [];
  const from = rng.integer(0, Math.max(0, first.length - fields));
  const wanted = new Set(first.slice(from, from + fields).map(({ field }) => field));
  const documents = drawn.map((document, i) => {
    const name = document.record?.key ?? document.title;
    const stated = new Map<string, Stated>();
    const lines: string[] = [];
    let section = '';
    for (const line of all[i] ?? []) {
      if (!wanted.has(line.field) || stated.has(line.field)) continue;
      if (line.section !== section) lines.push(`${lines.length === 0 ? '' : '\n'}${line.section}\n`);
      section = line.section;
      const text = `${line.field}: ${line.value}`;
      const number = dateOf(line.value) ?? figureOf(line.value);
      stated.set(line.field, { line: text, value: line.value, ...(number === undefined ? {} : { number }) });
      lines.push(text);
    }
    return documentOf(i, name, { lines, fields: stated });
  });
  const units = documents.map(({ unit }) => unit);
  const made = [...wanted].map((name) =>
    fieldOf(
      name,
      units.flatMap(({ fields: own }) => own.get(name)?.value ?? []),
    ),
  );
  return {
    text: documents.map(({ text }) => text).join('\n\n'),
    noun: { one: 'country or territory', many: 'countries and territories' },
    fields: made,
    units,
  };
}
