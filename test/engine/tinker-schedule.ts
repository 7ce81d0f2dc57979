/** @file One run of the client against a faulty server, and what must be true of its end, whatever the faults were. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LossSpec } from '../../src/engine/engine.ts';
import { openTinkerEngine, type TinkerEngine } from '../../src/engine/tinker/tinker-engine.ts';
import { GolongrlError } from '../../src/errors.ts';
import { random } from '../../src/random.ts';
import { type Character, FaultyServer } from './tinker-server.ts';
import { VirtualClock } from './virtual-clock.ts';

const apiKey = 'tml-very-secret';
const rounds = 3;
const adam = { learningRate: 1, beta1: 0.9, beta2: 0.9, epsilon: 1e-8, weightDecay: 0, gradientClip: 0 };
const loss: LossSpec = { type: 'ppo', aggregation: 'constant', normalizer: 1, ratioBounds: [0.5, 5] };
const prompts = [Int32Array.of(11, 1), Int32Array.of(22, 2)];
/** Of a round: two prompts with two rollouts of two tokens, each with the advantage 1. */
const perStep = 8;

export interface ScheduleResult {
  readonly end: 'done' | 'failed';
  /** Code of the error. */
  readonly code?: string;
  readonly message?: string;
  readonly steps: number;
  readonly virtualSeconds: number;
}

async function drive(engine: TinkerEngine, directory: string, done: (step: number) => void): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    const completions = await engine.sample({
      prompts,
      rolloutsPerPrompt: 2,
      maxTokens: 2,
      temperature: 1,
      stopTokens: [],
      seeds: [1, 2],
    });
    for (const [p, group] of completions.entries()) {
      for (const [g, { tokens }] of group.entries()) {
        if (tokens[0] !== prompts[p]?.[0] || tokens[1] !== g)
          throw new Error(`WRONG: prompt ${p} got the sample of another`);
      }
    }
    const batch = prompts.map((prompt, p) => ({
      prompt,
      rollouts: (completions[p] ?? []).map(({ tokens, logprobs }) => ({
        tokens,
        logprobs,
        advantages: Float32Array.of(1, 1),
      })),
    }));
    const metrics = await engine.forwardBackward(batch, loss);
    if (metrics.tokens !== perStep) throw new Error(`WRONG: ${metrics.tokens} tokens`);
    const { step } = await engine.optimStep(adam);
    done(step);
    await engine.save(join(directory, `step-${round}`));
  }
}

const demand = (ok: boolean, what: string): void => {
  if (!ok) throw new Error(`WRONG: ${what}`);
};

/** @throws Error (not a GolongrlError) when a run hangs, trains a step twice or not wholly, or fails without saying how. */
export async function runSchedule(seed: number): Promise<ScheduleResult> {
  const rng = random(seed, 'tinker-faults');
  const character: Character = rng.pick(['hosted', 'skyrl']);
  const rates = { passing: rng.pick([0.02, 0.1, 0.25, 0.5]), final: rng.pick([0, 0, 0.05, 0.3]) };
  const clock = new VirtualClock();
  const server = new FaultyServer({ clock, random: random(seed, 'server'), rates, character });
  const directory = await mkdtemp(join(tmpdir(), 'golongrl-faults-'));
  let told = 0;
  let engine: TinkerEngine | undefined;
  const work = async (): Promise<unknown> => {
    try {
      // Sums over tokens, so that the server can count the advantages that it got; a datum a request, so that chunks can part.
      const profile = { lossNormalization: 'sum', acceptsWeights: true } as const;
      engine = await openTinkerEngine({
        url: 'http://server',
        rank: 4,
        seed,
        apiKey,
        profile,
        clock,
        fetch: server.fetch,
        chunks: { datums: 1, bytes: 1e6 },
      });
      await drive(engine, directory, (step) => {
        told = step;
      });
      return undefined;
    } catch (error) {
      return error;
    } finally {
      await engine?.close();
    }
  };
  try {
    const error = await clock.run(work(), 48 * 3_600_000);
    const { steps } = server;
    for (const { seq, advantages } of steps)
      demand(advantages === perStep, `step ${seq} trained ${advantages} of ${perStep}`);
    demand(new Set(steps.map(({ seq }) => seq)).size === steps.length, 'a step ran twice');
    if (error === undefined) {
      demand(steps.length === rounds && told === rounds, `${steps.length} steps ran, ${told} were told`);
      demand(server.saved.size === rounds, `${server.saved.size} checkpoints`);
      return { end: 'done', steps: steps.length, virtualSeconds: clock.now() / 1000 };
    }
    if (!(error instanceof GolongrlError)) throw error;
    // A reply may be lost for good: one more step may have run than the client knows of, never fewer.
    demand(steps.length === told || steps.length === told + 1, `${steps.length} steps ran, ${told} were told`);
    demand(error.message.length > 10 && !error.message.includes(apiKey), `unclear: ${error.message}`);
    return {
      end: 'failed',
      code: error.code,
      message: error.message,
      steps: steps.length,
      virtualSeconds: clock.now() / 1000,
    };
  } finally {
    await rm(directory, { recursive: true });
  }
}
