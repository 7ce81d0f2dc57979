import { expect, test } from 'vitest';
import { makeDocument } from '../../corpus/make-document.ts';
import { plainTitle } from './plain-title.ts';

const titled = (title: string, text: string): string =>
  plainTitle(makeDocument({ id: 'a', title, source: 'a', licence: 'CC0-1.0', language: 'en', kind: 'chapter', text }));

test('a title in capitals is written small, but for abbreviations and numbers', () => {
  const text = 'The report of the OFS on the king and on gas. Everybody knows the OFS well.';
  expect(titled("THE WINTER'S TALE", text)).toBe("The Winter's Tale");
  expect(titled('OFS 2140:2023. STORAGE OF GAS: A REPORT', text)).toBe('OFS 2140:2023. Storage of Gas: A Report');
  expect(titled('KING HENRY VI, FIRST PART', text)).toBe('King Henry VI, First Part');
  expect(titled('Annual Report 2023', text)).toBe('Annual Report 2023');
});

test('the name of a file and the number of a chapter are no title', () => {
  expect(titled('deploy-log', 'Words.')).toBe('Deploy log');
  expect(titled('11. Customized programs', 'Words.')).toBe('Customized programs');
});

test('the name of a file gives way to the last line of capitals at the head of the text', () => {
  const head =
    'HOUSE OF ASSEMBLY\nSTANDING COMMITTEE ON HEALTH\n\nTHE REPLACEMENT OF THE DISPATCH SYSTEM\n\nOral evidence taken on 19 March.';
  expect(titled('hearing emergency', head)).toBe('The Replacement of the Dispatch System');
  expect(titled('chat export', '**Nadia:** ok I made the group')).toBe('Chat export');
});
