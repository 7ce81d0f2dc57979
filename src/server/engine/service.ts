/**
 * @file What the routes of `golongrl engine serve` do: the Tinker protocol over the embedded engine. Failures of an accepted request are
 * told by retrieve_future, with `error` and `category`; a request that is not accepted throws. Clients try 408, 409, 425, 429 and 5xx
 * again, so that only what can succeed later has such a status; and a training request that is refused has used its number, or the
 * next would wait for it for ever.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';
import type { z } from 'zod';
import type { AdamParams } from '../../engine/engine.ts';
import { loraTargets } from '../../engine/local/weights/lora.ts';
import type { ForwardBackwardRequest } from '../../engine/tinker/wire.ts';
import type { ForwardBackwardResult } from '../../engine/tinker/wire-results.ts';
import { loadTokenizer, type Tokenizer } from '../../engine/tokenizer.ts';
import { EngineError } from '../../errors.ts';
import { attentionTargets, type CheckpointKind, type CheckpointNote, Checkpoints, tinkerPath } from './checkpoints.ts';
import { Futures, type FutureValue } from './futures.ts';
import { Samplers } from './hosted/samplers.ts';
import type { WeightsState } from './hosted/weights-states.ts';
import { runForwardBackward } from './loss.ts';
import { ModelHost, type ModelHostOptions, type ModelShape } from './models.ts';
import { Refusal } from './refusal.ts';
import type * as requests from './requests.ts';
import { drawSamples } from './sampling.ts';
import { Sessions } from './sessions.ts';

/** `maxContext` is the largest prompt plus completion, in tokens. */
export interface EngineServiceOptions extends ModelHostOptions {
  /** Name of the model to clients. */
  readonly name: string;
  readonly maxContext: number;
  /** Milliseconds without a heartbeat after which a session's models are unloaded (default five minutes). */
  readonly sessionTimeout?: number;
  /** Sampling requests that may wait before clients are told to slow down (default 2000). */
  readonly maxPending?: number;
}

const saveTypes: Readonly<Record<CheckpointKind, string>> = {
  weights: 'save_weights',
  sampler_weights: 'save_weights_for_sampler',
  external_weights: 'save_weights_external',
};

/** When a checkpoint of this lifetime is over. */
export const expiry = (seconds: number | null | undefined): string | null =>
  seconds ? new Date(Date.now() + 1000 * seconds).toISOString() : null;

/** What a new checkpoint's request says of it. */
const noteOf = (body: Pick<z.infer<typeof requests.saveWeights>, 'ttl_seconds' | 'user_metadata'>): CheckpointNote => ({
  time: new Date().toISOString(),
  expires: expiry(body.ttl_seconds),
  public: false,
  metadata: body.user_metadata ?? null,
});

function shapeOf({ lora_config: lora }: z.infer<typeof requests.createModel>): ModelShape {
  const { rank, seed, train_attn = true, train_mlp = true } = lora ?? { rank: 32, seed: 0 };
  const targets = loraTargets.filter((target) => (attentionTargets.includes(target) ? train_attn : train_mlp));
  return { rank, seed: seed ?? 0, targets: train_attn && train_mlp ? undefined : targets };
}

/** Models, samplers, sessions and checkpoints of a server. */
export class EngineService {
  readonly options: EngineServiceOptions;
  readonly checkpoints: Checkpoints;
  readonly sessions = new Sessions();
  readonly futures = new Futures();
  private readonly host: ModelHost;
  private readonly tokenizer: Promise<Tokenizer>;
  private readonly samplers = new Samplers();
  /** Folders that a save is on its way to. */
  private readonly saving = new Set<string>();
  /** Training requests that were refused, and are again when they are repeated. */
  private readonly refused = new Set<string>();
  private counter = 0;
  private readonly sweep: NodeJS.Timeout;

