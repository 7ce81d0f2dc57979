/** @file The generators over readings, by task. Adding one touches its own file, its line here and its second derivation in `reading/rederive/`. */

import type { ReadingGenerator } from '../../reading/reading.ts';
import { citationAlign } from './citation-align.ts';
import { commitment } from './commitment.ts';
import { comparisonSummary } from './comparison-summary.ts';
import { coordinate } from './coordinate.ts';
import { countCompare } from './count-compare.ts';
import { excerptMatch } from './excerpt-match.ts';
import { excerptOrder } from './excerpt-order.ts';
import { firstAppearance } from './first-appearance.ts';
import { frequencyOrder } from './frequency-order.ts';
import { groupCount } from './group-count.ts';
import { headTailMatch } from './head-tail-match.ts';
import { keychain } from './keychain.ts';
import { kthMention } from './kth-mention.ts';
import { lastState } from './last-state.ts';
import { ledger } from './ledger.ts';
import { lengthRank } from './length-rank.ts';
import { mentionCount } from './mention-count.ts';
import { mentionDigest } from './mention-digest.ts';
import { mentionOrder } from './mention-order.ts';
import { mentionRank } from './mention-rank.ts';
import { mentionSweep } from './mention-sweep.ts';
import { mentionTable } from './mention-table.ts';
import { partShuffle } from './part-shuffle.ts';
import { quoteCloze } from './quote-cloze.ts';
import { ruleApply } from './rule-apply.ts';
import { sourceCluster } from './source-cluster.ts';
import { speakerDigest } from './speaker-digest.ts';
import { speakerMatch } from './speaker-match.ts';
import { speakerRank } from './speaker-rank.ts';
import { speakerTable } from './speaker-table.ts';
import { tableAggregate } from './table-aggregate.ts';
import { tableJoin } from './table-join.ts';
import { tableRank } from './table-rank.ts';
import { tableSelect } from './table-select.ts';
import { trueStatement } from './true-statement.ts';
import { typoSweep } from './typo-sweep.ts';
import { versionDiff } from './version-diff.ts';
import { whoSaid } from './who-said.ts';
import { yearSpan } from './year-span.ts';
import { yearSweep } from './year-sweep.ts';

/** All generators over readings; `task` of each says which task it serves. */
export const readingGenerators: readonly ReadingGenerator[] = [
  coordinate,
  keychain,
  kthMention,
  quoteCloze,
  whoSaid,
  commitment,
  countCompare,
  firstAppearance,
  lastState,
  trueStatement,
  citationAlign,
  mentionSweep,
  typoSweep,
  versionDiff,
  yearSweep,
  ledger,
  mentionCount,
  tableAggregate,
  yearSpan,
  groupCount,
  mentionTable,
  speakerTable,
  tableJoin,
  tableSelect,
  excerptMatch,
  headTailMatch,
  ruleApply,
  sourceCluster,
  speakerMatch,
  lengthRank,
  mentionRank,
  speakerRank,
  tableRank,
  excerptOrder,
  frequencyOrder,
  mentionOrder,
  partShuffle,
  comparisonSummary,
  mentionDigest,
  speakerDigest,
];
