import { expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { parseFilter } from './filter-expression.ts';

const document: Readonly<Record<string, string | number | boolean>> = {
  language: 'en',
  tokens: 9000,
  licence: 'MIT',
  title: 'A "quoted" title',
  'metadata.open': true,
  'metadata.year': '1999',
  'metadata.code': '1999a',
};
const fields = { language: 'text', tokens: 'number', licence: 'text', title: 'text', form: 'text' } as const;
const holds = (source: string): boolean => parseFilter(source, fields)((name) => document[name]);

test.each([
  ['language == "en" and tokens > 8000 and licence in ["CC0-1.0", \'MIT\']', true],
  ['language == "zh" or tokens >= 9000', true],
  ['tokens < 9000', false],
  ['tokens <= 9000 and tokens != 8999', true],
  ['not (language == "en" or tokens > 1)', false],
  ['not not tokens > 1', true],
  ['language == "zh" and tokens > 1 or licence == "MIT"', true],
  ['language == "zh" and (tokens > 1 or licence == "MIT")', false],
  ['licence not in ["MIT"]', false],
  ['licence in []', false],
  ['title contains "\\"quoted\\""', true],
  ['metadata.open', true],
  ['metadata.missing', false],
  ['metadata.missing != "x"', true],
  ['metadata.missing not in ["x"]', true],
  ['metadata.year > 1990', true],
  ['metadata.year == 1999 and metadata.year == "1999"', true],
  ['metadata.year != 1999', false],
  ['metadata.year in [1998, 1999]', true],
  ['metadata.code > 1990', false],
  ['form == "constructor"', false],
])('%s is %s', (source, expected) => {
  expect(holds(source)).toBe(expected);
});

test.each([
  ['', 'column 1: got the end, expected a field'],
  ['tokens >', 'column 9: got the end, expected a "text", a number, true or false'],
  ['tokens > 8000 language == "en"', 'column 15: got language, expected and, or, or the end'],
  ['(tokens > 1', 'column 12: got the end, expected )'],
  ['licence in "MIT"', 'column 12: got "MIT", expected ['],
  ['token > 1', 'got "token", expected language | tokens | licence | title | form. Did you mean "tokens"?'],
  ['tokens > 1 && process.exit()', 'column 12: got "&& process.e"'],
  ['title == "open', 'column 10'],
  ['tokens == "9000"', 'column 11: tokens is a number, compared with a text'],
  ['tokens > "abc"', 'compared with a text'],
  ['title > 5', 'column 9: title is a text, compared with a number'],
  ['title == true', 'title is a text, compared with a boolean'],
  ['licence in ["MIT", 5]', 'column 20: licence is a text, compared with a number'],
  ['tokens contains 5', 'tokens is a number, which contains nothing'],
  ['title contains 5', 'title is searched for a number, expected a "text"'],
  ['licence', 'licence is a text, which is neither true nor false'],
  ['('.repeat(200), 'nested deeper than 100'],
])('%s is refused with its place', (source, message) => {
  expect(() => holds(source)).toThrow(UsageError);
  expect(() => holds(source)).toThrow(message);
});

test('a field that is one of some words names them, and what became of the old ones', () => {
  const forms = { form: ['conversation', 'play', 'other'] } as const;
  expect(parseFilter('form in ["play", "other"] and form != "conversation"', forms)(() => 'play')).toBe(true);
  for (const source of ['form == "dialogue"', 'form not in ["play", "dialogue"]'])
    expect(() => parseFilter(source, forms)).toThrow(
      expect.objectContaining({
        code: 'filter-value',
        message: expect.stringContaining('form is never "dialogue", expected conversation | play | other'),
        hint: 'What was a dialogue is now a conversation or a play.',
      }),
    );
  expect(() => parseFilter('form > 3', forms)).toThrow(UsageError);
});
