/** @file Lists and orders (F1, NDCG, Pairwise): ways to write a list, and lists with something wrong in them. */
import type { AuditItem } from '../item.ts';
import type { Forms, Misses, VariantContext } from './variant.ts';

const ranked = (item: AuditItem): boolean => item.spec.metric !== 'F1_Score';

export function listForms(item: AuditItem): Forms {
  const { gold, language } = item.spec;
  const plain = !gold.some((line) => /[,，、;；>]|\band\b/.test(line));
  const last = gold.at(-1) ?? '';
  return {
    bullets: gold.map((line) => `- ${line}`).join('\n'),
    stars: gold.map((line) => `* **${line}**`).join('\n'),
    numbered: gold.map((line, i) => `${i + 1}. ${line}`).join('\n'),
    'JSON list': JSON.stringify(gold),
    'JSON object with a list': JSON.stringify({ answer: gold }),
    commas: plain ? gold.join(language === 'zh' ? '、' : ', ') : undefined,
    semicolons: plain ? gold.join('; ') : undefined,
    'commas and "and"':
      plain && gold.length > 1 && language === 'en' ? `${gold.slice(0, -1).join(', ')} and ${last}` : undefined,
    'empty lines between': gold.join('\n\n'),
    arrows: ranked(item) && plain ? gold.join(' → ') : undefined,
    'greater-than signs': ranked(item) && plain ? gold.join(' > ') : undefined,
    'any order': ranked(item) ? undefined : gold.toReversed().join('\n'),
  };
}

/** Something that is no gold, of the form of one. */
function foreign({ spec, facts }: AuditItem, { rng, others }: VariantContext): string | undefined {
  const golds = new Set(spec.gold.map((line) => line.toLowerCase()));
  const near = spec.gold
    .map((line) => line.replace(/\d+$/, (digits) => String(Number(digits) + 1)))
    .find((line) => /\d$/.test(line) && !golds.has(line.toLowerCase()));
  if (near !== undefined) return near;
  const held = Object.values(facts.lists).filter((list) => spec.gold.every((line) => list.includes(line)));
  const pool = [...held.flat(), ...others.flatMap((other) => other.spec.gold)].filter(
    (line) => !golds.has(line.toLowerCase()),
  );
  return pool.length === 0 ? undefined : rng.pick(pool);
}

/** A list with something wrong in it is worth less than the whole, if not nothing. */
const partly = 0.995;

export function listMisses(item: AuditItem, context: VariantContext): Misses {
  const { gold } = item.spec;
  const other = foreign(item, context);
  const lines = (list: readonly (string | undefined)[]): string => list.filter((line) => line !== undefined).join('\n');
  const [first, second, ...rest] = gold;
  const misses: Misses = {
    'item dropped': gold.length > 1 ? [lines(gold.slice(0, -1)), partly] : undefined,
    'item added': other === undefined ? undefined : [lines([...gold, other]), item.spec.metric === 'NDCG' ? 1 : partly],
    'item exchanged': other === undefined ? undefined : [lines([...gold.slice(0, -1), other]), partly],
    'denied list': [`none of ${gold.join(', ')}`, 0],
  };
  if (!ranked(item) || gold.length < 2) return misses;
  return {
    ...misses,
    'neighbours exchanged': [lines([second, first, ...rest]), partly],
    reversed: [lines(gold.toReversed()), 0.34],
  };
}
