/**
 * @file Every question generator: one line each. Those of a task take turns in this order.
 */
import type { TaskId } from '../../tasks/task.ts';
import { authorSummary } from './generators/author-summary/index.ts';
import { chaptersWith } from './generators/chapters-with/index.ts';
import { claimsToSources } from './generators/claims-to-sources/index.ts';
import { dateSpan } from './generators/date-span/index.ts';
import { eventBetween } from './generators/event-between/index.ts';
import { eventsInTime } from './generators/events-in-time/index.ts';
import { overview } from './generators/overview/index.ts';
import { passagesToChapters } from './generators/passages-to-chapters/index.ts';
import { recordsBridge } from './generators/records-bridge/index.ts';
import { recordsClaims } from './generators/records-claims/index.ts';
import { recordsCompare } from './generators/records-compare/index.ts';
import { recordsRank } from './generators/records-rank/index.ts';
import { recordsSum } from './generators/records-sum/index.ts';
import { recordsTable } from './generators/records-table/index.ts';
import { recordsWhere } from './generators/records-where/index.ts';
import { sectionSummary } from './generators/section-summary/index.ts';
import { tableCalculation } from './generators/table-calculation/index.ts';
import type { QuestionGenerator } from './question.ts';

/** All generators of questions. */
export const questionGenerators: readonly QuestionGenerator[] = [
  eventBetween,
  recordsBridge,
  recordsCompare,
  chaptersWith,
  recordsWhere,
  dateSpan,
  tableCalculation,
  recordsSum,
  recordsTable,
  claimsToSources,
  passagesToChapters,
  recordsClaims,
  recordsRank,
  eventsInTime,
  authorSummary,
  overview,
  sectionSummary,
];

/** Those of one task. */
export const generatorsOf = (task: TaskId): readonly QuestionGenerator[] =>
  questionGenerators.filter((generator) => generator.task === task);
