import { expect, test } from 'vitest';
import { documentCriteria } from '../../../assignment/document-criteria.ts';
import type { Document } from '../../../corpus/document.ts';
import { sha256 } from '../../../corpus/make-document.ts';
import { random } from '../../../random.ts';
import { type TaskId, taskIds } from '../../../tasks/task.ts';
import { checkDraft } from '../checks/check-draft.ts';
import { writtenSchemaOf } from '../draft.ts';
import { turnsOf } from '../plan/plan-slots.ts';
import { shownOf } from '../shown-documents.ts';
import { subTasks, subTasksByTask } from './catalogue.ts';
import { exampleDocuments } from './example-text.ts';

const documents = exampleDocuments.map(
  ({ title, text }, i): Document => ({
    id: `example/${i}`,
    title,
    text,
    sha256: sha256(text),
    source: 'test',
    licence: 'CC0-1.0',
    language: 'en',
    kind: 'reference',
  }),
);

test('every task has sub-tasks, each with a name of its own, words in both languages and criteria that exist', () => {
  expect(subTasks.length).toBeGreaterThanOrEqual(24);
  expect(new Set(subTasks.map(({ id }) => id)).size).toBe(subTasks.length);
  const names = new Set(documentCriteria.map(({ subTask }) => subTask));
  for (const task of taskIds) expect(subTasksByTask[task].length, task).toBeGreaterThan(1);
  for (const { id, wish, title, difficulty, contract, criteria = [] } of subTasks) {
    for (const said of [wish, title, difficulty, ...(contract === undefined ? [] : [contract])]) {
      expect(said.zh, id).toMatch(/\p{Script=Han}/u);
      expect(said.en, id).not.toMatch(/\p{Script=Han}/u);
    }
    for (const name of criteria) expect(names.has(name), `${id}: ${name}`).toBe(true);
    if (contract !== undefined) {
      expect(contract.en).toMatch(/^After \[Answer\], write /);
      expect(contract.zh).toMatch(/^请在\[答案\]后/);
    }
  }
});

test.each(subTasks)('the worked example of $id has the form of its task and passes every check of text', (subTask) => {
  const parsed = writtenSchemaOf(subTask.task).safeParse(subTask.example);
  expect(parsed.error?.issues ?? []).toEqual([]);
  const place = { subTask, shown: documents.map(shownOf), offered: [], asked: [] };
  const checked = checkDraft(place, subTask.example, random(3, subTask.id));
  expect(checked.ok ? [] : checked.faults).toEqual([]);
  if (!checked.ok) return;
  expect(checked.keyed.misses.length).toBeGreaterThan(0);
  for (const { gold } of checked.keyed.misses) expect(gold).not.toEqual(checked.keyed.gold);
});

test('sub-tasks take turns as often as their quotas say', () => {
  for (const task of taskIds) {
    const turns = turnsOf(task);
    for (const { id, quota } of subTasksByTask[task as TaskId])
      expect(turns.filter((one) => one.id === id)).toHaveLength(quota);
  }
});
