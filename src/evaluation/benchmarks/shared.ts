/**
 * @file What several benchmarks share: sampling as published (QwenLong-L1.5 section 5.1), ids of clusters, evidence found in a
 * context, and the two-answer question to a judge.
 */
import { createHash } from 'node:crypto';
import type { CompatProfile, Evidence, ItemFacts, JudgeQuestion, Sampling } from '../benchmark.ts';
import { lastStatement } from '../scorers/extract.ts';

/** QwenLong-L1.5 section 5.1; where a benchmark differs, its own file says so. */
export const published: Sampling = { temperature: 0.7, topP: 0.95, maxTokens: 51_200, repeats: 1 };

/** Tokens of a prompt in the published runs. */
export const publishedInput = 131_072;

/** A short name for a text: items on the same document share it. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

const shown = 240;

/** A copy: a slice would keep its whole context in memory for as long as the facts live. */
const copied = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** The evidence at a place of the context. */
export function evidenceAt(context: string, start: number, length: number): Evidence {
  const end = Math.min(context.length, start + Math.min(length, 2 * shown));
  return {
    depth: context.length === 0 ? 0 : start / context.length,
    before: copied(context.slice(Math.max(0, start - shown), start)),
    span: copied(context.slice(start, end)),
    after: copied(context.slice(end, end + shown)),
  };
}

/** The first place where one of the golds stands in the context, whatever its case; golds of one letter say nothing. */
export function findEvidence(context: string, golds: readonly string[]): { evidence?: Evidence } {
  const folded = context.toLowerCase();
  // Lower case changes the length of a few characters; positions are then not those of the context.
  if (folded.length !== context.length) return {};
  for (const gold of golds) {
    if (gold.length < 2) continue;
    const at = folded.indexOf(gold.toLowerCase());
    if (at >= 0) return { evidence: evidenceAt(context, at, gold.length) };
  }
  return {};
}

/** How a benchmark's script puts its question: which answer comes first, and how the verdict is read. */
export interface JudgeStyle {
  readonly goldFirst: boolean;
  readonly form: JudgeQuestion['form'];
}

/** One question a gold; `strict` reads the judge's last verdict, the others as the benchmark's script does. */
export const equivalence = (
  facts: ItemFacts,
  answer: string,
  profile: CompatProfile,
  { goldFirst, form }: JudgeStyle,
): JudgeQuestion[] =>
  facts.gold.map((gold) => ({
    prompt: 'equivalence',
    question: facts.question,
    gold,
    answer,
    goldFirst,
    form: profile === 'upstream' ? form : 'last-bracket',
  }));

/** What `strict` takes for the answer of "Therefore, the answer is (...)": the last one after the thinking, without wrapping. */
export const statedAnswer = (visible: string): string =>
  (lastStatement(visible) ?? '').replace(/^[\s"'*(]+/, '').replace(/[\s"'*).]+$/, '');
