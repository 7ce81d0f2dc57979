/**
 * @file The last step of every import: the sample in full, and the proof that its reward works: the gold earns 1 and an empty response 0
 * under each profile that the sample claims.
 */
import { sha256 } from '../../corpus/make-document.ts';
import { type Profile, type RewardSpec, renderGold, scoreResponse } from '../../rewards/index.ts';
import type { Sample } from '../../samples/sample.ts';
import type { TaskId } from '../../tasks/task.ts';
import { estimateTokens } from '../../tokens.ts';
import { Refusal } from './refusal.ts';

/** @throws Refusal naming the profile and what it pays. */
export function checkReward(spec: RewardSpec, claimed: readonly Profile[]): void {
  for (const profile of claimed) {
    const gold = scoreResponse(spec, renderGold(spec, profile), profile);
    // A summary's mean over references ends a rounding below 1.
    if (gold.status !== 'ok' || gold.score < 1 - 1e-6)
      throw new Refusal('gold-not-rewarded', `${profile}: the gold earns ${gold.score} (${gold.reason})`);
    const empty = scoreResponse(spec, '', profile);
    if (empty.score > 0) throw new Refusal('empty-rewarded', `${profile}: an empty response earns ${empty.score}`);
  }
}

/** A sample's id: its content. */
export const contentId = (task: TaskId, prompt: string, gold: readonly string[]): string =>
  sha256(`${task}\u0000${prompt}\u0000${gold.join('\n')}`).slice(0, 16);

/** Prompts below are `short`, as those that construction makes. */
const longFrom = 0.8 * 8192;

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

export function importedSample(fields: ImportedFields): Sample {
  const { task, prompt, spec, question, rationale, split, cluster, documents, evidence, imported } = fields;
  const { metric, gold, language } = spec;
  const tokens = estimateTokens(prompt);
  return {
    id: contentId(task, prompt, gold),
    task,
    prompt,
    reward: { metric, gold: [...gold], language },
    question,
    rationale,
    rendering: tokens < longFrom ? 'short' : 'long',
    split,
    cluster,
    tokens,
    provenance: {
      documents,
      evidence,
      generator: `import/${imported.dataset}`,
      generatorVersion: 1,
      seed: imported.row,
      imported,
    },
  };
}
