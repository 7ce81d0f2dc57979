/**
 * @file Generated reports with a table each: rows are the units, the heading that a reader quotes is the table's own.
 */
import type { Random } from '../../src/random.ts';
import {
  adjectives,
  capitalize,
  grouped,
  inventedInteger,
  inventedPlace,
  inventedSentence,
  inventedTitle,
  nouns,
} from './words.ts';
import type { Field, Stated, Unit, World } from './world.ts';

const rowNames: readonly ((rng: Random) => string)[] = [
  inventedPlace,
  (rng) => `${capitalize(rng.pick(adjectives))} ${rng.pick(nouns)}`,
  (rng) => `${capitalize(rng.pick(nouns))} ${rng.pick(nouns)}`,
];

function cellOf(rng: Random, style: string): { value: string; number: number } {
  if (style === 'percent') {
    const number = rng.integer(-300, 999) / 10;
    return { value: `${number.toFixed(1)}%`, number };
  }
  if (style === 'decimal') {
    const number = rng.integer(1, 99_999) / 10;
    return { value: number.toFixed(1), number };
  }
  const number = inventedInteger(rng, 6, 2);
  return { value: style === 'grouped' ? grouped(number) : String(number), number };
}

/** `columns`: those of figures. Every row stands in one table only. */
export function tables(rng: Random, rows: number, columns: number): World {
  const count = Math.max(1, Math.min(6, Math.round(rows / rng.integer(3, 14))));
  const years = rng.chance(0.4);
  const first = rng.integer(1980, 2015);
  const fields = Array.from({ length: columns }, (_, i): Field & { style: string } => {
    const style = rng.pick(['plain', 'grouped', 'percent', 'decimal']);
    return {
      name: years
        ? String(first + i)
        : `${capitalize(rng.pick(nouns))}${rng.chance(0.4) ? ` ${rng.pick(nouns)}` : ''} ${i + 1}`.replace(
            / \d+$/,
            rng.chance(0.2) ? ` ${i + 1}` : '',
          ),
      kind: 'figure',
      unit: style === 'percent' ? '%' : '',
      style,
    };
  }).filter(({ name }, i, all) => all.findIndex((other) => other.name === name) === i);
  const label = rng.pick(['Region', 'Item', 'Name', 'Country', 'Branch', 'Kind']);
  const header = `| ${[label, ...fields.map(({ name }) => name)].join(' | ')} |`;
  const naming = rng.pick(rowNames);
  const taken = new Set<string>();
  const units: Unit[] = [];
  const texts = Array.from({ length: count }, (_, d) => {
    const title = inventedTitle(rng);
    const lines = [header, `|${' --- |'.repeat(fields.length + 1)}`];
    for (let r = 0; r < Math.max(2, Math.round(rows / count)); r++) {
      let name = naming(rng);
      while (taken.has(name)) name = naming(rng);
      taken.add(name);
      const cells = fields.map((field) => cellOf(rng, field.style));
      const line = `| ${[name, ...cells.map(({ value }) => value)].join(' | ')} |`;
      lines.push(line);
      const stated = new Map(
        fields.map((field, i): [string, Stated] => [
          field.name,
          { line, ...(cells[i] ?? { value: '' }), told: `${field.name}: ${cells[i]?.value}` },
        ]),
      );
      units.push({ name, heading: header, numbered: line, fields: stated });
    }
    const prose = rng.chance(0.5) ? `${inventedSentence(rng)} ${inventedSentence(rng)}\n\n` : '';
    return `=== Document ${d + 1}: ${title} ===\n\n## ${inventedTitle(rng)}\n\n${prose}${lines.join('\n')}`;
  });
  return { text: texts.join('\n\n'), noun: { one: 'row', many: 'rows' }, fields, units };
}