  constructor(options: EngineServiceOptions) {
    this.options = options;
    this.checkpoints = new Checkpoints(options.checkpoints);
    this.host = new ModelHost(options, this.checkpoints);
    this.tokenizer = loadTokenizer(options.model);
    this.tokenizer.catch(() => undefined);
    this.sweep = setInterval(() => this.clean(), 10_000);
    this.sweep.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.sweep);
    this.futures.close();
    await this.host.close();
  }

  /** Requests for the engines that wait. */
  get waiting(): number {
    return this.host.scheduler.waiting;
  }

  /** Unloads the models of silent sessions, and removes checkpoints that are over. */
  private clean(): void {
    for (const id of this.sessions.endSilent(this.options.sessionTimeout ?? 300_000)) {
      for (const model of this.host.modelsOf(id)) void this.host.scheduler.work(() => this.drop(model));
      this.samplers.dropSession(id);
    }
    // What cannot be removed now is removed later, or seen by whoever looks for it.
    this.checkpoints.sweep().catch(() => undefined);
  }

  private async drop(model: string): Promise<void> {
    this.samplers.dropModel(model);
    if (this.host.has(model)) await this.host.unload(model);
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

  createModel(body: z.infer<typeof requests.createModel>) {
    const session = this.sessions.use(body.session_id);
    this.checkBase(body.base_model);
    const id = `${body.session_id}:train:${body.model_seq_id}`;
    const shape = shapeOf(body);
    return this.openModel(id, async () => {
      await this.begin(id, body.session_id, shape, body.user_metadata);
      session.runs.add(id);
      return { type: 'json', body: { type: 'create_model', model_id: id } };
    });
  }

  private async begin(
    id: string,
    session: string,
    shape: ModelShape,
    metadata: Readonly<Record<string, unknown>> | null | undefined,
  ): Promise<void> {
    await this.host.create(id, session, shape);
    await this.checkpoints.begin({ id, base: this.options.name, rank: shape.rank }, metadata ?? null);
  }

  /** A repeated request is answered with the same future. */
  private openModel(id: string, open: () => Promise<FutureValue>) {
    const requestId = `${id}-create`;
    if (!this.futures.has(requestId)) this.later(requestId, open);
    return { request_id: requestId, model_id: id };
  }

  forwardBackward(request: ForwardBackwardRequest, body: Uint8Array) {
    const { modelId } = request;
    return this.train(modelId, request.seqId, body, async () => {
      let result: ForwardBackwardResult | undefined;
      await this.host.gather(modelId, async (engine) => {
        const found = await runForwardBackward(engine, request);
        result = found.result;
        return found.part;
      });
      return { type: 'forward-backward', result: result ?? { outputs: [], metrics: {} } };
    });
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
      const { gradientNorm, step } = await this.host.update(model_id, params);
      return { type: 'json', body: { metrics: { 'grad_norm:mean': gradientNorm, 'step:max': step } } };
    });
  }

  async save(kind: CheckpointKind, body: z.infer<typeof requests.saveWeights>, raw: Uint8Array) {
    const { model_id, seq_id, path, overwrite } = body;
    this.host.find(model_id);
    const name = path ?? `unnamed-${seq_id ?? ++this.counter}`;
    const directory = this.checkpoints.directory(model_id, kind, name);
    const saved = tinkerPath({ run: model_id, kind, name });
    const id = `${model_id}-t${seq_id}`;
    const repeated = seq_id ? this.futures.has(id) && !this.refused.has(id) : false;
    const taken = async () => this.saving.has(directory) || (await this.isThere(saved));
    if (!overwrite && !repeated && (await taken())) throw new Refusal(400, `Checkpoint ${name} already exists`);
    this.saving.add(directory);
    return this.train(model_id, seq_id, raw, async () => {
      try {
        await this.host.withModel(model_id, ({ engine }) => engine.save(directory));
        await this.checkpoints.note(model_id, `${kind}/${name}`, noteOf(body));
      } finally {
        this.saving.delete(directory);
      }
      return { type: 'json', body: { path: saved, type: saveTypes[kind] } };
    });
  }

  private isThere(path: string): Promise<boolean> {
    return this.checkpoints.locate(path).then(
      () => true,
      () => false,
    );
  }

  async saveForSampler(body: z.infer<typeof requests.saveForSampler>, raw: Uint8Array) {
    const { model_id, seq_id, path, sampling_session_seq_id: number } = body;
    if (path) return await this.save('sampler_weights', body, raw);
    if (number === null || number === undefined) throw new Refusal(400, 'path or sampling_session_seq_id is needed');
    const { sessionId } = this.host.find(model_id);
    return this.train(model_id, seq_id, raw, async () => {
      const id = `${sessionId}:sample:${number}`;
      const state = this.host.state(model_id);
      this.setSampler(sessionId, id, state);
      if (body.kind === 'inflight') this.samplers.follow(model_id, id, state);
      return { type: 'json', body: { path: null, sampling_session_id: id, type: 'save_weights_for_sampler' } };
    });
  }

  private setSampler(session: string, id: string, state: WeightsState): void {
    this.sessions.use(session).samplers.add(id);
    this.samplers.set(id, state);
  }

  async load(body: z.infer<typeof requests.loadWeights>, raw: Uint8Array) {
    const { path, optimizer } = body;
    const directory = await this.checkpoints.locate(path);
    const loaded = async (model_id: string): Promise<FutureValue> => {
      await this.host.load(model_id, directory, optimizer);
      return { type: 'json', body: { path, model_id, type: 'load_weights' } };
    };
    if ('model_id' in body) return this.train(body.model_id, body.seq_id, raw, () => loaded(body.model_id));
    const session = this.sessions.use(body.session_id);
    if (body.base_model) this.checkBase(body.base_model);
    const id = `${body.session_id}:train:${body.model_seq_id}`;
    const shape = { ...(await this.checkpoints.shapeOf(directory)), seed: 0 };
    return this.openModel(id, async () => {
      await this.begin(id, body.session_id, shape, body.user_metadata);
      session.runs.add(id);
      return await loaded(id);
    });
  }

  /** The weights that a request names. */
  private async weights(base: string | null | undefined, path: string | null | undefined): Promise<WeightsState> {
    if (base) this.checkBase(base);
    // With both, as clients send for a checkpoint of a known base, the checkpoint is meant.
    if (!path) {
      if (!base) throw new Refusal(400, 'base_model or model_path is needed');
      return {};
    }
    if (this.saving.has(this.checkpoints.folder(path)))
      throw new Refusal(425, `Checkpoint ${path} is still being created`);
    return { directory: await this.checkpoints.locate(path), path };
  }

  async createSamplingSession(body: z.infer<typeof requests.createSamplingSession>) {
    this.sessions.use(body.session_id);
    const id = `${body.session_id}:sample:${body.sampling_session_seq_id}`;
    this.setSampler(body.session_id, id, await this.weights(body.base_model, body.model_path));
    return { sampling_session_id: id, type: 'create_sampling_session' };
  }

  sampler(id: string) {
    const state = this.samplers.get(id);
    if (state === undefined) throw new Refusal(404, `Sampling session ${id} not found`);
    return { sampler_id: id, base_model: this.options.name, model_path: state.path ?? null };
  }

  async sample(body: requests.SampleBody, pushBack: boolean) {
    const { maxPending = 2000, maxContext } = this.options;
    if (this.waiting >= (pushBack ? maxPending : 10 * maxPending))
      throw new Refusal(429, 'Too many sampling requests wait');
    const { sampling_session_id: session, sampling_params: params, prompt } = body;
    const state = session ? this.samplers.get(session) : await this.weights(body.base_model, body.model_path);
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
      await this.drop(model_id);
      return { type: 'json', body: { model_id, type: 'unload_model' } };
    });
  }

  info({ model_id }: z.infer<typeof requests.modelOnly>) {
    const { rank } = this.host.find(model_id).shape;
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

  /** Copies a checkpoint into a run of its own, which is not trained. */
  async copy(body: z.infer<typeof requests.copyWeights>) {
    const { source_path: source, session_id: session, model_seq_id: number } = body;
    const directory = await this.checkpoints.locate(source);
    const { kind, name } = this.checkpoints.parse(source);
    if (session) this.sessions.use(session);
    const id = session ? `${session}:train:${number ?? 0}` : `copy-${randomUUID()}`;
    const target = this.checkpoints.directory(id, kind, name);
    if (this.host.has(id) || (await this.checkpoints.exists(target)))
      throw new Refusal(400, `${id}: a training run of this name is there`);
    try {
      await cp(directory, target, { recursive: true });
    } catch (error) {
      await rm(target, { recursive: true, force: true });
      throw new EngineError('copy-failed', `${source} could not be copied.`, 'Look for space on the disk.', {
        cause: error,
      });
    }
    const { rank } = await this.checkpoints.shapeOf(directory);
    await this.checkpoints.begin({ id, base: this.options.name, rank });
    await this.checkpoints.note(id, `${kind}/${name}`, noteOf(body));
    return { tinker_path: tinkerPath({ run: id, kind, name }) };
  }
}
