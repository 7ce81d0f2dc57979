/**
 * @file What the policy said in a step, as rollouts/step-000012.jsonl.
 */
import type { ScoredRollout } from '../rollouts/group.ts';
import type { TokenTrace } from '../rollouts/token-trace.ts';
import type { RunDirectory } from '../runs/run-directory.ts';
import type { AgedBatch } from './batch-source.ts';

/** One line a group; the prompt is referred to by its hash. */
export async function writeRollouts(
  run: RunDirectory,
  step: number,
  batch: AgedBatch,
  advantageOf: ReadonlyMap<ScoredRollout, number>,
  traceOf: ReadonlyMap<ScoredRollout, TokenTrace> = new Map(),
): Promise<void> {
  const lines: object[] = [];
  for (const group of batch.drawn) {
    const { id, task, question, rationale, provenance } = group.sample;
    const { gold, ...reward } = group.sample.reward;
    lines.push({
      sample: id,
      task,
      prompt: await run.writePrompt(group.sample.prompt),
      gold,
      reward,
      generator: provenance.generator,
      question,
      rationale,
      promptTokens: group.prompt.length,
      staleness: batch.staleness,
      use: batch.trained.includes(group) ? 'trained' : batch.dropped.includes(group) ? 'dropped' : 'surplus',
      rollouts: group.rollouts.map((rollout) => ({
        text: rollout.text,
        ...rollout.result,
        tokens: rollout.completion.tokens.length,
        stopReason: rollout.completion.stopReason,
        advantage: advantageOf.get(rollout),
        trace: traceOf.get(rollout),
      })),
    });
  }
  await run.writeRollouts(step, lines);
}
