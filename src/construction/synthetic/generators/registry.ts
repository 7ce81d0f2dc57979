/**
 * @file The programmatic generators, one for each task. Adding one touches its own file and a line here.
 */
import type { TaskId } from '../../../tasks/task.ts';
import type { Generator } from '../../generator.ts';
import { attributeChoice } from './attribute-choice.ts';
import { attributeLookup } from './attribute-lookup.ts';
import { attributeOrder } from './attribute-order.ts';
import { attributeRank } from './attribute-rank.ts';
import { categoryAggregate } from './category-aggregate.ts';
import { categorySweep } from './category-sweep.ts';
import { fragmentMatch } from './fragment-match.ts';
import { recordSummary } from './record-summary.ts';
import { recordTable } from './record-table.ts';

/** The generator of each task in both renderings; long T9 tries `overviewSummary` before it. */
export const generators: Readonly<Record<TaskId, Generator>> = {
  T1: attributeLookup,
  T2: attributeChoice,
  T3: categorySweep,
  T4: categoryAggregate,
  T5: recordTable,
  T6: fragmentMatch,
  T7: attributeRank,
  T8: attributeOrder,
  T9: recordSummary,
};
