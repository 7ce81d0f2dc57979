/** @file Public entry point `golongrl/tasks`: the nine tasks, each with its metric. */
export { type Metric, metrics, parseTaskId, type Task, type TaskId, taskIds, tasks } from './task.ts';
