/**
 * @file What the audit keeps of a sample: its reward, its question, and the facts that answers without reading are made of. The
 * context itself is let go, so that a dataset of long prompts passes through little memory.
 */
import type { RewardSpec } from '../rewards/reward.ts';
import type { Sample } from '../samples/sample.ts';
import { specOf } from '../samples/spec-of.ts';
import { type Facts, factsOf } from './blind/facts.ts';

/** A question with its gold, from whatever dataset. */
export interface AuditItem {
  readonly id: string;
  /** Task (T1 to T9), or the metric where the dataset names none. */
  readonly task: string;
  /** Who made it: generator, or data source of the row. */
  readonly generator: string;
  /** The reward with the question, as training scores it. */
  readonly spec: RewardSpec;
  readonly question: string;
  readonly facts: Facts;
}

export const itemOfSample = (sample: Sample): AuditItem => ({
  id: sample.id,
  task: sample.task,
  generator: sample.provenance.generator,
  spec: specOf(sample),
  question: sample.question,
  facts: factsOf(sample.prompt, sample.question),
});
