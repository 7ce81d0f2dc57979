/** @file Sampling sessions: what each samples from, and the requests that draw from it. Some follow the newest save of their model. */
import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import type { Tokenizer } from '../../../engine/tokenizer.ts';
import type { Checkpoints } from '../checkpoints.ts';
import type { Futures } from '../futures.ts';
import type { ModelHost } from '../models.ts';
import { Refusal } from '../refusal.ts';
import type * as requests from '../requests.ts';
import { drawSamples } from '../sampling.ts';
import type { Sessions } from '../sessions.ts';
import { parsePath } from './checkpoint-path.ts';
import type { WeightsState } from './weights-states.ts';

/** What they have in common with the rest of the server. */
interface SamplingOptions {
  readonly name: string;
  readonly maxContext: number;
  readonly maxPending?: number | undefined;
  readonly host: ModelHost;
  readonly checkpoints: Checkpoints;
  readonly sessions: Sessions;
  readonly futures: Futures;
  readonly tokenizer: Promise<Tokenizer>;
}

/** Tokens that may follow a prompt. @throws Refusal (400) where prompt and completion are too long, or there is no prompt. */
function tokensToDraw({ prompt, sampling_params }: requests.SampleBody, maxContext: number): number {
  if (prompt.length === 0) throw new Refusal(400, 'the prompt is empty');
  const room = maxContext - prompt.length;
  const { max_tokens: asked } = sampling_params;
  const maxTokens = asked ?? room;
  if (maxTokens > room)
    throw new Refusal(
      400,
      `${prompt.length} prompt tokens and max_tokens ${maxTokens} exceed the context of ${maxContext}`,
    );
  return maxTokens;
}

/** By id, which begins with the session's. */
export class SamplingSessions {
  private readonly options: SamplingOptions;
  private readonly states = new Map<string, WeightsState>();
  /** Those that follow, by model. */
  private readonly following = new Map<string, Set<string>>();
  private counter = 0;

  constructor(options: SamplingOptions) {
    this.options = options;
  }

  /** @throws Refusal (404) for a session that is not known, or over. */
  set(session: string, number: number, state: WeightsState): string {
    const id = `${session}:sample:${number}`;
    this.options.sessions.use(session).samplers.add(id);
    this.states.set(id, state);
    return id;
  }

  /** Lets all samplers that follow a model sample from its newest save. */
  follow(model: string, id: string, state: WeightsState): void {
    const followers = this.following.get(model) ?? new Set();
    this.following.set(model, followers.add(id));
    for (const follower of followers) this.states.set(follower, state);
  }

  /** There will be no more saves of a model. */
  dropModel(model: string): void {
    this.following.delete(model);
  }

  dropSession(session: string): void {
    for (const id of [...this.states.keys()].filter((key) => key.startsWith(`${session}:`))) this.states.delete(id);
  }

  async create(body: z.infer<typeof requests.createSamplingSession>) {
    const { session_id, sampling_session_seq_id: number, base_model, model_path } = body;
    this.options.sessions.use(session_id);
    const id = this.set(session_id, number, await this.weights(base_model, model_path));
    return { sampling_session_id: id, type: 'create_sampling_session' };
  }

  describe(id: string) {
    return { sampler_id: id, base_model: this.options.name, model_path: this.find(id).path ?? null };
  }

  async sample(body: requests.SampleBody, pushBack: boolean) {
    const { maxPending = 2000, maxContext, host, futures, tokenizer } = this.options;
    if (host.scheduler.waiting >= (pushBack ? maxPending : 10 * maxPending))
      throw new Refusal(429, 'Too many sampling requests wait');
    const { sampling_session_id: session, seq_id, num_samples } = body;
    const state = session ? this.find(session) : await this.weights(body.base_model, body.model_path);
    const maxTokens = tokensToDraw(body, maxContext);
    const id = session && typeof seq_id === 'number' ? `${session}-s${seq_id}` : `sample-${++this.counter}`;
    if (!futures.has(id)) {
      const seed = body.sampling_params.seed ?? randomInt(2 ** 31);
      const work = drawSamples({ host, state, body, maxTokens, seed, tokenizer });
      futures.start(
        id,
        work.then((result) => ({ type: 'sample' as const, result })),
      );
    }
    // The official client takes the names of the sequences from here (from 0.38 on).
    return { request_id: id, sample_sequence_ids: Array.from({ length: num_samples }, (_, g) => `${id}-${g}`) };
  }

  private find(id: string): WeightsState {
    const state = this.states.get(id);
    if (state === undefined) throw new Refusal(404, `Sampling session ${id} not found`);
    return state;
  }

  /** The weights that a request names. With both, as clients send for a checkpoint of a known base, the checkpoint is meant. */
  private async weights(base: string | null | undefined, path: string | null | undefined): Promise<WeightsState> {
    const { name, checkpoints } = this.options;
    if (base) checkBase(base, name);
    if (!(base || path)) throw new Refusal(400, 'base_model or model_path is needed');
    if (!path) return {};
    if (checkpoints.saving.has(checkpoints.directory(parsePath(path))))
      throw new Refusal(425, `Checkpoint ${path} is still being created`);
    return { directory: await checkpoints.locate(path), path };
  }
}

/** @throws Refusal (400) for another base model than the server's. */
export function checkBase(asked: string, own: string): void {
  if (asked !== own) throw new Refusal(400, `base_model: got "${asked}", this server has "${own}"`);
}
