import { expect, test } from 'vitest';
import { z } from 'zod';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { random } from '../../random.ts';
import { checkDraft } from './check-draft.ts';
import { checksTable, renderChecks } from './checks-table.ts';
import { choiceSchemaOf } from './choices.ts';

const documents = random(5, 'choices')
  .sample(packagedDocuments(), 12)
  .map((document) => ({ ...document, text: document.text.slice(0, 2000) }));

interface Form {
  readonly properties: Readonly<Record<string, { readonly items?: { readonly enum?: readonly string[] } }>>;
}

/** What a model can write that is held to the form, whatever it chooses. */
function* choices(task: 'T1' | 'T6'): Generator<readonly [text: string, evidence: string, answer: string[]]> {
  const rng = random(3, task);
  for (const document of documents) {
    const schema = choiceSchemaOf(task, document);
    if (schema === undefined) continue;
    const { properties } = z.toJSONSchema(schema) as unknown as Form;
    const [quotes, keys] = ['evidence', 'answer'].map((name) => properties[name]?.items?.enum ?? []);
    for (let i = 0; i < 20; i++) {
      const wanted = [1, 2, 3].map((n) => (keys ?? []).filter((key) => key.startsWith(`F${n}: `)));
      const answer = task === 'T1' ? [rng.pick(keys ?? [])] : wanted.map((list) => rng.pick(list));
      yield [document.text, rng.pick(quotes ?? []), answer];
    }
  }
}

test.each(['T1', 'T6'] as const)('whatever is chosen for %s stands in the document', (task) => {
  let count = 0;
  for (const [text, quote, answer] of choices(task)) {
    const rest = { question: 'Which of the names is meant?', distractors: [], expression: '', rationale: 'So it is.' };
    const checked = checkDraft(task, { ...rest, answer, evidence: [quote] }, text, random(1));
    expect(checked.ok ? '' : checked.why).toMatch(/^(?:the evidence does not show .+)?$/);
    count++;
  }
  expect(count).toBeGreaterThan(60);
});

test('properties are decoded with evidence and key before the question', () => {
  const schema = documents.map((document) => choiceSchemaOf('T1', document)).find((one) => one !== undefined);
  const { properties } = z.toJSONSchema(schema ?? z.unknown()) as unknown as Form;
  expect(Object.keys(properties).slice(0, 2)).toEqual(['evidence', 'answer']);
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
    ['judge', 5, 1],
    ['judge control', 4, 1],
    ['closed book', 3, 0],
    ['robustness', 3, 0],
    ['cascade', 3, 1],
  ]);
  expect(renderChecks(rows)).toContain('judge-mark 1');
});
