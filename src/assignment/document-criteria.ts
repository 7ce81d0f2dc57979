/**
 * @file P2 for any document: what each sub-task of T1..T9 asks of a document, as data. A document serves a task when it meets
 * all the requirements of one of its sub-tasks. The numbers are the paper's where it states them (over 50 turns and over
 * 30K tokens of dialogue) and otherwise what the sub-task's answer needs.
 */
import type { MeasureName } from '../corpus/measures.ts';
import { type DocumentForm, documentForms } from '../corpus/structure/form/form.ts';
import type { TaskId } from '../tasks/task.ts';

/** A measure of the document, and its least value. */
export interface Requirement {
  readonly measure: MeasureName;
  readonly atLeast: number;
}

/** A sub-task and what it asks for: one of the forms, and every requirement. */
export interface DocumentCriterion {
  readonly task: TaskId;
  readonly subTask: string;
  /** Forms that can serve; without it any. */
  readonly forms?: readonly DocumentForm[];
  readonly needs: readonly Requirement[];
}

const need = (measure: MeasureName, atLeast: number): Requirement => ({ measure, atLeast });

/** Documents with turns. */
const spoken: readonly DocumentForm[] = ['conversation', 'play'];

/** Documents of running text: code and tables have none that fragments could be told by. */
const prose: readonly DocumentForm[] = documentForms.filter((form) => form !== 'code' && form !== 'table');

/** Documents that report what happened when, one thing after another. */
const chronicles: readonly DocumentForm[] = ['news', 'report', 'filing', 'encyclopedia', 'changelog'];

/** All sub-tasks, by task; a task is served by any one of its own. */
export const documentCriteria: readonly DocumentCriterion[] = [
  { task: 'T1', subTask: 'retrieval by heading', needs: [need('sections', 2), need('sentences', 20)] },
  { task: 'T1', subTask: 'retrieval by wording', forms: prose, needs: [need('sentences', 2000)] },
  { task: 'T1', subTask: 'retrieval of a clause', forms: ['law', 'manual'], needs: [need('sections', 10)] },
  { task: 'T1', subTask: 'retrieval through a definition', forms: prose, needs: [need('definitions', 4)] },
  { task: 'T1', subTask: 'retrieval through a reference', forms: prose, needs: [need('resolvedReferences', 3)] },
  { task: 'T2', subTask: 'evidence integration', forms: prose, needs: [need('paragraphs', 10), need('names', 2)] },
  {
    task: 'T2',
    subTask: 'evidence along references',
    forms: prose,
    needs: [need('resolvedReferences', 4), need('sections', 4)],
  },
  {
    task: 'T2',
    subTask: 'dialogue memory tracking',
    forms: spoken,
    needs: [need('turns', 51), need('tokens', 30_001), need('speakers', 2)],
  },
  {
    task: 'T3',
    subTask: 'exhaustive retrieval of paragraphs',
    forms: prose,
    needs: [need('paragraphs', 20), need('names', 1)],
  },
  { task: 'T3', subTask: 'exhaustive retrieval of turns', forms: spoken, needs: [need('turns', 20)] },
  { task: 'T3', subTask: 'exhaustive retrieval of releases', forms: ['changelog'], needs: [need('sections', 5)] },
  { task: 'T3', subTask: 'exhaustive retrieval of references', forms: prose, needs: [need('references', 10)] },
  {
    task: 'T3',
    subTask: 'exhaustive retrieval of quotations',
    forms: prose,
    needs: [need('attributedQuotations', 8)],
  },
  { task: 'T4', subTask: 'table aggregation', needs: [need('numericTables', 1)] },
  { task: 'T4', subTask: 'quantities of running text', forms: prose, needs: [need('numbersWithUnits', 30)] },
  {
    task: 'T4',
    subTask: 'quantities that say what they measure',
    forms: prose,
    needs: [need('measuredQuantities', 10)],
  },
  { task: 'T4', subTask: 'state after a procedure', forms: prose, needs: [need('steps', 8)] },
  { task: 'T4', subTask: 'date arithmetic', needs: [need('exactDates', 2)] },
  { task: 'T4', subTask: 'procedural state tracking', forms: spoken, needs: [need('timedTurns', 10)] },
  { task: 'T5', subTask: 'joined tables', needs: [need('tables', 2)] },
  { task: 'T5', subTask: 'records to a table', needs: [need('records', 3)] },
  { task: 'T5', subTask: 'dated events to a table', forms: chronicles, needs: [need('events', 6)] },
  {
    task: 'T5',
    subTask: 'definitions to a table',
    forms: ['law', 'manual', 'paper', 'filing', 'report', 'encyclopedia'],
    needs: [need('definitions', 6)],
  },
  { task: 'T5', subTask: 'turns to a table', forms: spoken, needs: [need('turns', 3), need('speakers', 2)] },
  { task: 'T6', subTask: 'fragment matching', forms: prose, needs: [need('longParagraphs', 6)] },
  { task: 'T6', subTask: 'quotations to speakers', forms: prose, needs: [need('attributedQuotations', 6)] },
  { task: 'T7', subTask: 'ranking of sections', needs: [need('sections', 10), need('names', 1)] },
  { task: 'T7', subTask: 'ranking of records', needs: [need('records', 10)] },
  { task: 'T7', subTask: 'ranking of rows', needs: [need('numericTables', 1)] },
  { task: 'T7', subTask: 'ranking of speakers', forms: spoken, needs: [need('speakers', 4), need('turns', 20)] },
  {
    task: 'T8',
    subTask: 'part shuffle',
    forms: ['book', 'speech', 'news', 'report', 'filing', 'paper', 'encyclopedia', ...spoken, 'other'],
    needs: [need('longParagraphs', 4), need('names', 1)],
  },
  {
    task: 'T8',
    subTask: 'order of releases',
    forms: ['changelog'],
    needs: [need('sections', 4), need('exactDates', 4)],
  },
  { task: 'T8', subTask: 'order of dates', needs: [need('exactDates', 4)] },
  { task: 'T8', subTask: 'timeline of dated events', forms: prose, needs: [need('events', 4)] },
  { task: 'T8', subTask: 'order of steps', forms: prose, needs: [need('steps', 5)] },
  {
    task: 'T9',
    subTask: 'summary cut out of the document',
    needs: [need('summaries', 1), need('summaryWords', 40), need('words', 800)],
  },
];
