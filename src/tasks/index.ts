export { type Metric, metrics, parseTaskId, type Task, type TaskId, taskIds, tasks } from './task.ts';
