/**
 * @file Sampling. Rollouts step together, one token a step; a group's rollouts share the prompt's keys and values, which
 * are computed once. A rollout that ends makes room for the next, so that a large request keeps its rows busy to the end.
 *
 * Each rollout draws from its own random stream, so its tokens do not depend on what else is in the batch (but for exact
 * ties: other batch shapes round differently in the last bit).
 */
import { EngineError } from '../../../errors.ts';
import { random } from '../../../random.ts';
import type { Completion, SampleEvent, SampleRequest } from '../../engine.ts';
import { leastNormal } from '../graph/graph.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import type { PromptGroup, Stream } from './decode-batch.ts';
import { type DecoderLimits, defaultDecoderLimits } from './decoder-limits.ts';
import type { SampleExtent } from './fixed-weights.ts';
import { HostStepper, type HostStepperOptions } from './host-stepper.ts';
import { cacheBytes } from './layer-caches.ts';
import { checkRequest, throwIfAborted } from './sample-request.ts';
import type { DecodeSession, Stepper } from './stepper.ts';
import { type DecodeText, StopText } from './stop-text.ts';

/** While more of the rows than this are busy, a small prefill waits until there is room for a larger one. */
const busyShare = 0.75;

/** A request in progress. */
interface Run {
  readonly request: SampleRequest;
  readonly session: DecodeSession;
  /** Groups to come, longest prompts first: like lengths meet, and the largest cache is the first. */
  readonly queue: (PromptGroup & { readonly prompt: number })[];
  /** Most rollouts that step together, with this length. */
  readonly rows: number;
  readonly stopTokens: ReadonlySet<number>;
  readonly stopText: StopText | undefined;
  readonly completions: Completion[][];
  readonly prefill: { tokens: number; readonly total: number };
}

/** Samples with parameters that training may change in place between requests: `forget` says that it has. */
export class Decoder {
  private readonly config: ModelConfig;
  private readonly limits: DecoderLimits;
  private readonly stepper: Stepper;
  private readonly decodeText: DecodeText | undefined;

  /** @param options a device's `stepper`, or what that of the processor takes; `decodeText` is needed for stop strings. */
  constructor(
    options: { config: ModelConfig; limits?: DecoderLimits; decodeText?: DecodeText } & (
      | HostStepperOptions
      | { stepper: Stepper }
    ),
  ) {
    this.config = options.config;
    this.limits = options.limits ?? defaultDecoderLimits;
    this.decodeText = options.decodeText;
    const tokens = this.limits.prefillTokens;
    this.stepper = 'stepper' in options ? options.stepper : new HostStepper({ ...options, tokens });
  }

  /** @throws EngineError for a request that cannot be met, or when the signal aborts. */
  async sample(request: SampleRequest): Promise<Completion[][]> {
    checkRequest(request, this.config);
    const run = this.start(request);
    try {
      while (run.queue.length > 0 || !run.session.batch.empty) {
        throwIfAborted(request);
        await this.admit(run);
        await this.step(run);
      }
    } finally {
      run.session.close();
    }
    return run.completions;
  }

  /** To be called when weights have changed; before a training step it frees memory that training needs. */
  async forget(): Promise<void> {
    await this.stepper.forget?.();
  }

  async release(): Promise<void> {
    await this.stepper.release();
  }

  /** How many of a request's rollouts step together, about, of at most `most`; and the steps that it takes at most then. */
  private extent({ prompts, rolloutsPerPrompt, maxTokens }: SampleRequest, most: number): SampleExtent {
    const rollouts = prompts.length * rolloutsPerPrompt;
    const longest = Math.max(1, ...prompts.map(({ length }) => length));
    const slots = Math.max(1, Math.floor(this.limits.cacheBytes / cacheBytes(this.config, longest)));
    const rows = Math.min(most, slots * rolloutsPerPrompt, rollouts);
    return { rows, steps: maxTokens * Math.ceil(rollouts / rows) };
  }

