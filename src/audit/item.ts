/**
 * @file What the audit takes and what it keeps of a sample. The context itself is let go, so that a dataset of long prompts passes
 * through little memory.
 */
import type { Profile, RewardSpec } from '../rewards/reward.ts';
import { rewardOf } from '../samples/reward-of.ts';
import type { Sample } from '../samples/sample.ts';
import { type Facts, factsOf } from './blind/facts.ts';
import { type Stumble, stumblesOf } from './lints.ts';
import { type ReaderName, readersAnswers } from './readers/readers.ts';

/** One sample of any dataset. */
export interface AuditSource {
  readonly id: string;
  /** Task (T1 to T9), or the metric where the dataset names none. */
  readonly task: string;
  /** Who made it: generator, or data source of the row. */
  readonly generator: string;
  /** The reward with the question, as training scores it. */
  readonly spec: RewardSpec;
  readonly question: string;
  readonly prompt: string;
  /** Profiles that an imported sample fits; all by default. */
  readonly fits?: readonly Profile[] | undefined;
}

/** The profile asked for, or the one that a sample fits when it does not fit that. */
export const profileOf = ({ fits = [] }: Pick<AuditSource, 'fits'>, wanted: Profile): Profile =>
  fits.includes(wanted) ? wanted : (fits[0] ?? wanted);

/** A sample without its context: its reward, its question, and the facts that answers without reading are made of. */
export interface AuditItem extends Omit<AuditSource, 'prompt'> {
  readonly facts: Facts;
  /** What solvers answer that read without understanding. */
  readonly readings: Readonly<Record<ReaderName, string>>;
  /** What a reader would stumble over. */
  readonly stumbles: readonly Stumble[];
}

/** A sample of a golongrl dataset as the audit takes it. */
export const sourceOfSample = (sample: Sample): AuditSource => ({
  id: sample.id,
  task: sample.task,
  generator: sample.provenance.generator,
  spec: rewardOf(sample),
  question: sample.question,
  prompt: sample.prompt,
  fits: sample.provenance.imported?.profiles,
});

export const itemOf = ({ prompt, ...rest }: AuditSource): AuditItem => ({
  ...rest,
  facts: factsOf(prompt, rest.question),
  readings: readersAnswers({ ...rest, prompt }),
  stumbles: stumblesOf({ ...rest, prompt }),
});
