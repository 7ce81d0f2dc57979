/**
 * @file Every question generator: one line each, by task. Those of a task take turns in this order.
 */
import type { TaskId } from '../../tasks/task.ts';
import { authorSummary } from './generators/author-summary/index.ts';
import { busiestDay } from './generators/busiest-day/index.ts';
import { byReference } from './generators/by-reference/index.ts';
import { chaptersWith } from './generators/chapters-with/index.ts';
import { claimsToSources } from './generators/claims-to-sources/index.ts';
import { dataAverage } from './generators/data-average/index.ts';
import { dataCompare } from './generators/data-compare/index.ts';
import { dataGroups } from './generators/data-groups/index.ts';
import { dataRank } from './generators/data-rank/index.ts';
import { definitionsTable } from './generators/definitions-table/index.ts';
import { eventsAcross } from './generators/events-across/index.ts';
import { eventsOrder } from './generators/events-order/index.ts';
import { figuresToTables } from './generators/figures-to-tables/index.ts';
import { firstToName } from './generators/first-to-name/index.ts';
import { linesToSpeakers } from './generators/lines-to-speakers/index.ts';
import { overview } from './generators/overview/index.ts';
import { passagesToChapters } from './generators/passages-to-chapters/index.ts';
import { presentInScene } from './generators/present-in-scene/index.ts';
import { questionsToAnswers } from './generators/questions-to-answers/index.ts';
import { recordsBridge } from './generators/records-bridge/index.ts';
import { recordsClaims } from './generators/records-claims/index.ts';
import { recordsOrder } from './generators/records-order/index.ts';
import { recordsRank } from './generators/records-rank/index.ts';
import { recordsStatements } from './generators/records-statements/index.ts';
import { recordsSum } from './generators/records-sum/index.ts';
import { recordsTable } from './generators/records-table/index.ts';
import { recordsWhere } from './generators/records-where/index.ts';
import { releaseFigures } from './generators/release-figures/index.ts';
import { releasesOrder } from './generators/releases-order/index.ts';
import { releasesTable } from './generators/releases-table/index.ts';
import { replyTo } from './generators/reply-to/index.ts';
import { restatedFigure } from './generators/restated-figure/index.ts';
import { rowsRanked } from './generators/rows-ranked/index.ts';
import { rowsWhere } from './generators/rows-where/index.ts';
import { rulesToArticles } from './generators/rules-to-articles/index.ts';
import { sectionSummary } from './generators/section-summary/index.ts';
import { sectionsByReferences } from './generators/sections-by-references/index.ts';
import { sectionsCiting } from './generators/sections-citing/index.ts';
import { speakersNaming } from './generators/speakers-naming/index.ts';
import { speakersRank } from './generators/speakers-rank/index.ts';
import { speakersTable } from './generators/speakers-table/index.ts';
import { speakersWhere } from './generators/speakers-where/index.ts';
import { speechShare } from './generators/speech-share/index.ts';
import { speechesOrder } from './generators/speeches-order/index.ts';
import { statementCheck } from './generators/statement-check/index.ts';
import { stepsOrder } from './generators/steps-order/index.ts';
import { tableCalculation } from './generators/table-calculation/index.ts';
import { tableCommentary } from './generators/table-commentary/index.ts';
import { tableLookup } from './generators/table-lookup/index.ts';
import { tablesJoined } from './generators/tables-joined/index.ts';
import { termsUsed } from './generators/terms-used/index.ts';
import { twoTables } from './generators/two-tables/index.ts';
import { versionOfChange } from './generators/version-of-change/index.ts';
import type { QuestionGenerator } from './question.ts';

/** All generators of questions. */
export const questionGenerators: readonly QuestionGenerator[] = [
  byReference,
  recordsBridge,
  replyTo,
  tableLookup,
  dataCompare,
  firstToName,
  presentInScene,
  recordsStatements,
  statementCheck,
  versionOfChange,
  chaptersWith,
  recordsWhere,
  rowsWhere,
  sectionsCiting,
  speakersNaming,
  speakersWhere,
  termsUsed,
  busiestDay,
  dataAverage,
  recordsSum,
  releaseFigures,
  restatedFigure,
  speechShare,
  tableCalculation,
  twoTables,
  dataGroups,
  definitionsTable,
  recordsTable,
  releasesTable,
  speakersTable,
  tablesJoined,
  claimsToSources,
  figuresToTables,
  linesToSpeakers,
  passagesToChapters,
  questionsToAnswers,
  recordsClaims,
  rulesToArticles,
  dataRank,
  recordsRank,
  rowsRanked,
  sectionsByReferences,
  speakersRank,
  eventsAcross,
  eventsOrder,
  recordsOrder,
  releasesOrder,
  speechesOrder,
  stepsOrder,
  authorSummary,
  overview,
  sectionSummary,
  tableCommentary,
];

/** Those of one task that builds ask. */
export const generatorsOf = (task: TaskId): readonly QuestionGenerator[] =>
  questionGenerators.filter((generator) => generator.task === task && generator.turns !== 0);
