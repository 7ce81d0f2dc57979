/** @file Sampling from one state of the weights: a request a prompt with all its rollouts, as many at once as the server likes. */
import { EngineError, UsageError } from '../../errors.ts';
import { isRecord } from '../../json.ts';
import type { Completion, SampleRequest } from '../engine.ts';
import { refused, TinkerFailure } from './failure.ts';
import { type FutureResult, retrieve } from './futures.ts';
import type { Limiter } from './limiter.ts';
import type { Transport } from './transport.ts';
import { decodeSampleResult, type SampleResult } from './wire-results.ts';

/** Prompts of more bytes than this wait longer after a 429. */
const largePrompt = 128 * 1024;
const longestPushBack = 3_600_000;

/** @throws TinkerFailure for an end that is neither the model's own nor the limit: such a response must not be trained on. */
function stopReasonOf(value: unknown): Completion['stopReason'] {
  if (value === 'length') return 'length';
  if (value === 'stop' || value === null || value === undefined) return 'stop';
  throw new TinkerFailure(
    'tinker-bad-reply',
    `sample: got stop_reason ${JSON.stringify(value)}, expected stop or length.`,
  );
}

const jsonSample = (body: Readonly<Record<string, unknown>>): SampleResult => ({
  sequences: (Array.isArray(body.sequences) ? body.sequences : []).filter(isRecord).map((sequence) => ({
    stopReason: stopReasonOf(sequence.stop_reason),
    tokens: Int32Array.from(Array.isArray(sequence.tokens) ? sequence.tokens : []),
    logprobs: Float32Array.from(Array.isArray(sequence.logprobs) ? sequence.logprobs : []),
  })),
});

const readSample = (result: FutureResult): SampleResult =>
  result.type === 'proto' ? decodeSampleResult(result.bytes) : jsonSample(result.body);

/** One state of the weights. When the server can no longer sample from it, `sample` throws. */
export class Sampler {
  /** Optimizer steps before it. */
  readonly version: number;
  private readonly transport: Transport;
  private readonly sessionId: string;
  private readonly limiter: Limiter;
  private readonly maxContext: number;
  private readonly usable: () => boolean;
  private sequence = 0;

  constructor(options: {
    transport: Transport;
    sessionId: string;
    limiter: Limiter;
    maxContext: number;
    version: number;
    /** False once the server could no longer sample from these weights without spoiling those in training. */
    usable: () => boolean;
  }) {
    this.transport = options.transport;
    this.sessionId = options.sessionId;
    this.limiter = options.limiter;
    this.maxContext = options.maxContext;
    this.version = options.version;
    this.usable = options.usable;
  }

  /** Result [p][g] belongs to prompt p, rollout g. */
  async sample(request: SampleRequest): Promise<Completion[][]> {
    if (!this.usable())
      throw new EngineError(
        'sampler-old',
        `sample: the weights after step ${this.version} were asked for, but this server samples from the newest only.`,
        'On it, sampling from earlier weights would overwrite those in training.',
      );
    if ((request.minP ?? 0) > 0)
      throw new UsageError(
        'min-p-unsupported',
        `rollout.minP: got ${request.minP}, but Tinker servers have no such setting.`,
        'Set it to 0.',
      );
    if ((request.stopStrings ?? []).length > 0)
      throw new UsageError(
        'stop-strings-unsupported',
        `rollout.stop: got ${JSON.stringify(request.stopStrings)}, but Tinker servers stop at tokens or at texts, not at both.`,
        'Leave it out: the end tokens of the policy end a response.',
      );
    const tooLong = request.prompts.find(({ length }) => length + request.maxTokens > this.maxContext);
    if (tooLong)
      throw new EngineError(
        'context-exceeded',
        `sample: a prompt of ${tooLong.length} tokens and ${request.maxTokens} to come exceed the context of ${this.maxContext}.`,
      );
    // One failure ends the others.
    const failed = new AbortController();
    const signal = request.signal ? AbortSignal.any([request.signal, failed.signal]) : failed.signal;
    const all = request.prompts.map((prompt, p) =>
      this.limiter
        .run(() => this.one(request, prompt, request.seeds[p] ?? 0, signal))
        .then((completions) => {
          for (const [rollout, completion] of completions.entries())
            request.onEvent?.({ type: 'rollout-end', prompt: p, rollout, completion });
          return completions;
        })
        .catch((error: unknown) => {
          failed.abort(error);
          throw error;
        }),
    );
    await Promise.allSettled(all);
    return await Promise.all(all);
  }

  private async one(
    request: SampleRequest,
    prompt: Int32Array,
    seed: number,
    signal: AbortSignal,
  ): Promise<Completion[]> {
    signal.throwIfAborted();
    const body = {
      sampling_session_id: this.sessionId,
      seq_id: this.sequence++,
      num_samples: request.rolloutsPerPrompt,
      prompt: { chunks: [{ type: 'encoded_text', tokens: Array.from(prompt) }] },
      sampling_params: {
        max_tokens: request.maxTokens,
        // Rollout i is drawn with seed + i, which is to stay within 32 bits.
        seed: seed >>> 2,
        stop: [...request.stopTokens],
        temperature: request.temperature,
        top_k: request.topK ? request.topK : -1,
        top_p: request.topP ?? 1,
      },
      type: 'sample',
    };
    const submit = () => this.submit(body, prompt.length, signal);
    const { sequences } = readSample(
      await retrieve(this.transport, {
        name: 'sample',
        requestId: await submit(),
        resubmit: submit,
        proto: true,
        signal,
      }),
    );
    if (sequences.length !== request.rolloutsPerPrompt)
      throw new TinkerFailure(
        'tinker-bad-reply',
        `sample: got ${sequences.length} sequences, expected ${request.rolloutsPerPrompt}.`,
      );
    const bad = sequences.find(({ tokens, logprobs }) => tokens.length === 0 || tokens.length !== logprobs.length);
    if (bad)
      throw new TinkerFailure(
        'tinker-bad-reply',
        `sample: got a sequence of ${bad.tokens.length} tokens with ${bad.logprobs.length} log-probabilities.`,
      );
    return sequences.map(({ tokens, logprobs, stopReason }) => ({ tokens, logprobs, stopReason }));
  }

  /** Submits until the server has room. */
  private async submit(body: unknown, promptLength: number, signal: AbortSignal): Promise<string> {
    const { clock } = this.transport;
    const start = clock.now();
    for (;;) {
      const reply = await this.transport.call({
        path: '/api/v1/asample',
        body,
        headers: { 'x-tinker-sampling-backpressure': '1' },
        accepts: ({ status }) => status === 429,
        signal,
      });
      if (reply.status !== 429) {
        const id = isRecord(reply.body) ? reply.body.request_id : undefined;
        if (id === undefined) throw new TinkerFailure('tinker-bad-reply', 'asample: the reply has no request_id.');
        return String(id);
      }
      if (clock.now() - start >= longestPushBack) throw refused('asample', 429, reply.body);
      const pause = promptLength * 10 > largePrompt ? 5000 : 1000;
      this.limiter.throttle(pause);
      await clock.sleep(pause, signal);
    }
  }
}
