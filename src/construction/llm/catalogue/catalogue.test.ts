import { expect, test } from 'vitest';
import { documentCriteria } from '../../../assignment/document-criteria.ts';
import type { Document } from '../../../corpus/document.ts';
import { sha256 } from '../../../corpus/make-document.ts';
import { random } from '../../../random.ts';
import { type TaskId, taskIds } from '../../../tasks/task.ts';
import { checkDraft } from '../checks/check-draft.ts';
import { type Written, writtenSchemaOf } from '../draft.ts';
import { turnsOf } from '../plan/plan-slots.ts';
import { shownOf } from '../shown-documents.ts';
import { subTasks, subTasksByTask } from './catalogue.ts';
import { chineseExampleDocuments } from './chinese/example-text.ts';
import { chineseExamples } from './chinese/examples.ts';
import { exampleDocuments } from './example-text.ts';

const documentsOf = (texts: typeof exampleDocuments, language: string): Document[] =>
  texts.map(({ title, text }, i) => ({
    id: `example/${i}`,
    title,
    text,
    sha256: sha256(text),
    source: 'test',
    licence: 'CC0-1.0',
    language,
    kind: 'reference',
  }));
const documents = { en: documentsOf(exampleDocuments, 'en'), zh: documentsOf(chineseExampleDocuments, 'zh') };

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

/** The documents that the prompt shows beside the example. */
const quotedBy = ({ facts }: Written, language: 'en' | 'zh'): Document[] =>
  documents[language].filter(({ text }) => facts.some(({ quote }) => text.includes(quote)));

const examples = subTasks.flatMap((subTask) =>
  (['en', 'zh'] as const).map((language) => [subTask.id, language, subTask] as const),
);

test.each(examples)('the worked example of %s in %s has the form and passes every check', (id, language, subTask) => {
  const example = language === 'en' ? subTask.example : chineseExamples[id];
  expect(example).toBeDefined();
  if (example === undefined) return;
  const parsed = writtenSchemaOf(subTask.task).safeParse(example);
  expect(parsed.error?.issues ?? []).toEqual([]);
  const place = { subTask, shown: quotedBy(example, language).map(shownOf), offered: [], asked: [] };
  const checked = checkDraft(place, example, random(3, subTask.id));
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
