import { expect, test } from 'vitest';
import { InputError } from './errors.ts';
import { yamlValue } from './yaml-value.ts';

const letters = 'abcdefghi';
/** Nine levels of nine aliases each: 387 million values. */
const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  .concat([...letters.slice(1)].map((name, i) => `${name}: &${name} [${`*${letters[i]}, `.repeat(9)}]`))
  .join('\n');

test('a document is its value', () => {
  expect(yamlValue('a: [1, two]\nb: &x 3\nc: *x', 'f.yaml')).toEqual({ a: [1, 'two'], b: 3, c: 3 });
});

test.each([
  ['aliases that multiply', bomb],
  ['brackets without end', '['.repeat(100_000)],
  ['dashes without end', '- '.repeat(100_000)],
  ['indentation without end', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['a syntax error', 'a: [1'],
])('%s are an error of the file', (_, text) => {
  expect(() => yamlValue(text, 'f.yaml')).toThrow(InputError);
  expect(() => yamlValue(text, 'f.yaml')).toThrow('f.yaml: not readable as YAML');
});
