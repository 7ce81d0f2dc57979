/** @file All sub-tasks of the LLM track, by id and by task. */
import type { TaskId } from '../../../tasks/task.ts';
import type { SubTask } from './sub-task.ts';
import { t1 } from './t1.ts';
import { t2 } from './t2.ts';
import { t3 } from './t3.ts';
import { t4 } from './t4.ts';
import { t5 } from './t5.ts';
import { t6 } from './t6.ts';
import { t7 } from './t7.ts';
import { t8 } from './t8.ts';
import { t9 } from './t9.ts';

/** The sub-tasks of each task, in the order in which they take turns. */
export const subTasksByTask: Readonly<Record<TaskId, readonly SubTask[]>> = {
  T1: t1,
  T2: t2,
  T3: t3,
  T4: t4,
  T5: t5,
  T6: t6,
  T7: t7,
  T8: t8,
  T9: t9,
};

/** All of them. */
export const subTasks: readonly SubTask[] = Object.values(subTasksByTask).flat();
