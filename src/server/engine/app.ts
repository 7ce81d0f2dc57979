/**
 * @file The routes of `golongrl engine serve`: the Tinker protocol over the embedded engine, so that any Tinker client can use it.
 * Failures have hosted Tinker's shapes: of an accepted request, 200 with `error` and `category` from retrieve_future; of a request
 * that is not accepted, 400, 404, 422, 425 or 429 with `detail`. Clients try 408, 409, 425, 429 and 5xx again, so that only what can
 * succeed later has such a status; and a training request that is refused has used its number, or the next would wait for it for ever.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { AdamParams } from '../../engine/engine.ts';
import {
  decodeForwardBackward,
  encodeForwardBackwardResult,
  encodeSampleResult,
  type ForwardBackwardRequest,
  protoType,
} from '../../engine/tinker/wire.ts';
import { loadTokenizer, type Tokenizer } from '../../engine/tokenizer.ts';
import { GolongrlError, messageOf } from '../../errors.ts';
import { countValues } from '../count-values.ts';
import { type GuardOptions, guard } from '../guard.ts';
import { BodyRefused, Intake } from '../intake.ts';
import { Futures, type FutureValue } from './futures.ts';
import { runForwardBackward, serverLosses } from './loss.ts';
import {
  type CheckpointKind,
  checkpointKinds,
  isMissing,
  ModelHost,
  type ModelHostOptions,
  type WeightsState,
} from './models.ts';
import * as requests from './requests.ts';
import { drawSamples } from './sampling.ts';

/** What the routes of the engine server need; `maxContext` is the largest prompt plus completion, in tokens. */
export interface EngineAppOptions extends ModelHostOptions, GuardOptions {
  /** Name of the model to clients. */
  readonly name: string;
  readonly maxContext: number;
  /** Milliseconds without a heartbeat after which a session's models are unloaded (default five minutes). */
  readonly sessionTimeout?: number;
  /** Sampling requests that may wait before clients are told to slow down (default 2000). */
  readonly maxPending?: number;
  /** Milliseconds that a request for a result is held (default 20 s: clients give up at 45). */
  readonly holdMs?: number;
}

/** The routes without a port. `close` fails what waits and ends the engines. */
export interface EngineApp {
  readonly app: Hono;
  close(): Promise<void>;
}

/** The official client sends at most 5 MB of datums in a request; JSON takes more. */
const largestBody = 256 * 1024 * 1024;
/** Most values of a body in JSON: a number is a token, or its log-probability. */
const mostValues = 20_000_000;

/** A Buffer's slices are views; whoever decodes counts on copies. */
const plain = ({ buffer, byteOffset, length }: Buffer): Uint8Array => new Uint8Array(buffer, byteOffset, length);

class Refusal extends Error {
  readonly status: 400 | 404 | 425 | 429;
  constructor(status: Refusal['status'], detail: string) {
    super(detail);
    this.status = status;
  }
}

const finiteOrNull = (values: ArrayLike<number>) =>
  Array.from(values, (value) => (Number.isFinite(value) ? value : null));

/** A result as JSON, for clients that do not read protobuf. */
function asJson(value: FutureValue): object {
  if (value.type === 'json') return value.body;
  if (value.type === 'sample')
    return {
      type: 'sample',
      sequences: value.result.sequences.map(({ stopReason, tokens, logprobs }) => ({
        stop_reason: stopReason,
        tokens: Array.from(tokens),
        logprobs: Array.from(logprobs),
      })),
      prompt_logprobs: value.result.promptLogprobs ? finiteOrNull(value.result.promptLogprobs) : null,
    };
  return {
    loss_fn_output_type: 'logprobs',
    loss_fn_outputs: value.result.outputs.map((output) =>
      Object.fromEntries(
        Object.entries(output).map(([name, data]) => [
          name,
          { data: Array.from(data), dtype: 'float32', shape: [data.length] },
        ]),
      ),
    ),
    metrics: value.result.metrics,
  };
}

class EngineServer {
  private readonly options: EngineAppOptions;
  private readonly host: ModelHost;
  private readonly futures = new Futures();
  private readonly tokenizer: Promise<Tokenizer>;
  /** Moment of the last sign of life. */
  private readonly sessions = new Map<string, number>();
  private readonly samplingSessions = new Map<string, WeightsState>();
  /** Folders that a save is on its way to. */
  private readonly saving = new Set<string>();
  /** Training requests that were refused, and are again when they are repeated. */
  private readonly refused = new Set<string>();
  private counter = 0;
  private readonly sweep: NodeJS.Timeout;

