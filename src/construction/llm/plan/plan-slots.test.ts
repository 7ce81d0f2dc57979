import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../../test/packaged-documents.ts';
import { llmTrackSchema } from '../config.ts';
import { primaryOf } from '../draft-context.ts';
import { assignmentLines, planSlots } from './plan-slots.ts';

const documents = packagedDocuments().filter(({ id }) => /^(?:sotu|factbook\/[a-d])/.test(id));
const config = (assignment: 'criteria' | 'any') =>
  llmTrackSchema.parse({
    out: 'dataset',
    drafts: 90,
    assignment,
    tasks: ['T4', 'T5', 'T8'],
    endpoints: { one: { url: 'http://127.0.0.1:1/v1', model: 'one' } },
    generation: { routes: [{ endpoint: 'one' }] },
    judge: { endpoints: ['one'] },
  });

test('tables are asked of documents with records and of prose with events, shuffled parts of documents with prose', {
  tags: ['long'],
}, () => {
  const slots = planSlots(config('criteria'), documents);
  const sourcesOf = (task: string) =>
    new Set(slots.filter((slot) => slot.task === task).map((slot) => primaryOf(slot).id.split('/')[0]));
  expect(sourcesOf('T5').has('factbook')).toBe(true);
  expect(sourcesOf('T8').has('sotu')).toBe(true);
  expect(new Set(planSlots(config('any'), documents).map((slot) => primaryOf(slot).id.split('/')[0]))).toEqual(
    new Set(['factbook', 'sotu']),
  );
});

test('a task goes through its documents before one comes twice, and no held-out text stands beside a training one', () => {
  const slots = planSlots(config('criteria'), documents);
  const heldout = new Set(slots.filter(({ split }) => split === 'heldout').map((slot) => primaryOf(slot).id));
  for (const task of ['T4', 'T5', 'T8']) {
    const own = slots.filter((slot) => slot.task === task).map((slot) => primaryOf(slot).id);
    expect(new Set(own).size).toBe(own.length);
  }
  for (const { split, others, documents: about } of slots) {
    if (split === 'train') expect(others.filter(({ id }) => heldout.has(id))).toEqual([]);
    expect(others.some(({ id }) => about.some((one) => one.id === id))).toBe(false);
  }
});

test('a task whose criteria nobody meets takes all documents, and says so', () => {
  const bare = documents
    .slice(0, 60)
    .map((document) => ({ ...document, text: 'It rained, and then it rained again. '.repeat(40) }));
  expect(planSlots(config('criteria'), bare)).toHaveLength(90);
  expect(assignmentLines(config('criteria'), bare)[1]).toBe('T4, T5, T8: none does, so all are used');
});
