/**
 * @file Every question generator: one line each. Those of a task take turns in this order.
 */
import type { TaskId } from '../../tasks/task.ts';
import { figuresToTables } from './generators/figures-to-tables/index.ts';
import { recordsBridge } from './generators/records-bridge/index.ts';
import { recordsClaims } from './generators/records-claims/index.ts';
import { recordsCompare } from './generators/records-compare/index.ts';
import { recordsRank } from './generators/records-rank/index.ts';
import { recordsSum } from './generators/records-sum/index.ts';
import { recordsTable } from './generators/records-table/index.ts';
import { recordsWhere } from './generators/records-where/index.ts';
import { restatedFigure } from './generators/restated-figure/index.ts';
import { rowsRanked } from './generators/rows-ranked/index.ts';
import { rowsWhere } from './generators/rows-where/index.ts';
import { statementCheck } from './generators/statement-check/index.ts';
import { tableCalculation } from './generators/table-calculation/index.ts';
import { tableLookup } from './generators/table-lookup/index.ts';
import { tablesJoined } from './generators/tables-joined/index.ts';
import { twoTables } from './generators/two-tables/index.ts';
import type { QuestionGenerator } from './question.ts';

/** All generators of questions. */
export const questionGenerators: readonly QuestionGenerator[] = [
  recordsBridge,
  tableLookup,
  recordsCompare,
  statementCheck,
  recordsWhere,
  rowsWhere,
  restatedFigure,
  tableCalculation,
  twoTables,
  recordsSum,
  recordsTable,
  tablesJoined,
  figuresToTables,
  recordsClaims,
  recordsRank,
  rowsRanked,
];

/** Those of one task. */
export const generatorsOf = (task: TaskId): readonly QuestionGenerator[] =>
  questionGenerators.filter((generator) => generator.task === task);
