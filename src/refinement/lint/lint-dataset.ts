/**
 * @file All lints over one dataset, in one pass.
 */
import type { Sample } from '../../samples/sample.ts';
import { closedBook } from './closed-book.ts';
import { evidencePosition } from './evidence-position.ts';
import { hackability } from './hackability.ts';
import { letterBalance } from './letter-balance.ts';
import { lexicalOverlap } from './lexical-overlap.ts';
import { defaultLintSettings, type Finding, type Lint, type LintSettings } from './lint.ts';
import { optionLength } from './option-length.ts';
import { repeatedPrompts } from './repeated-prompts.ts';

const lints: readonly Lint[] = [
  letterBalance,
  optionLength,
  evidencePosition,
  lexicalOverlap,
  hackability,
  closedBook,
  repeatedPrompts,
];

/** What all lints found in a dataset of so many samples. */
export interface LintReport {
  readonly samples: number;
  /** Names of the lints that failed. */
  readonly failed: readonly string[];
  readonly lints: readonly (Finding & { readonly lint: string })[];
}

/** Holds no sample longer than it takes to count it. */
export async function lintDataset(
  samples: AsyncIterable<Sample>,
  settings: Partial<LintSettings> = {},
): Promise<LintReport> {
  const passes = lints.map(({ name, start }) => ({ lint: name, pass: start({ ...defaultLintSettings, ...settings }) }));
  let count = 0;
  for await (const sample of samples) {
    count++;
    for (const { pass } of passes) pass.add(sample);
  }
  const findings = passes.map(({ lint, pass }) => ({ lint, ...pass.finish() }));
  const failed = findings.filter(({ verdict }) => verdict === 'fail').map(({ lint }) => lint);
  return { samples: count, failed, lints: findings };
}
