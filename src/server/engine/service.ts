/**
 * @file What the routes of `golongrl engine serve` do: the Tinker protocol over the embedded engine. Failures of an accepted request are
 * told by retrieve_future, with `error` and `category`; a request that is not accepted throws. Clients try 408, 409, 425, 429 and 5xx
 * again, so that only what can succeed later has such a status; and a training request that is refused has used its number, or the
 * next would wait for it for ever.
 */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { AdamParams } from '../../engine/engine.ts';
import { loraTargets } from '../../engine/local/weights/lora.ts';
import type { ForwardBackwardRequest } from '../../engine/tinker/wire.ts';
import { loadTokenizer } from '../../engine/tokenizer.ts';
import { attentionTargets, type CheckpointNote, Checkpoints, expiry, taken } from './checkpoints.ts';
import { Futures, type FutureValue } from './futures.ts';
import { type CheckpointKind, tinkerPath } from './hosted/checkpoint-path.ts';
import { checkBase, SamplingSessions } from './hosted/sampling-sessions.ts';
import { runForwardBackward } from './loss.ts';
import { ModelHost, type ModelHostOptions, type ModelShape } from './models.ts';
import { Refusal } from './refusal.ts';
import type * as requests from './requests.ts';
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

/** A training request's model, place and bytes: the bytes tell a repetition from another request. */
interface Numbered {
  readonly modelId: string;
  readonly seqId: number | null | undefined;
  readonly body: Uint8Array;
}

/** Models, samplers, sessions and checkpoints of a server. */
export class EngineService {
  readonly options: EngineServiceOptions;
  readonly checkpoints: Checkpoints;
  readonly sessions = new Sessions();
  readonly futures = new Futures();
  readonly sampling: SamplingSessions;
  private readonly host: ModelHost;
  /** Training requests that were refused, and are again when they are repeated. */
  private readonly refused = new Set<string>();
  private counter = 0;
  private readonly sessionTimeout: number;
  private readonly sweep: NodeJS.Timeout;

  constructor(options: EngineServiceOptions) {
    this.options = options;
    this.checkpoints = new Checkpoints(options.checkpoints);
    this.host = new ModelHost(options, this.checkpoints);
    const tokenizer = loadTokenizer(options.model);
    tokenizer.catch(() => undefined);
    const { host, checkpoints, sessions, futures } = this;
    this.sampling = new SamplingSessions({ ...options, host, checkpoints, sessions, futures, tokenizer });
    this.sessionTimeout = options.sessionTimeout ?? 300_000;
    this.sweep = setInterval(() => this.clean(), Math.min(10_000, this.sessionTimeout));
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
    for (const id of this.sessions.endSilent(this.sessionTimeout)) {
      this.sampling.dropSession(id);
      // In turn: a model that the session asked for may still wait to be made. Files that stay disturb no client.
      this.host.scheduler.work(() => this.dropModels(id)).catch(() => undefined);
    }
    // What cannot be removed now is removed later, or seen by whoever looks for it.
    this.checkpoints.sweep().catch(() => undefined);
  }

  private async dropModels(session: string): Promise<void> {
    for (const model of this.host.modelsOf(session)) await this.drop(model);
  }

  private async drop(model: string): Promise<void> {
    this.sampling.dropModel(model);
    if (this.host.has(model)) await this.host.unload(model);
  }

  /** Runs work in turn under an id. */
  private later(id: string, work: () => Promise<FutureValue>): { request_id: string } {
    this.futures.start(id, this.host.scheduler.work(work));
    return { request_id: id };
  }

  /** Accepts a training request in the order of its number, once; `accepted` is called for one that is new. */
  private train(
    { modelId, seqId, body }: Numbered,
    work: () => Promise<FutureValue>,
    accepted: () => void = () => undefined,
  ) {
    const id = seqId ? `${modelId}-t${seqId}` : `${modelId}-u${++this.counter}`;
    let begin: (result: Promise<FutureValue>) => void = () => undefined;
    const result = new Promise<FutureValue>((resolve) => {
      begin = resolve;
    });
    // Queued as it is let through: a promise between would let a later request, which waits for this one, overtake it.
    const fresh = this.host.accept(modelId, seqId ?? undefined, body, () => begin(this.host.scheduler.work(work)));
    if (fresh) {
      accepted();
      this.futures.start(id, result);
    }
    return { request_id: id, model_id: modelId };
  }

  /** Lets a training request that is refused for good count as the one of its number; what came of it is the refusal. */
  refuseInTurn({ modelId, seqId }: requests.TrainingNumber, body: Uint8Array, error: unknown): void {
    if (!this.host.has(modelId) || this.host.isKnown(modelId, seqId)) return;
    this.refused.add(`${modelId}-t${seqId}`);
    const outcome = Promise.reject(error);
    outcome.catch(() => undefined);
    this.train({ modelId, seqId, body }, () => outcome);
  }

  createModel(body: z.infer<typeof requests.createModel>) {
    checkBase(body.base_model, this.options.name);
    const id = `${body.session_id}:train:${body.model_seq_id}`;
    return this.open(id, body, shapeOf(body), async () => ({
      type: 'json',
      body: { type: 'create_model', model_id: id },
    }));
  }