  constructor(options: EngineAppOptions) {
    this.options = options;
    this.host = new ModelHost(options);
    this.tokenizer = loadTokenizer(options.model);
    this.tokenizer.catch(() => undefined);
    this.sweep = setInterval(() => this.endSilentSessions(), 10_000);
    this.sweep.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.sweep);
    this.futures.close();
    await this.host.close();
  }

  private endSilentSessions(): void {
    const { sessionTimeout = 300_000 } = this.options;
    for (const [id, seen] of this.sessions) {
      if (performance.now() - seen < sessionTimeout) continue;
      this.sessions.delete(id);
      for (const model of this.host.modelsOf(id)) void this.host.scheduler.work(() => this.host.unload(model));
    }
  }

  private checkSession(id: string): void {
    if (!this.sessions.has(id)) throw new Refusal(404, `Session ${id} not found`);
    this.sessions.set(id, performance.now());
  }

  private checkBase(name: string): void {
    if (name !== this.options.name)
      throw new Refusal(400, `base_model: got "${name}", this server has "${this.options.name}"`);
  }

  /** Runs work in turn under an id. */
  private later(id: string, work: () => Promise<FutureValue>): { request_id: string } {
    this.futures.start(id, this.host.scheduler.work(work));
    return { request_id: id };
  }

  /** Accepts a training request in the order of its number, once. */
  private train(modelId: string, seqId: number | null | undefined, body: Uint8Array, work: () => Promise<FutureValue>) {
    const id = seqId ? `${modelId}-t${seqId}` : `${modelId}-u${++this.counter}`;
    let begin: (result: Promise<FutureValue>) => void = () => undefined;
    const result = new Promise<FutureValue>((resolve) => {
      begin = resolve;
    });
    // Queued as it is let through: a promise between would let a later request, which waits for this one, overtake it.
    const fresh = this.host.accept(modelId, seqId ?? undefined, body, () => begin(this.host.scheduler.work(work)));
    if (fresh) this.futures.start(id, result);
    return { request_id: id, model_id: modelId };
  }

  /** Lets a training request that is refused for good count as the one of its number; what came of it is the refusal. */
  refuseInTurn({ modelId, seqId }: requests.TrainingNumber, raw: Uint8Array, error: unknown): void {
    if (!this.host.has(modelId) || this.host.isKnown(modelId, seqId)) return;
    this.refused.add(`${modelId}-t${seqId}`);
    const outcome = Promise.reject(error);
    outcome.catch(() => undefined);
    this.train(modelId, seqId, raw, () => outcome);
  }

  createSession() {
    const id = randomUUID().replaceAll('-', '').slice(0, 16);
    this.sessions.set(id, performance.now());
    return { session_id: id, type: 'create_session' };
  }

  heartbeat(body: z.infer<typeof requests.heartbeat>) {
    this.checkSession(body.session_id);
    return { type: 'session_heartbeat' };
  }

  createModel(body: z.infer<typeof requests.createModel>) {
    this.checkSession(body.session_id);
    this.checkBase(body.base_model);
    const id = `${body.session_id}:train:${body.model_seq_id}`;
    const { rank, seed } = body.lora_config ?? { rank: 32, seed: 0 };
    return this.openModel(id, async () => {
      await this.host.create(id, body.session_id, rank, seed ?? 0);
      return { type: 'json', body: { type: 'create_model', model_id: id } };
    });
  }

  /** A repeated request is answered with the same future. */
  private openModel(id: string, open: () => Promise<FutureValue>) {
    const requestId = `${id}-create`;
    if (!this.futures.has(requestId)) this.later(requestId, open);
    return { request_id: requestId, model_id: id };
  }

  forwardBackward(request: ForwardBackwardRequest, body: Uint8Array) {
    const { modelId } = request;
    return this.train(modelId, request.seqId, body, async () => ({
      type: 'forward-backward',
      result: await this.host.withModel(modelId, ({ engine }) => runForwardBackward(engine, request)),
    }));
  }

  optimStep({ model_id, seq_id, adam_params: adam }: z.infer<typeof requests.optimStep>, raw: Uint8Array) {
    const params: AdamParams = {
      learningRate: adam.learning_rate,
      beta1: adam.beta1,
      beta2: adam.beta2,
      epsilon: adam.eps,
      weightDecay: adam.weight_decay,
      gradientClip: Math.max(0, adam.grad_clip_norm),
    };
    return this.train(model_id, seq_id, raw, async () => {
      const { gradientNorm, step } = await this.host.withModel(model_id, async (model) => {
        await this.host.keepStates(model);
        const metrics = await model.engine.optimStep(params);
        model.version++;
        return metrics;
      });
      return { type: 'json', body: { metrics: { 'grad_norm:mean': gradientNorm, 'step:max': step } } };
    });
  }

  async save(kind: CheckpointKind, body: z.infer<typeof requests.saveWeights>, raw: Uint8Array) {
    const { model_id, seq_id, path, overwrite } = body;
    this.host.find(model_id);
    const name = path ?? `unnamed-${seq_id ?? ++this.counter}`;
    const directory = this.host.directory(model_id, kind, name);
    const id = `${model_id}-t${seq_id}`;
    const repeated = seq_id ? this.futures.has(id) && !this.refused.has(id) : false;
    if (!overwrite && !repeated && (this.saving.has(directory) || (await this.host.exists(directory))))
      throw new Refusal(400, `Checkpoint ${name} already exists`);
    this.saving.add(directory);
    return this.train(model_id, seq_id, raw, async () => {
      try {
        await this.host.withModel(model_id, ({ engine }) => engine.save(directory));
      } finally {
        this.saving.delete(directory);
      }
      const type = kind === 'weights' ? 'save_weights' : 'save_weights_for_sampler';
      return { type: 'json', body: { path: `tinker://${model_id}/${kind}/${name}`, type } };
    });
  }

  async saveForSampler(body: z.infer<typeof requests.saveForSampler>, raw: Uint8Array) {
    const { model_id, seq_id, path, sampling_session_seq_id: number } = body;
    if (path) return await this.save('sampler_weights', body, raw);
    if (number === null || number === undefined) throw new Refusal(400, 'path or sampling_session_seq_id is needed');
    const { sessionId } = this.host.find(model_id);
    return this.train(model_id, seq_id, raw, async () => {
      const id = `${sessionId}:sample:${number}`;
      this.samplingSessions.set(id, this.host.state(model_id));
      return { type: 'json', body: { path: null, sampling_session_id: id, type: 'save_weights_for_sampler' } };
    });
  }

  async load(body: z.infer<typeof requests.loadWeights>, raw: Uint8Array) {
    const { path, optimizer } = body;
    const directory = await this.host.locate(path);
    const loaded = async (model_id: string): Promise<FutureValue> => {
      await this.host.load(model_id, directory, optimizer);
      return { type: 'json', body: { path, model_id, type: 'load_weights' } };
    };
    if ('model_id' in body) return this.train(body.model_id, body.seq_id, raw, () => loaded(body.model_id));
    this.checkSession(body.session_id);
    if (body.base_model) this.checkBase(body.base_model);
    const id = `${body.session_id}:train:${body.model_seq_id}`;
    const rank = await this.host.rankOf(directory);
    return this.openModel(id, async () => {
      await this.host.create(id, body.session_id, rank, 0);
      return await loaded(id);
    });
  }

  /** The weights that a request names. */
  private async weights(base: string | null | undefined, path: string | null | undefined): Promise<WeightsState> {
    if ((base === null || base === undefined) === (path === null || path === undefined))
      throw new Refusal(400, 'exactly one of base_model and model_path is needed');
    if (base) {
      this.checkBase(base);
      return {};
    }
    if (this.saving.has(this.host.folder(path ?? '')))
      throw new Refusal(425, `Checkpoint ${path} is still being created`);
    return { directory: await this.host.locate(path ?? ''), path: path ?? '' };
  }

  async createSamplingSession(body: z.infer<typeof requests.createSamplingSession>) {
    this.checkSession(body.session_id);
    const id = `${body.session_id}:sample:${body.sampling_session_seq_id}`;
    this.samplingSessions.set(id, await this.weights(body.base_model, body.model_path));
    return { sampling_session_id: id, type: 'create_sampling_session' };
  }

  sampler(id: string) {
    const state = this.samplingSessions.get(id);
    if (state === undefined) throw new Refusal(404, `Sampling session ${id} not found`);
    return { sampler_id: id, base_model: this.options.name, model_path: state.path ?? null };
  }

  async sample(body: requests.SampleBody, pushBack: boolean) {
    const { maxPending = 2000, maxContext } = this.options;
    if (this.host.scheduler.waiting >= (pushBack ? maxPending : 10 * maxPending))
      throw new Refusal(429, 'Too many sampling requests wait');
    const { sampling_session_id: session, sampling_params: params, prompt } = body;
    const state = session ? this.samplingSessions.get(session) : await this.weights(body.base_model, body.model_path);
    if (state === undefined) throw new Refusal(404, `Sampling session ${session} not found`);
    if (prompt.length === 0) throw new Refusal(400, 'the prompt is empty');
    const room = maxContext - prompt.length;
    const maxTokens = params.max_tokens ?? room;
    if (maxTokens > room)
      throw new Refusal(
        400,
        `${prompt.length} prompt tokens and max_tokens ${maxTokens} exceed the context of ${maxContext}`,
      );
    const numbered = session && body.seq_id !== null && body.seq_id !== undefined;
    const id = numbered ? `${session}-s${body.seq_id}` : `sample-${++this.counter}`;
    // The official client takes the names of the sequences from here (from 0.38 on).
    const accepted = {
      request_id: id,
      sample_sequence_ids: Array.from({ length: body.num_samples }, (_, g) => `${id}-${g}`),
    };
    if (this.futures.has(id)) return accepted;
    const seed = params.seed ?? randomInt(2 ** 31);
    const work = drawSamples({ host: this.host, state, body, maxTokens, seed, tokenizer: this.tokenizer });
    this.futures.start(
      id,
      work.then((result) => ({ type: 'sample' as const, result })),
    );
    return accepted;
  }

  unload({ model_id }: z.infer<typeof requests.modelOnly>) {
    this.host.find(model_id);
    return this.later(`unload-${++this.counter}`, async () => {
      await this.host.unload(model_id);
      return { type: 'json', body: { model_id, type: 'unload_model' } };
    });
  }

  info({ model_id }: z.infer<typeof requests.modelOnly>) {
    const { rank } = this.host.find(model_id);
    const { name } = this.options;
    return {
      type: 'get_info',
      model_id,
      model_name: name,
      model_data: { model_name: name, arch: 'golongrl', tokenizer_id: name },
      is_lora: rank > 0,
      lora_rank: rank > 0 ? rank : null,
    };
  }

  async weightsInfo({ tinker_path }: z.infer<typeof requests.pathOnly>) {
    const rank = await this.host.rankOf(await this.host.locate(tinker_path));
    return {
      base_model: this.options.name,
      is_lora: rank > 0,
      lora_rank: rank > 0 ? rank : null,
      train_unembed: false,
      train_mlp: true,
      train_attn: true,
    };
  }

  async checkpoints(modelId: string) {
    const found = await this.host.checkpoints(modelId);
    return {
      checkpoints: found.map(({ kind, name }) => ({
        checkpoint_id: `${kind}/${name}`,
        checkpoint_type: kind === 'weights' ? 'training' : 'sampler',
        time: new Date().toISOString(),
        tinker_path: `tinker://${modelId}/${kind}/${name}`,
      })),
    };
  }

  async remove(modelId: string, kind: string, name: string): Promise<void> {
    const known = checkpointKinds.find((value) => value === kind);
    if (known === undefined) throw new Refusal(400, 'expected weights/NAME or sampler_weights/NAME');
    await this.host.locate(`tinker://${modelId}/${known}/${name}`);
    await rm(this.host.directory(modelId, known, name), { recursive: true });
  }

  /** Requests for the engines that wait. */
  get waiting(): number {
    return this.host.scheduler.waiting;
  }

  async retrieve(context: Context, { request_id: id }: z.infer<typeof requests.retrieveFuture>): Promise<Response> {
    const outcome = await this.futures.wait(id, this.options.holdMs ?? 20_000);
    if (outcome.state === 'unknown') throw new Refusal(404, 'Future not found');
    if (outcome.state === 'pending')
      return context.json({ type: 'try_again', request_id: id, queue_state: 'active', queue_state_reason: null });
    if (outcome.state === 'failed') return context.json({ error: outcome.message, category: outcome.category });
    const { value } = outcome;
    if (value.type === 'json' || !context.req.header('accept')?.includes(protoType)) return context.json(asJson(value));
    const bytes =
      value.type === 'sample'
        ? encodeSampleResult(value.result)
        : encodeForwardBackwardResult(value.result, 'logprobs');
    return context.body(bytes, 200, { 'Content-Type': protoType });
  }
}