  private start(request: SampleRequest): Run {
    const { prompts, stopStrings = [] } = request;
    const streams = (prompt: number): Stream[] =>
      Array.from({ length: request.rolloutsPerPrompt }, (_, rollout) => {
        const draw = random(request.seeds[prompt] as number, 'sample', rollout);
        return { prompt, rollout, draw, tokens: [], logprobs: [], entropies: [] };
      });
    if (stopStrings.length > 0 && !this.decodeText)
      throw new EngineError('request-invalid', 'sample: stopStrings: this engine has no tokenizer.');
    const longest = cacheBytes(this.config, request.maxTokens);
    const rows = Math.max(1, Math.min(this.limits.rows, Math.floor(this.limits.ownBytes / longest)));
    return {
      request,
      rows,
      session: this.stepper.open(request, this.extent(request, rows)),
      queue: prompts
        .map((tokens, prompt) => ({ prompt, tokens, waiting: streams(prompt) }))
        .sort((a, b) => b.tokens.length - a.tokens.length || a.prompt - b.prompt),
      stopTokens: new Set(request.stopTokens),
      stopText: this.decodeText && stopStrings.length > 0 ? new StopText(stopStrings, this.decodeText) : undefined,
      completions: prompts.map(() => []),
      prefill: { tokens: 0, total: prompts.reduce((sum, { length }) => sum + length - 1, 0) },
    };
  }

  /** Starts rollouts where there is room: first of prompts that are there, then of those to come. */
  private async admit(run: Run): Promise<void> {
    const { request, session, queue, prefill, rows } = run;
    const { batch } = session;
    batch.fill(rows);
    const groups = queue.splice(0, this.admissible(run));
    if (groups.length === 0) return;
    const first = batch.admit(groups);
    await session.prefill(
      groups.map(({ tokens }) => tokens.subarray(0, -1)),
      first,
      {
        onPart: (tokens) => {
          prefill.tokens += tokens;
          request.onEvent?.({ type: 'prefill-progress', ...prefill });
          throwIfAborted(request);
        },
        signal: request.signal,
      },
    );
    batch.fill(rows);
  }

  /** How many groups of the queue to admit now. */
  private admissible({ session: { batch }, queue, request, rows }: Run): number {
    const { cacheBytes: mostBytes, prefillTokens } = this.limits;
    let { length } = batch.prompts;
    let slots = batch.prompts.lengths.length;
    let free = rows - batch.size;
    let tokens = 0;
    let count = 0;
    for (const group of queue) {
      length = Math.max(length, group.tokens.length);
      const fits = ++slots * cacheBytes(this.config, length) <= mostBytes || slots === 1;
      if (free <= 0 || !fits) break;
      free -= request.rolloutsPerPrompt;
      tokens += group.tokens.length;
      count++;
    }
    return batch.size > busyShare * rows && tokens < prefillTokens ? 0 : count;
  }

  /** A token for each rollout. */
  private async step(run: Run): Promise<void> {
    const { session, request } = run;
    const { batch } = session;
    const drawn = await session.step();
    for (const [b, { tokens, logprobs, entropies }] of batch.streams.entries()) {
      tokens.push(drawn.tokens[b] as number);
      if (drawn.entropies !== undefined) entropies.push(drawn.entropies[b] as number);
      logprobs.push(Math.log(Math.max(drawn.probabilities[b] as number, leastNormal)));
    }
    request.onEvent?.(tokensDrawn(batch.streams));
    await this.end(run);
    batch.advance(drawn.cache);
  }

  /** Marks the rollouts that have ended and keeps their completions. */
  private async end({ session: { batch }, request, stopTokens, stopText, completions }: Run): Promise<void> {
    const stopped = new Set(await stopText?.ended(batch.streams));
    for (const stream of batch.streams) {
      const { prompt, rollout, tokens, logprobs, entropies } = stream;
      if (stopTokens.has(tokens.at(-1) as number) || stopped.has(stream)) stream.ended = 'stop';
      else if (tokens.length >= request.maxTokens) stream.ended = 'length';
      else continue;
      const completion: Completion = {
        tokens: Int32Array.from(tokens),
        logprobs: Float32Array.from(logprobs),
        ...(entropies.length === tokens.length ? { entropies: Float32Array.from(entropies) } : {}),
        stopReason: stream.ended,
      };
      (completions[prompt] as Completion[])[rollout] = completion;
      request.onEvent?.({ type: 'rollout-end', prompt, rollout, completion });
    }
  }
}

const tokensDrawn = (streams: readonly Stream[]): SampleEvent => ({
  type: 'tokens-drawn',
  prompts: Int32Array.from(streams, ({ prompt }) => prompt),
  rollouts: Int32Array.from(streams, ({ rollout }) => rollout),
  tokens: Int32Array.from(streams, ({ tokens }) => tokens.at(-1) as number),
  logprobs: Float32Array.from(streams, ({ logprobs }) => logprobs.at(-1) as number),
});
