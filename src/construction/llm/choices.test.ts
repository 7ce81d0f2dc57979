import { expect, test } from 'vitest';
import { z } from 'zod';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { random } from '../../random.ts';
import { subTasksByTask } from './catalogue/catalogue.ts';
import { checkDraft } from './checks/check-draft.ts';
import { choiceSchemaOf } from './choices.ts';
import { checksTable, renderChecks } from './report/checks-table.ts';
import { shownOf } from './shown-documents.ts';

const documents = random(5, 'choices')
  .sample(packagedDocuments(), 12)
  .map((document) => ({ ...document, text: document.text.slice(0, 2000) }));

interface Field {
  readonly items?: { readonly properties?: Readonly<Record<string, { readonly enum?: readonly string[] }>> };
}
const fieldsOf = (schema: z.ZodType) =>
  (z.toJSONSchema(schema) as unknown as { readonly properties: Readonly<Record<string, Field>> }).properties;

test('whatever is chosen stands in the document, and only what it does not prove is held against it', () => {
  const rng = random(3, 'T1');
  const [subTask] = subTasksByTask.T1;
  if (subTask === undefined) throw new Error('T1 has sub-tasks');
  let count = 0;
  for (const document of documents) {
    const schema = choiceSchemaOf('T1', document);
    if (schema === undefined) continue;
    const { facts, answer } = fieldsOf(schema);
    const quotes = facts?.items?.properties?.quote?.enum ?? [];
    const keys = answer?.items?.properties?.text?.enum ?? [];
    const place = { subTask, shown: [shownOf(document)], offered: [], asked: [] };
    for (let i = 0; i < 20; i++) {
      const written = {
        facts: [{ quote: rng.pick(quotes), says: 'So it is.' }],
        reason: 'So it is.',
        answer: [{ from: [1], text: rng.pick(keys) }],
        question: 'Which of the names is meant?',
      };
      const checked = checkDraft(place, written, random(1));
      for (const fault of checked.ok ? [] : checked.faults) expect(fault.en).toMatch(/^the facts 1 do not show /);
      count++;
    }
  }
  expect(count).toBeGreaterThan(60);
});

test('properties are decoded with facts and key before the question', () => {
  const schema = documents.map((document) => choiceSchemaOf('T1', document)).find((one) => one !== undefined);
  expect(Object.keys(fieldsOf(schema ?? z.unknown()))).toEqual(['facts', 'reason', 'answer', 'question']);
});

test('a document with nothing to choose from has no narrower form', () => {
  const [document] = documents;
  if (document === undefined) throw new Error('no document');
  expect(choiceSchemaOf('T1', { ...document, text: 'nothing here.' })).toBeUndefined();
});

test('each check counts the drafts that the ones before it left', () => {
  const rows = checksTable({ schema: 3, text: 2, 'judge-mark': 1, 'judge-control': 1, cascade: 1 }, 10);
  expect(rows.map(({ check, drafts, discarded }) => [check, drafts, discarded])).toEqual([
    ['document', 10, 0],
    ['form', 10, 3],
    ['text', 7, 2],
    ['gates', 5, 0],
    ['closed book', 5, 0],
    ['blind', 5, 0],
    ['judge control', 5, 1],
    ['judge', 4, 1],
    ['robustness', 3, 0],
    ['cascade', 3, 1],
  ]);
  expect(renderChecks(rows)).toContain('judge-mark 1');
});
