import { expect, test } from 'vitest';
import { packagedDocuments } from '../../test/packaged-documents.ts';
import { makeDocument } from '../corpus/make-document.ts';
import { taskIds } from '../tasks/task.ts';
import { assign, assignmentLines, documentsByTask } from './assign.ts';

const corpus = packagedDocuments();

test('every task has documents, and every document without a record says what it lacks', () => {
  const report = assign(corpus);
  for (const task of taskIds) expect(report.byTask[task], task).toBeGreaterThan(200);
  const bare = new Set(corpus.filter((document) => document.record === undefined).map((document) => document.id));
  for (const assignment of report.assignments.filter((entry) => bare.has(entry.document))) {
    expect(assignment.tasks).toEqual([]);
    expect(assignment.lacks.T1).toContain('a record with a name and a category');
  }
  expect(assignmentLines(report)).toHaveLength(9);
});

test('the counts agree with the lists', () => {
  const report = assign(corpus);
  const lists = documentsByTask(corpus, report);
  for (const task of taskIds) expect(lists[task]).toHaveLength(report.byTask[task]);
});

test('a criterion about the family follows the documents given', () => {
  const chapters = corpus.filter((document) => document.record?.family === 'chapters');
  expect(assign(chapters).byTask.T6).toBe(chapters.length);
  const one = chapters.slice(0, 1);
  const report = assign(one);
  expect(report.assignments[0]?.tasks).toEqual(['T1', 'T9']);
  expect(report.assignments[0]?.lacks.T6).toEqual(['a family with at least three categories']);
});

test('a record of a category alone serves neither ranking nor lookup', () => {
  const text = `The region is Africa. ${'Words and words. '.repeat(20)}`;
  const facts = [{ field: 'region', type: 'category', value: 'Africa', span: { start: 14, end: 20 } }] as const;
  const fields = { id: 'x', title: 'x', source: 'x', licence: 'x', language: 'en', kind: 'reference', text } as const;
  const [assignment] = assign([makeDocument({ ...fields, record: { family: 'f', key: 'k', facts } })]).assignments;
  expect(assignment?.tasks).toEqual([]);
  expect(assignment?.lacks.T7).toEqual(['a number with at least seven values in its family']);
});
