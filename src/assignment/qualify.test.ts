import { expect, test } from 'vitest';
import { packagedDocuments } from '../../test/packaged-documents.ts';
import { analyse, type CorpusDocument } from '../corpus/stream-corpus.ts';
import { taskIds } from '../tasks/task.ts';
import { documentCriteria } from './document-criteria.ts';
import { QualificationCounter, qualify } from './qualify.ts';

function document(text: string): CorpusDocument {
  const found = analyse({ type: 'document', id: 'x', text, metadata: {} });
  if (found === undefined) throw new Error('the text is empty');
  return found;
}
const tasksOf = (text: string): string[] =>
  qualify(document(text)).flatMap(({ task, subTasks }) => subTasks.map((subTask) => `${task} ${subTask}`));

/** A transcript of real sentences, so that it is as long as a real one. */
const prose =
  packagedDocuments()
    .find(({ id }) => id.startsWith('sotu/'))
    ?.text.replace(/\s+/g, ' ') ?? '';
const transcript = (turns: number, words: number): string =>
  Array.from({ length: turns }, (_, i) => {
    const speech = prose.split(' ').slice(0, words).join(' ');
    return `[10:${String(i % 60).padStart(2, '0')}] ${['Anna', 'Bob', 'Carl', 'Dora'][i % 4]}: ${speech}`;
  }).join('\n');

test('a dialogue serves memory tracking only above 50 turns and 30K tokens', () => {
  expect(tasksOf(transcript(60, 600))).toContain('T2 dialogue memory tracking');
  expect(tasksOf(transcript(50, 600))).not.toContain('T2 dialogue memory tracking');
  expect(tasksOf(transcript(60, 50))).not.toContain('T2 dialogue memory tracking');
});

test('what a document lacks is told with the value found and the value needed', () => {
  const t2 = qualify(document(transcript(12, 50)))[1];
  expect(t2?.subTasks).toEqual([]);
  expect(t2?.lacks).toContainEqual(
    expect.stringMatching(/^dialogue memory tracking: turns 12, needs 51; tokens \d+, needs 30001$/),
  );
  const t4 = qualify(document('A short note about nothing.'))[3];
  expect(t4?.lacks).toContain('table aggregation: numericTables 0, needs 1');
});

test('numeric tables serve aggregation, and two tables a join', () => {
  const table = `| Year | Profit |\n| --- | --- |\n${[1, 2, 3, 4].map((i) => `| 200${i} | ${i},000 |`).join('\n')}`;
  expect(tasksOf(`Form 10-K\n\n${table}\n\nText.\n\n${table}`)).toEqual(
    expect.arrayContaining(['T4 table aggregation', 'T5 joined tables']),
  );
});

test('every task has a criterion, every criterion a requirement, and the counter counts each once', () => {
  for (const task of taskIds)
    expect(
      documentCriteria.some((criterion) => criterion.task === task),
      task,
    ).toBe(true);
  for (const { needs } of documentCriteria) expect(needs.length).toBeGreaterThan(0);
  const counter = new QualificationCounter();
  counter.add(qualify(document(transcript(60, 600))));
  counter.add(qualify(document('A short note.')));
  const { documents, byTask } = counter.summary();
  expect([documents, byTask.T2, byTask.T9]).toEqual([2, 1, 0]);
});

test('the packaged documents serve the tasks that their kind can', () => {
  const counter = new QualificationCounter();
  for (const { text } of packagedDocuments().slice(0, 60)) counter.add(qualify(document(text)));
  const { byTask } = counter.summary();
  for (const task of ['T1', 'T4', 'T5'] as const) expect(byTask[task], task).toBeGreaterThan(30);
});

test('a document in a language that no generator writes serves nothing, for that one reason', () => {
  const [t1, t2] = qualify(document('港湾委員会は月曜日に開かれた。議長は田中花子である。'.repeat(900)));
  expect([t1?.subTasks, t2?.subTasks]).toEqual([[], []]);
  expect(t1?.lacks[0]).toBe('retrieval by heading: language Japanese, needs English or Chinese');
});
