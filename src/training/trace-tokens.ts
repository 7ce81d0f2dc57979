/**
 * @file What each token of a rollout was worth to the sampler and to the trainer, for `rollout.trace`. The trainer's are taken before the update: where
 * both run the same weights, what differs is arithmetic, or staleness.
 */
import type { Engine, TrajectoryGroup } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import type { ScoredRollout } from '../rollouts/group.ts';
import type { TokenTrace } from '../rollouts/token-trace.ts';

/** What the traces are made from: the trained groups' judged rollouts in the order of `batch`. */
export interface TraceOptions {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly rolloutsPG: readonly (readonly ScoredRollout[])[];
  readonly batch: readonly TrajectoryGroup[];
  readonly signal: AbortSignal | undefined;
}

const thousandths = (values: Float32Array): number[] => Array.from(values, (value) => Math.round(value * 1000));

/** One trace a rollout. Costs a forward pass where the engine tells log-probabilities. */
export async function tokenTraces(options: TraceOptions): Promise<Map<ScoredRollout, TokenTrace>> {
  const { engine, tokenizer, rolloutsPG, batch, signal } = options;
  const trainerPG = await engine.logprobs?.(batch, signal ? { signal } : {});
  const traces = new Map<ScoredRollout, TokenTrace>();
  for (const [p, rollouts] of rolloutsPG.entries())
    for (const [g, rollout] of rollouts.entries()) {
      const { tokens, logprobs, entropies } = rollout.completion;
      const trainer = trainerPG?.[p]?.[g];
      traces.set(rollout, {
        pieces: await tokenizer.decode(
          Array.from(tokens, (token) => Int32Array.of(token)),
          { specialTokens: true },
        ),
        sampler: thousandths(logprobs),
        ...(trainer === undefined ? {} : { trainer: thousandths(trainer) }),
        ...(entropies === undefined ? {} : { entropy: thousandths(entropies) }),
      });
    }
  return traces;
}
