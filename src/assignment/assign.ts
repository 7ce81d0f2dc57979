/**
 * @file P2: assigns documents to the tasks they can serve, and says what the others lack.
 */
import type { Document } from '../corpus/document.ts';
import { type TaskId, taskIds } from '../tasks/task.ts';
import { criteria, profileDocuments } from './criteria.ts';

/** One document's tasks, by its id. */
export interface Assignment {
  readonly document: string;
  readonly tasks: readonly TaskId[];
  /** For each task that the document cannot serve: what it needs and lacks. */
  readonly lacks: Readonly<Partial<Record<TaskId, readonly string[]>>>;
}

/** What the documents of a corpus can serve, and what they lack. */
export interface AssignmentReport {
  readonly documents: number;
  /** Documents that can serve each task. */
  readonly byTask: Readonly<Record<TaskId, number>>;
  /** By task, then by criterion: documents that fail it. */
  readonly lacking: readonly { readonly task: TaskId; readonly needs: string; readonly documents: number }[];
  /** In the order of the documents. */
  readonly assignments: readonly Assignment[];
}

/**
 * Checks every criterion on every document. Criteria about the family compare with the documents given, so a split is
 * assigned on its own.
 */
export function assign(documents: readonly Document[]): AssignmentReport {
  const byTask = Object.fromEntries(taskIds.map((task) => [task, 0])) as Record<TaskId, number>;
  const failures = criteria.map(({ task, needs }) => ({ task, needs, documents: 0 }));
  const assignments = profileDocuments(documents).map((profile): Assignment => {
    const lacks: Partial<Record<TaskId, string[]>> = {};
    for (const [i, criterion] of criteria.entries()) {
      if (criterion.holds(profile)) continue;
      lacks[criterion.task] = [...(lacks[criterion.task] ?? []), criterion.needs];
      const failure = failures[i];
      if (failure !== undefined) failure.documents++;
    }
    const tasks = taskIds.filter((task) => lacks[task] === undefined);
    for (const task of tasks) byTask[task]++;
    return { document: profile.document.id, tasks, lacks };
  });
  return {
    documents: documents.length,
    byTask,
    lacking: failures.filter((failure) => failure.documents > 0),
    assignments,
  };
}

/** Documents by the tasks they can serve, in the order given. */
export function documentsByTask(documents: readonly Document[], report: AssignmentReport): Record<TaskId, Document[]> {
  const tasksOf = new Map(report.assignments.map((assignment) => [assignment.document, new Set(assignment.tasks)]));
  return Object.fromEntries(
    taskIds.map((task) => [task, documents.filter((document) => tasksOf.get(document.id)?.has(task) === true)]),
  ) as Record<TaskId, Document[]>;
}

/** The report as lines for a terminal. */
export function assignmentLines(report: AssignmentReport): string[] {
  return taskIds.map((task) => {
    const lacking = report.lacking.filter((entry) => entry.task === task);
    const why = lacking.map((entry) => `${entry.documents} without ${entry.needs}`).join(', ');
    return `${task}: ${report.byTask[task]} of ${report.documents} documents${why === '' ? '' : ` (${why})`}`;
  });
}
