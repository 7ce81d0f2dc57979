import { describe, expect, test } from 'vitest';
import { loadCorpus } from './load-corpus.ts';
import { countWords, isLabel, makeDocument, provesFact, sha256 } from './make-document.ts';

const corpus = loadCorpus();
const family = (name: string) => corpus.filter((document) => document.record?.family === name);
const factsOf = (key: string) =>
  Object.fromEntries(
    (corpus.find((d) => d.record?.key === key)?.record?.facts ?? []).map((fact) => [fact.field, fact.value]),
  );

test('the corpus has three families, large enough to be split', () => {
  expect(family('countries').length).toBeGreaterThan(200);
  expect(family('messages').length).toBeGreaterThan(200);
  expect(family('chapters').length).toBeGreaterThan(90);
});

test('loading twice gives the same documents in the same order', () => {
  expect(loadCorpus().map((document) => document.sha256)).toEqual(corpus.map((document) => document.sha256));
});

test('every fact is stated by its evidence', () => {
  for (const document of corpus) {
    for (const fact of document.record?.facts ?? []) {
      expect(provesFact(document.text, fact), `${document.id} ${fact.field}`).toBe(true);
    }
  }
});

test('ids and keys are unique, keys and text values are short and plain, numbers are plain digits', () => {
  expect(new Set(corpus.map((document) => document.id)).size).toBe(corpus.length);
  const keys = corpus.flatMap((document) =>
    document.record === undefined ? [] : [`${document.record.family}/${document.record.key}`],
  );
  expect(new Set(keys).size).toBe(keys.length);
  for (const document of corpus) {
    if (document.record === undefined) continue;
    expect(isLabel(document.record.key), document.record.key).toBe(true);
    for (const fact of document.record.facts) {
      expect(
        fact.type === 'number' ? /^\d{1,5}$/.test(fact.value) : isLabel(fact.value),
        `${document.id} ${fact.value}`,
      ).toBe(true);
    }
  }
});

test('texts are whitespace-normal, hashed, licensed and carry no heading mark of the rendering', () => {
  for (const document of corpus) {
    expect(document.text).not.toMatch(/\t|\r| {2}|\n{3}|\u00a0/);
    expect(document.text).not.toMatch(/^# /m);
    expect(document.sha256).toBe(sha256(document.text));
    expect(['public-domain', 'CC0-1.0']).toContain(document.licence);
    expect(document.source).toMatch(/@\d+\.\d+\.\d+$/);
  }
});

describe('facts as a reader of the source finds them', () => {
  test.each([
    [
      'Chad',
      {
        region: 'Africa',
        capital: "N'Djamena",
        'internet code': '.td',
        'peak height': '3415',
        coastline: '0',
        'independence year': '1960',
      },
    ],
    [
      'Austria',
      {
        region: 'Europe',
        capital: 'Vienna',
        demonym: 'Austrian',
        'peak height': '3798',
        'independence year': '1918',
      },
    ],
    ['Lincoln message 3', { party: 'Republican', year: '1863' }],
    ['Van Buren message 1', { party: 'Democratic', year: '1837' }],
    ['Loomings', { 'first named': 'Ishmael', chapter: '1', 'last word': 'air' }],
    ['Pequod Meets The Virgin', { chapter: '81' }],
  ])('%s', (key, expected) => {
    expect(factsOf(key)).toMatchObject(expected);
  });
});

test('a fact whose evidence does not state it is refused', () => {
  const fields = {
    id: 'x',
    title: 'x',
    source: 'x',
    licence: 'x',
    language: 'en',
    kind: 'reference',
    text: 'height 1,204 m',
  } as const;
  const fact = { field: 'height', type: 'number', value: '1204', span: { start: 7, end: 12 } } as const;
  expect(makeDocument({ ...fields, record: { family: 'f', key: 'k', facts: [fact] } }).record?.facts).toHaveLength(1);
  const wrong = { ...fact, value: '1205' };
  expect(() => makeDocument({ ...fields, record: { family: 'f', key: 'k', facts: [wrong] } })).toThrow(
    /does not state/,
  );
});

test('words are what the regular expression finds', () => {
  const odd = ' a\u00a0b\u3000c\td\u200ae\ufefff \u0001 g\n\nh ';
  for (const text of [odd, '', ' ', ...corpus.slice(0, 5).map((document) => document.text)]) {
    expect(countWords(text)).toBe(text.match(/\S+/g)?.length ?? 0);
  }
});
