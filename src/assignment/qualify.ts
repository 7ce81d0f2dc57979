/**
 * @file P2 for any document: the tasks it qualifies for, by `documentCriteria`, and why not for the others. The report counts
 * in a stream; it never holds the documents.
 */
import { usableForReadings } from '../corpus/select.ts';
import type { CorpusDocument } from '../corpus/stream-corpus.ts';
import { languageName } from '../corpus/structure/language.ts';
import { type TaskId, taskIds } from '../tasks/task.ts';
import { type DocumentCriterion, documentCriteria } from './document-criteria.ts';

/** Whether a document serves one task, and by which sub-tasks. */
export interface Qualification {
  readonly task: TaskId;
  /** The sub-tasks whose requirements are all met. */
  readonly subTasks: readonly string[];
  /** Where there is none: what the nearest sub-tasks lack, e.g. `table aggregation: numericTables 0, needs 1`. */
  readonly lacks: readonly string[];
}

type Measured = Pick<CorpusDocument, 'form' | 'language' | 'measures'>;

/** The languages that generators write questions in. */
const asked: readonly string[] = usableForReadings.languages;

/** What the document lacks for the sub-task; empty when it serves it. */
function shortfalls({ form, language, measures }: Measured, { forms, needs }: DocumentCriterion): string[] {
  // One reason for all sub-tasks: nothing else about the document matters then.
  if (!asked.includes(language))
    return [`language ${languageName(language)}, needs ${asked.map(languageName).join(' or ')}`];
  const wrongForm = forms === undefined || forms.includes(form) ? [] : [`form ${form}, needs ${forms.join(' or ')}`];
  const short = needs.filter(({ measure, atLeast }) => measures[measure] < atLeast);
  return [...wrongForm, ...short.map(({ measure, atLeast }) => `${measure} ${measures[measure]}, needs ${atLeast}`)];
}

/** One entry a task, in order. */
export function qualify(
  document: Measured,
  criteria: readonly DocumentCriterion[] = documentCriteria,
): Qualification[] {
  return taskIds.map((task) => {
    const checked = criteria
      .filter((criterion) => criterion.task === task)
      .map(({ subTask, ...criterion }) => ({
        subTask,
        missing: shortfalls(document, { ...criterion, subTask }),
      }));
    const subTasks = checked.filter(({ missing }) => missing.length === 0).map(({ subTask }) => subTask);
    const lacks = checked.map(({ subTask, missing }) => `${subTask}: ${missing.join('; ')}`);
    return { task, subTasks, lacks: subTasks.length > 0 ? [] : lacks };
  });
}

/** Counts qualifications over a stream. */
export class QualificationCounter {
  private documents = 0;
  private readonly qualified = new Map<TaskId, number>();
  private readonly bySubTask = new Map<string, number>();

  add(qualifications: readonly Qualification[]): void {
    this.documents++;
    for (const { task, subTasks } of qualifications) {
      if (subTasks.length > 0) this.qualified.set(task, (this.qualified.get(task) ?? 0) + 1);
      for (const subTask of subTasks)
        this.bySubTask.set(`${task} ${subTask}`, (this.bySubTask.get(`${task} ${subTask}`) ?? 0) + 1);
    }
  }

  summary(criteria: readonly DocumentCriterion[] = documentCriteria): QualificationSummary {
    const subTasks = criteria.map(({ task, subTask }) => ({
      task,
      subTask,
      documents: this.bySubTask.get(`${task} ${subTask}`) ?? 0,
    }));
    const byTask = Object.fromEntries(taskIds.map((task) => [task, this.qualified.get(task) ?? 0])) as Record<
      TaskId,
      number
    >;
    return { documents: this.documents, byTask, subTasks };
  }
}

/** Documents that qualify, by task and by sub-task; one document may count in many. */
export interface QualificationSummary {
  readonly documents: number;
  readonly byTask: Readonly<Record<TaskId, number>>;
  readonly subTasks: readonly { readonly task: TaskId; readonly subTask: string; readonly documents: number }[];
}