  /** Makes a model; a repeated request is answered with the same future. */
  private open(
    id: string,
    { session_id, user_metadata }: Pick<z.infer<typeof requests.createModel>, 'session_id' | 'user_metadata'>,
    shape: ModelShape,
    then: () => Promise<FutureValue>,
  ) {
    const session = this.sessions.use(session_id);
    const requestId = `${id}-create`;
    const work = async () => {
      await this.host.create(id, session_id, shape);
      await this.checkpoints.begin({ id, base: this.options.name, rank: shape.rank }, user_metadata ?? null);
      session.runs.add(id);
      return await then();
    };
    if (!this.futures.has(requestId)) this.later(requestId, work);
    return { request_id: requestId, model_id: id };
  }

  forwardBackward(request: ForwardBackwardRequest, body: Uint8Array) {
    const { modelId, seqId } = request;
    return this.train({ modelId, seqId, body }, async () => {
      const { result } = await this.host.gather(modelId, (engine) => runForwardBackward(engine, request));
      return { type: 'forward-backward', result };
    });
  }

  optimStep(
    { model_id: modelId, seq_id: seqId, adam_params: adam }: z.infer<typeof requests.optimStep>,
    body: Uint8Array,
  ) {
    const params: AdamParams = {
      learningRate: adam.learning_rate,
      beta1: adam.beta1,
      beta2: adam.beta2,
      epsilon: adam.eps,
      weightDecay: adam.weight_decay,
      gradientClip: Math.max(0, adam.grad_clip_norm),
    };
    return this.train({ modelId, seqId, body }, async () => {
      const { gradientNorm, step } = await this.host.update(modelId, params);
      return { type: 'json', body: { metrics: { 'grad_norm:mean': gradientNorm, 'step:max': step } } };
    });
  }

  async save(kind: CheckpointKind, asked: z.infer<typeof requests.saveWeights>, body: Uint8Array) {
    const { model_id: modelId, seq_id: seqId, path, overwrite } = asked;
    this.host.find(modelId);
    const name = path ?? `unnamed-${seqId ?? ++this.counter}`;
    const directory = this.checkpoints.directory({ run: modelId, kind, name });
    const saved = tinkerPath({ run: modelId, kind, name });
    const id = `${modelId}-t${seqId}`;
    const repeated = seqId ? this.futures.has(id) && !this.refused.has(id) : false;
    const { saving } = this.checkpoints;
    if (!(overwrite || repeated) && (saving.has(directory) || (await this.isThere(saved))))
      throw new Refusal(400, `Checkpoint ${name} already exists`);
    const work = async (): Promise<FutureValue> => {
      try {
        await this.host.withModel(modelId, ({ engine }) => engine.save(directory));
        await this.checkpoints.note(modelId, `${kind}/${name}`, noteOf(asked));
      } finally {
        saving.delete(directory);
      }
      return { type: 'json', body: { path: saved, type: saveTypes[kind] } };
    };
    return this.train({ modelId, seqId, body }, work, () => saving.add(directory));
  }

  private isThere(path: string): Promise<boolean> {
    return this.checkpoints.locate(path).then(
      () => true,
      () => false,
    );
  }

  async saveForSampler(asked: z.infer<typeof requests.saveForSampler>, body: Uint8Array) {
    const { model_id: modelId, seq_id: seqId, path, sampling_session_seq_id: number } = asked;
    if (path) return await this.save('sampler_weights', asked, body);
    if (number === null || number === undefined) throw new Refusal(400, 'path or sampling_session_seq_id is needed');
    const { sessionId } = this.host.find(modelId);
    return this.train({ modelId, seqId, body }, async () => {
      const state = this.host.state(modelId);
      const id = this.sampling.set(sessionId, number, state);
      if (asked.kind === 'inflight') this.sampling.follow(modelId, id, state);
      return { type: 'json', body: { path: null, sampling_session_id: id, type: 'save_weights_for_sampler' } };
    });
  }

  async load(asked: z.infer<typeof requests.loadWeights>, body: Uint8Array) {
    const { path, optimizer } = asked;
    const directory = await this.checkpoints.locate(path);
    const load = async (modelId: string): Promise<FutureValue> => {
      await this.host.load(modelId, directory, optimizer);
      return { type: 'json', body: { path, model_id: modelId, type: 'load_weights' } };
    };
    if ('model_id' in asked) {
      const { model_id: modelId, seq_id: seqId } = asked;
      return this.train({ modelId, seqId, body }, () => load(modelId));
    }
    if (asked.base_model) checkBase(asked.base_model, this.options.name);
    const id = `${asked.session_id}:train:${asked.model_seq_id}`;
    const shape = { ...(await this.checkpoints.shapeOf(directory)), seed: 0 };
    return this.open(id, asked, shape, () => load(id));
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
    if (session) this.sessions.use(session);
    const id = session ? `${session}:train:${number ?? 0}` : `copy-${randomUUID()}`;
    if (this.host.has(id)) throw taken(id);
    return { tinker_path: await this.checkpoints.copy(source, { id, base: this.options.name }, noteOf(body)) };
  }
}
