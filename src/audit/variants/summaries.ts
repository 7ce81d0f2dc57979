/** @file Summaries: the gold as a paragraph in other marks, and texts that say something else in its words. */
import type { AuditItem } from '../item.ts';
import type { Forms, Misses, VariantContext } from './variant.ts';

export function summaryForms({ spec }: AuditItem): Forms {
  const gold = spec.gold[0] ?? '';
  const sentences = gold.split(/(?<=[.!?]) +/);
  return {
    quotes: `“${gold}”`,
    'Summary:': `Summary: ${gold}`,
    'lower case': gold.toLowerCase(),
    'one sentence a line': sentences.length > 1 ? sentences.join('\n') : undefined,
    bullets: sentences.length > 1 ? sentences.map((text) => `- ${text}`).join('\n') : undefined,
  };
}

export function summaryMisses({ spec, question }: AuditItem, { others, rng }: VariantContext): Misses {
  const gold = spec.gold[0] ?? '';
  const words = gold.match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? [];
  const elsewhere = others.map((item) => item.spec.gold[0] ?? '').filter((text) => text !== '' && text !== gold);
  const figures = gold.replace(/\d(?![\d.,]*\d)/g, (digit) => String((Number(digit) + 3) % 10));
  return {
    'summary of another sample': elsewhere.length === 0 ? undefined : [rng.pick(elsewhere), 0.5],
    'words shuffled': [rng.shuffle(words).join(' '), 0.5],
    'question as summary': question === '' ? undefined : [question, 0.34],
    'other figures': figures === gold ? undefined : [figures, 0.995],
    'ten times over': [Array.from({ length: 10 }, () => gold).join(' '), 0.34],
  };
}
