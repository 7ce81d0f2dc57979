/** @file The right and the wrong answers that a gold is tried with, by its metric. */
import type { Metric } from '../../tasks/task.ts';
import { respond } from '../blind/probes.ts';
import type { AuditItem } from '../item.ts';
import { framed } from './frames.ts';
import { letterForms, letterMisses } from './letters.ts';
import { listForms, listMisses } from './lists.ts';
import { pairForms, pairMisses } from './pairs.ts';
import { summaryForms, summaryMisses } from './summaries.ts';
import { tableForms, tableMisses } from './tables.ts';
import { valueForms, valueMisses } from './values.ts';
import type { Forms, Misses, Variant, VariantContext } from './variant.ts';

interface Kind {
  readonly forms: (item: AuditItem) => Forms;
  readonly misses: (item: AuditItem, context: VariantContext) => Misses;
}

const value: Kind = { forms: valueForms, misses: valueMisses };
const list: Kind = { forms: listForms, misses: listMisses };

const kinds: Readonly<Record<Metric, Kind>> = {
  EM: value,
  math_verify: value,
  Accuracy: { forms: letterForms, misses: letterMisses },
  F1_Score: list,
  NDCG: list,
  Pairwise_Accuracy: list,
  SubEM: { forms: pairForms, misses: pairMisses },
  IoU: { forms: tableForms, misses: tableMisses },
  Summary: { forms: summaryForms, misses: summaryMisses },
};

/** Lines that are joined in the answer: these metrics grade several. */
const lineMetrics = new Set<Metric>(['F1_Score', 'NDCG', 'Pairwise_Accuracy', 'SubEM']);

export const goldText = ({ spec }: AuditItem): string =>
  lineMetrics.has(spec.metric) ? spec.gold.join('\n') : (spec.gold[0] ?? '');

/** Right answers: the gold itself first, then in other frames and forms. */
export function rightVariants(item: AuditItem): Variant[] {
  const forms = Object.entries(kinds[item.spec.metric].forms(item));
  return [
    ...framed(goldText(item)),
    ...forms.flatMap(([kind, text]) => (text === undefined ? [] : [{ kind, response: respond(text) }])),
  ];
}

/** Wrong answers that come near the gold. */
export function wrongVariants(item: AuditItem, context: VariantContext): Variant[] {
  return Object.entries(kinds[item.spec.metric].misses(item, context)).flatMap(([kind, miss]) => {
    const [text, most] = typeof miss === 'object' ? miss : [miss, 0];
    return text === undefined ? [] : [{ kind, response: respond(text), most }];
  });
}
