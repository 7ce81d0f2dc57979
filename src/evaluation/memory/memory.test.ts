/** @file The memories of BFCL V4 by what their tools return; sizes and messages are the original's. */
import { expect, test } from 'vitest';
import { openMemory } from './memory.ts';
import { pythonJson } from './python-json.ts';
import { bm25Plus, lexicalSimilarity } from './ranking.ts';

test('a key-value memory keeps its rules and survives a snapshot', () => {
  const memory = openMemory('kv');
  const add = (key: string, value = 'v') => memory.call('core_memory_add', { key, value });
  expect(memory.visible()).toContain('no content');
  expect(add('first_name', 'Michael')).toEqual({ status: 'Key-value pair added.' });
  expect(add('first_name')).toEqual({ error: 'Key name must be unique.' });
  expect(add('First Name')).toMatchObject({ error: expect.stringContaining('snake_case') });
  expect(add('long', 'x'.repeat(301))).toMatchObject({ error: expect.stringContaining('300') });
  for (const key of ['b', 'c', 'd', 'e', 'f', 'g']) add(key);
  expect(add('h')).toEqual({ error: 'Core memory is full. Please clear some entries.' });
  expect(memory.call('archival_memory_add', { key: 'h', value: 'x'.repeat(2000) })).toEqual({ status: 'Key added.' });
  const again = openMemory('kv', memory.snapshot());
  expect(again.call('core_memory_retrieve', { key: 'first_name' })).toEqual({ value: 'Michael' });
  expect(again.visible()).toContain('"first_name": "Michael"');
  expect(again.call('core_memory_clear', {})).toEqual({ status: 'Short term memory cleared.' });
  expect(again.call('archival_memory_list_keys', {})).toEqual({ keys: ['h'] });
  expect(again.call('no_such_tool', {})).toBeUndefined();
  expect(() => again.call('core_memory_add', { key: 'x' })).toThrow("missing required argument: 'value'");
});

test('a text memory appends, replaces and refuses what is too long', () => {
  const memory = openMemory('rec_sum');
  memory.call('memory_append', { text: 'My name is Ann. ' });
  memory.call('memory_append', { text: 'I like $1 tea.' });
  expect(memory.call('memory_replace', { old_text: 'Ann', new_text: '$&' })).toEqual({ status: 'Memory updated.' });
  expect(memory.visible()).toBe('My name is $&. I like $1 tea.');
  expect(memory.call('memory_replace', { old_text: 'Bob', new_text: 'x' })).toMatchObject({
    error: expect.stringContaining('Bob'),
  });
  expect(memory.call('memory_update', { text: 'x'.repeat(10_001) })).toHaveProperty('error');
  expect(memory.call('memory_retrieve', {})).toEqual({ memory_content: 'My name is $&. I like $1 tea.' });
});

test('a vector memory numbers its entries and finds the nearest wording', () => {
  const memory = openMemory('vector');
  memory.call('archival_memory_add', { text: 'The kitchen counter is 38 square feet' });
  memory.call('archival_memory_add', { text: 'Likes strawberry matcha latte' });
  expect(memory.call('archival_memory_add', { text: 'Lives in Seattle' })).toEqual({ id: 2 });
  const found = memory.call('archival_memory_retrieve', { query: 'what kind of latte', top_k: 1 });
  expect(found).toMatchObject({ result: [{ id: 1 }] });
  expect(memory.call('archival_memory_remove', { vec_id: 1 })).toEqual({ status: 'ID 1 removed from store.' });
  expect(openMemory('vector', memory.snapshot()).call('archival_memory_add', { text: 'x' })).toEqual({ id: 3 });
});

test('BM25+ ranks as the original library does', () => {
  // Scores of rank_bm25.BM25Plus on the same four keys.
  const keys = ['first_name', 'home_address_city', 'favourite_latte', 'latte'];
  const ranked = bm25Plus('latte_name', keys, 4);
  expect(ranked.map(([, text]) => text)).toEqual(['first_name', 'latte', 'favourite_latte', 'home_address_city']);
  for (const [k, want] of [4.135166556742355, 3.708039266081358, 3.4420193761824107, 2.5257286443082556].entries())
    expect(ranked[k]?.[0]).toBeCloseTo(want, 12);
});

test('JSON is written as Python writes it', () => {
  expect(pythonJson({ a: [1, 'é"'], b: {} })).toBe('{"a": [1, "\\u00e9\\""], "b": {}}');
  expect(pythonJson({ a: 'x' }, 4)).toBe('{\n    "a": "x"\n}');
  expect(lexicalSimilarity('same words', 'same words')).toBeCloseTo(1, 12);
});
