import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { recordsStatements } from '../records-statements/index.ts';
import { recordsOrder } from './index.ts';

const states = [
  ['Fiji', '10 October 1970 (from the UK)', '18,274 sq km', '1,129 km', '903,207'],
  ['Tonga', '4 June 1970 (from UK protectorate)', '717 sq km', '419 km', '106,501'],
  ['Kiribati', '12 July 1979 (from the UK)', '811 sq km', '1,143 km', '105,711'],
  ['Palau', '1 October 1994', '459 sq km', '1,519 km', '21,265'],
  ['Nauru', '31 January 1968 (from a mandate of Australia and New Zealand)', '21 sq km', '30 km', '9,540'],
  ['Samoa', '1 January 1962 (from a trusteeship)', '2,821 sq km', '403 km', '197,773'],
] as const;
const entries = states.map(([title, day, land, coast, people]) => ({
  title,
  text: `## Profile\n\nCapital: Town of the ${title} coast\nIndependence: ${day}\nArea - land: ${land}\nCoastline: ${coast}\nPopulation: ${people}`,
}));

test('entries are put in the order of a day that one of their fields states', () => {
  const asked = ask(recordsOrder, entries);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toContain('in the order of the dates given under “Independence”, earliest first.');
  const name = (letter: string): string => new RegExp(`\\(${letter}\\) (.*)`).exec(asked.question)?.[1] ?? '';
  const days = asked.gold.map((letter) => states.find(([title]) => title === name(letter))?.[1] ?? '');
  const year = (day: string): number => Number(/\d{4}/.exec(day)?.[0]);
  expect(days.map(year)).toEqual([...days.map(year)].sort((a, b) => a - b));
  expect(asked.solve()).toEqual(asked.gold);
  expect(asked.readsBack).toBe(true);
});

test('a field that says several days or none is not asked about', () => {
  const twice = entries.map(({ title, text }) => ({
    title,
    text: text.replace(/^(Independence: .*)$/m, '$1; republic declared on 7 October 1987'),
  }));
  expect(ask(recordsOrder, twice)).toBe('no field whose value begins with a day');
});

test('one of four comparisons is true, and levels of a field are named in brackets', () => {
  const asked = ask(recordsStatements, entries);
  expect(asked).toBe('too few figures that lie near each other');
  const more = entries.map(({ title, text }, i) => ({
    title,
    text: `${text}\nRoads - paved: ${100 + 30 * i} km\nExports: ${400 + 90 * ((i * 5) % 6)} t\nBirth rate: ${20 + 3 * ((i * 4) % 7)}%`,
  }));
  const found = ask(recordsStatements, more);
  if (typeof found === 'string') throw new Error(found);
  expect(found.question.match(/^\([A-D]\) “.*” is higher for .* than for .*$/gm)).toHaveLength(4);
  expect(found.question).not.toContain('Roads - paved');
  expect(found.solve()).toEqual(found.gold);
});
