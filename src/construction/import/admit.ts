/**
 * @file The last step of every import: the sample in full, and the proof that its reward works: the gold earns 1 and an empty response 0
 * under each profile that the sample claims.
 */
import type { Profile, RewardSpec } from '../../rewards/index.ts';
import type { Sample } from '../../samples/sample.ts';
import type { TaskId } from '../../tasks/task.ts';
import { estimateTokens } from '../../tokens.ts';
import { rewardFault } from '../gates/answer-gates.ts';
import { sampleOf } from '../make-sample.ts';
import { Refusal } from './refusal.ts';

/** @throws Refusal naming the profile and what it pays. */
export function checkReward(spec: RewardSpec, claimed: readonly Profile[]): void {
  const fault = rewardFault(spec, claimed);
  if (fault === undefined) return;
  const { profile, response, score, reason } = fault;
  if (response === 'gold') throw new Refusal('gold-not-rewarded', `${profile}: the gold earns ${score} (${reason})`);
  throw new Refusal('empty-rewarded', `${profile}: an empty response earns ${score}`);
}

/** Prompts below are `short`, as those that construction makes. */
const longFrom = 0.8 * 8192;

/** A row of someone else's dataset, already read into the terms of a sample. */
export interface ImportedFields {
  readonly task: TaskId;
  readonly prompt: string;
  readonly spec: RewardSpec;
  readonly question: string;
  readonly rationale: string;
  readonly split: Sample['split'];
  readonly cluster: string;
  readonly documents: Sample['provenance']['documents'];
  readonly evidence: Sample['provenance']['evidence'];
  readonly imported: NonNullable<Sample['provenance']['imported']>;
}

/** A sample of an imported row; its length is estimated, and decides between `short` and `long`. */
export function importedSample(fields: ImportedFields): Sample {
  const { task, prompt, spec, question, rationale, split, cluster, documents, evidence, imported } = fields;
  const tokens = estimateTokens(prompt);
  return sampleOf({
    draft: { task, spec, question, rationale, cluster, evidence },
    prompt,
    tokens,
    rendering: tokens < longFrom ? 'short' : 'long',
    split,
    documents,
    generator: { id: `import/${imported.dataset}`, version: 1 },
    seed: imported.row,
    more: { imported },
  });
}