/** What went wrong with a request that was not accepted. */
function refusal(error: unknown, context: Context): Response {
  if (error instanceof Refusal || error instanceof BodyRefused)
    return context.json({ detail: error.message }, error.status);
  if (error instanceof z.ZodError || error instanceof SyntaxError || error instanceof RangeError) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    return context.json({ detail: issue ? `${issue.path.join('.')}: ${issue.message}` : error.message }, 422);
  }
  if (isMissing(error)) return context.json({ detail: (error as Error).message }, 404);
  if (error instanceof GolongrlError) return context.json({ detail: error.message }, 400);
  return context.json({ detail: messageOf(error) }, 500);
}

/** The server's routes over the embedded engine. */
export function createEngineApp(options: EngineAppOptions): EngineApp {
  const server = new EngineServer(options);
  const app = new Hono();
  const { name, maxContext } = options;
  const intake = new Intake({ maxBody: largestBody, maxBytes: 2 * largestBody });
  const json = (bytes: Buffer): unknown => {
    if (countValues(bytes, mostValues) > mostValues)
      throw new BodyRefused(413, `the body has more than ${mostValues} values`);
    return JSON.parse(bytes.toString() || '{}');
  };
  const post = <S extends z.ZodType>(
    path: string,
    schema: S,
    run: (body: z.infer<S>, raw: Uint8Array, context: Context) => unknown,
  ) =>
    app.post(`/api/v1/${path}`, (context) =>
      intake.use(context, async (raw) => context.json((await run(schema.parse(json(raw)), raw, context)) as object)),
    );

  /** A route whose requests have numbers: a refused one uses its number. */
  const train = (path: string, run: (raw: Buffer, proto: boolean) => unknown) =>
    app.post(`/api/v1/${path}`, (context) =>
      intake.use(context, async (raw) => {
        const proto = context.req.header('content-type')?.includes(protoType) ?? false;
        try {
          return context.json((await run(raw, proto)) as object);
        } catch (error) {
          const number = requests.trainingNumber(raw, proto);
          if (number !== undefined) server.refuseInTurn(number, raw, error);
          throw error;
        }
      }),
    );

  app.onError(refusal);
  app.notFound((context) => context.json({ detail: 'Not Found' }, 404));
  app.use(guard(options, ['/', '/api/v1/healthz']));
  app.get('/', (context) => context.json({ name: 'golongrl', protocol: 'tinker' }));
  app.get('/api/v1/healthz', (context) => context.json({ status: 'ok', waiting: server.waiting }));
  app.get('/api/v1/get_server_capabilities', (context) =>
    context.json({
      supported_models: [{ model_name: name, max_context_length: maxContext }],
      supported_loss_fns: serverLosses,
    }),
  );
  app.post('/api/v1/client/config', (context) => context.json({ pjwt_auth_enabled: false }));
  app.post('/api/v1/client/dynamic_config', (context) => context.json({ refresh_interval_sec: 300 }));
  app.post('/api/v1/telemetry', (context) => context.json({ status: 'accepted' }));
  app.post('/api/v1/cancel_future', (context) => context.json({}));
  post('create_session', requests.createSession, () => server.createSession());
  post('session_heartbeat', requests.heartbeat, (body) => server.heartbeat(body));
  post('create_model', requests.createModel, (body) => server.createModel(body));
  post('get_info', requests.modelOnly, (body) => server.info(body));
  post('unload_model', requests.modelOnly, (body) => server.unload(body));
  post('create_sampling_session', requests.createSamplingSession, (body) => server.createSamplingSession(body));
  post('asample', requests.sample, (body, _raw, context) =>
    server.sample(body, context.req.header('x-tinker-sampling-backpressure') === '1'),
  );
  train('optim_step', (raw) => server.optimStep(requests.optimStep.parse(json(raw)), raw));
  train('save_weights', (raw) => server.save('weights', requests.saveWeights.parse(json(raw)), raw));
  train('save_weights_for_sampler', (raw) => server.saveForSampler(requests.saveForSampler.parse(json(raw)), raw));
  train('load_weights', (raw) => server.load(requests.loadWeights.parse(json(raw)), raw));
  post('weights_info', requests.pathOnly, (body) => server.weightsInfo(body));
  for (const path of ['forward_backward', 'forward']) {
    train(path, (raw, proto) =>
      server.forwardBackward(
        proto ? decodeForwardBackward(plain(raw)) : requests.readForwardBackward(json(raw), path === 'forward'),
        raw,
      ),
    );
  }
  // What waits for a result holds no body.
  app.post('/api/v1/retrieve_future', async (context) => {
    const asked = await intake.use(context, async (raw) => requests.retrieveFuture.parse(json(raw)));
    return server.retrieve(context, asked);
  });
  app.get('/api/v1/samplers/:id', (context) => context.json(server.sampler(context.req.param('id'))));
  app.get('/api/v1/training_runs/:id/checkpoints', async (context) =>
    context.json(await server.checkpoints(context.req.param('id'))),
  );
  app.delete('/api/v1/training_runs/:id/checkpoints/:kind/:name', async (context) => {
    const { id, kind, name: checkpoint } = context.req.param();
    await server.remove(id, kind, checkpoint);
    return context.body(null, 204);
  });
  return { app, close: () => server.close() };
}
