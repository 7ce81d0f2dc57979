/**
 * @file The policy on a Tinker server (hosted Tinker, a SkyRL server, `golongrl engine serve`) behind the engine interface. What
 * servers lack is done here: the rollout-ratio correction and the dual clip need the log-probabilities before the update, so a
 * forward pass comes first and the tokens without a gradient get the advantage 0; loss, KL and clip share are computed from the
 * log-probabilities that come back, so they mean the same on every server.
 */
import { basename, join } from 'node:path';
import { z } from 'zod';
import { EngineError, InputError, UsageError, unknownValue } from '../../errors.ts';
import { random } from '../../random.ts';
import { readRecord, writeRecord } from '../../storage/record.ts';
import type {
  AdamParams,
  CheckpointRef,
  Completion,
  Engine,
  EngineInfo,
  LossSpec,
  OptimMetrics,
  SampleRequest,
  StepMetrics,
  TrajectoryGroup,
} from '../engine.ts';
import { losses } from '../engine.ts';
import { checkLossSpec, evaluateLoss, type LossResult } from '../losses.ts';
import { type Clock, systemClock } from './clock.ts';
import { forwardDatum, layOut, type Sequence, serverLoss, trainDatum } from './datums.ts';
import { TinkerFailure } from './failure.ts';
import { Limiter } from './limiter.ts';
import { type ChunkLimits, defaultChunkLimits, Model } from './model.ts';
import { detectServer, type EngineProfile, profiles, type ServerKind } from './profile.ts';
import { Sampler } from './sampler.ts';
import { Session } from './session.ts';
import { Transport } from './transport.ts';

/** Which server and model; `patience` is in milliseconds. */
export interface TinkerEngineOptions {
  /** Address of the server, without `/api/v1`. */
  readonly url: string;
  /** Name of the model on the server; may be left out where it has one only. */
  readonly baseModel?: string | undefined;
  /** Rank of the adapter; 0 trains all parameters, where the server can. */
  readonly rank: number;
  readonly seed?: number;
  /** What the server is, where it does not say. */
  readonly server?: ServerKind | undefined;
  /** Fields of the profile that are otherwise than detected. */
  readonly profile?: Partial<EngineProfile> | undefined;
  /** Default: TINKER_API_KEY. */
  readonly apiKey?: string | undefined;
  readonly version?: string;
  readonly onNotice?: ((text: string) => void) | undefined;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly patience?: number;
  /** What fits a forward_backward request; default: 1024 datums, 5 MB. */
  readonly chunks?: ChunkLimits;
}

/** The engine interface, and what a pipelined loop needs beside it. */
export interface TinkerEngine extends Engine {
  readonly kind: ServerKind;
  readonly profile: EngineProfile;
  /** A sampler of the weights as they are now, the same one until the next optimizer step. */
  sampler(): Promise<Sampler>;
  /** [p g][R] log-probabilities of the rollouts' tokens as the trainer computes them, to compare with the sampler's. */
  trainerLogprobs(batch: readonly TrajectoryGroup[]): Promise<Float32Array[]>;
}

const checkpointSchema = z.object({
  path: z.string(),
  server: z.string(),
  baseModel: z.string(),
  rank: z.int(),
  step: z.int(),
});
const checkpointFile = 'tinker.json';

/** Servers without accounts take any key. */
const dummyKey = 'tml-dummy';

/**
 * Opens a session and a model on a server.
 *
 * @throws UsageError for an address, model or rank that cannot be meant; TinkerFailure when the server refuses.
 * @example const engine = await openTinkerEngine({ url: 'http://127.0.0.1:8000', rank: 32 });
 */
export async function openTinkerEngine(options: TinkerEngineOptions): Promise<TinkerEngine> {
  checkUrl(options.url);
  const transport = new Transport({
    url: options.url,
    apiKey: options.apiKey ?? process.env.TINKER_API_KEY ?? dummyKey,
    fetch: options.fetch ?? fetch,
    clock: options.clock ?? systemClock,
    random: random(options.seed ?? 0, 'tinker', 'retries'),
    patience: options.patience,
    onNotice: options.onNotice,
  });
  const detected = await detectServer(transport, options.server);
  const names = detected.models.map(({ name }) => name);
  const baseModel = options.baseModel ?? (names.length === 1 ? names[0] : undefined);
  if (baseModel === undefined)
    throw new UsageError(
      'base-model-missing',
      `tinker.baseModel: got none, and the server has ${names.length}: ${names.slice(0, 20).join(', ')}.`,
    );
  if (names.length > 0 && !names.includes(baseModel)) throw unknownValue('tinker.baseModel', baseModel, names);
  const maxContext = detected.models.find(({ name }) => name === baseModel)?.maxContext;
  const profile = { ...profiles[detected.kind], ...(maxContext ? { maxContext } : {}), ...options.profile };
  if (options.rank === 0 && !profile.fullTraining)
    throw new UsageError(
      'rank-needed',
      'This server trains adapters only, and no rank is set.',
      'Set lora.rank (32 is usual), or tinker.profile.fullTraining where the server can.',
    );
  const session = await Session.open(transport, options.version ?? '0.0.0');
  try {
    const engine = new RemoteEngine({ options, transport, session, kind: detected.kind, profile, baseModel });
    await engine.model();
    return engine;
  } catch (error) {
    session.close();
    throw error;
  }
}

function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new UsageError(
      'url-invalid',
      'The address of a Tinker server is http://HOST:PORT or https://HOST/PATH, without a user or password.',
      'The key belongs in TINKER_API_KEY.',
    );
}

class RemoteEngine implements TinkerEngine {
  readonly kind: ServerKind;
  readonly profile: EngineProfile;
  private readonly options: TinkerEngineOptions;
  private readonly transport: Transport;
  private session: Session;
  private readonly baseModel: string;
  private readonly limiter: Limiter;
  private readonly limits: ChunkLimits;
  private current: Promise<Model> | undefined;
  private currentSampler: Promise<Sampler> | undefined;
  private step = 0;
  /** Changes with the weights: by a step, a load, a new model. */
  private weights = 0;
  private lastTurn: Promise<unknown> = Promise.resolve();
  /** A request failed half-way: the server's gradients or weights are not what they should be. */
  private tainted: string | undefined;
  /** Whether gradients have accumulated since the last optimizer step. */
  private pending = false;
  private readonly told = new Set<string>();

  constructor(parts: {
    options: TinkerEngineOptions;
    transport: Transport;
    session: Session;
    kind: ServerKind;
    profile: EngineProfile;
    baseModel: string;
  }) {
    this.options = parts.options;
    this.transport = parts.transport;
    this.session = parts.session;
    this.kind = parts.kind;
    this.profile = parts.profile;
    this.baseModel = parts.baseModel;
    this.limits = parts.options.chunks ?? defaultChunkLimits;
    this.limiter = new Limiter(parts.profile.concurrency, () => parts.transport.clock.now());
  }

  model(): Promise<Model> {
    const { rank, seed = 0 } = this.options;
    this.current ??= Model.create(this.session, { baseModel: this.baseModel, rank, seed, limits: this.limits });
    return this.current;
  }

  async info(): Promise<EngineInfo> {
    return {
      model: this.baseModel,
      architecture: this.kind,
      parameters: 0,
      vocabSize: 0,
      maxContext: this.profile.maxContext,
      losses,
      offPolicySampling: this.profile.offPolicySampling,
    };
  }

  sampler(): Promise<Sampler> {
    if (this.currentSampler) return this.currentSampler;
    const opened = this.openSampler();
    this.currentSampler = opened;
    opened.catch(() => {
      if (this.currentSampler === opened) this.currentSampler = undefined;
    });
    return opened;
  }

  private async openSampler(): Promise<Sampler> {
    this.checkSound();
    const { step: version, weights, transport, limiter, profile } = this;
    const sessionId = await (await this.model()).saveForSampler();
    const usable = () => profile.offPolicySampling || this.weights === weights;
    return new Sampler({ transport, limiter, sessionId, version, maxContext: profile.maxContext, usable });
  }

  /** One after the other where sampling while the weights change would spoil them. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.profile.offPolicySampling) return work();
    const result = this.lastTurn.then(work);
    this.lastTurn = result.catch(() => undefined);
    return result;
  }

  sample(request: SampleRequest): Promise<Completion[][]> {
    return this.inTurn(async () => {
      request.signal?.throwIfAborted();
      return await (await this.sampler()).sample(request);
    });
  }

  forwardBackward(batch: readonly TrajectoryGroup[], loss: LossSpec): Promise<StepMetrics> {
    return this.inTurn(() => this.accumulate(batch, loss));
  }

  private async accumulate(batch: readonly TrajectoryGroup[], loss: LossSpec): Promise<StepMetrics> {
    checkLossSpec(loss);
    this.checkSound();
    if (this.pending && this.profile.lossNormalization === 'sequence-mean')
      throw new EngineError(
        'accumulation-unsupported',
        'forwardBackward: this server averages over all sequences of a step, so a step takes one call.',
        'Call optimStep first, or give the whole step at once.',
      );
    const sequences = layOut(batch, loss).filter((sequence) => sequence !== undefined);
    const trained = sequences.filter(({ advantages }) => advantages.some((value) => value !== 0));
    const known = this.needsForward(loss) ? await this.forward(trained, loss) : undefined;
    const count = trained.length;
    const data = trained.map((sequence, d) => trainDatum(sequence, { loss, profile: this.profile, count }, known?.[d]));
    if (data.length === 0) return stepMetricsOf(sequences, trained, [], loss);
    const { outputs } = await this.guarded('forward_backward', async () =>
      (await this.model()).forwardBackward(data, serverLoss(loss, this.profile)),
    );
    this.pending = true;
    const now = trained.map((sequence, d) => responseLogprobs(sequence, outputs[d]?.logprobs));
    return stepMetricsOf(sequences, trained, now, loss);
  }

  /** Whether tokens may lose their gradient for a reason that the server does not know. */
  private needsForward(loss: LossSpec): boolean {
    if (this.profile.forwardOnly === 'none') return false;
    if (loss.type === 'cross-entropy') return this.profile.lossNormalization === 'sequence-mean';
    return loss.ratioBounds !== undefined || loss.ratioVeto !== undefined;
  }

  trainerLogprobs(batch: readonly TrajectoryGroup[]): Promise<Float32Array[]> {
    const sequences = layOut(batch, { type: 'cross-entropy', aggregation: 'token-mean' });
    return this.inTurn(() => this.logprobsOf(sequences.filter((sequence) => sequence !== undefined)));
  }

  private async logprobsOf(sequences: readonly Sequence[]): Promise<Float32Array[]> {
    const { forwardOnly } = this.profile;
    if (forwardOnly === 'none')
      throw new EngineError('forward-unsupported', 'This server computes no log-probabilities without a gradient.');
    const model = await this.model();
    const loss = { name: 'cross_entropy', config: {} };
    const { outputs } = await model.forwardBackward(sequences.map(forwardDatum), loss, forwardOnly);
    return sequences.map((sequence, d) => responseLogprobs(sequence, outputs[d]?.logprobs));
  }

  private async forward(trained: readonly Sequence[], loss: LossSpec) {
    if (trained.length === 0) return undefined;
    const now = await this.logprobsOf(trained);
    const { gradient } = evaluate(trained, now, loss);
    let at = 0;
    return trained.map((sequence, d) => ({
      now: now[d] as Float32Array,
      gradient: Array.from(sequence.advantages, () => gradient[at++] !== 0),
    }));
  }

  optimStep(params: AdamParams): Promise<OptimMetrics> {
    return this.inTurn(() => this.update(params));
  }

  private async update(params: AdamParams): Promise<OptimMetrics> {
    this.checkSound();
    this.tellOfFixedSettings(params);
    const adam = {
      learning_rate: params.learningRate,
      beta1: params.beta1,
      beta2: params.beta2,
      eps: params.epsilon,
      weight_decay: params.weightDecay,
      ...(this.profile.gradientClip ? { grad_clip_norm: params.gradientClip } : {}),
    };
    const metrics = await this.guarded('optim_step', async () => (await this.model()).optimStep(adam));
    this.pending = false;
    this.step++;
    this.forgetSampler();
    const norm = Object.entries(metrics).find(([key]) => /grad(ient)?_norm/.test(key))?.[1];
    return { gradientNorm: norm ?? Number.NaN, step: this.step };
  }

  async save(directory: string): Promise<CheckpointRef> {
    this.checkSound();
    const stem = basename(directory)
      .replace(/[^a-zA-Z0-9_-]/g, '-')
      .slice(0, 200);
    const path = await (await this.model()).save(stem);
    const record = {
      path,
      server: this.options.url,
      baseModel: this.baseModel,
      rank: this.options.rank,
      step: this.step,
    };
    await writeRecord(join(directory, checkpointFile), record);
    return { path: directory };
  }

  async discard({ path }: CheckpointRef): Promise<void> {
    const { path: remote } = await readCheckpointRecord(path);
    // A model's id may hold colons, which no URL takes for a host.
    const [, model, name] = /^tinker:\/\/(.+)\/weights\/([^/]+)$/.exec(remote) ?? [];
    if (model === undefined || name === undefined) return;
    const checkpoint = `training_runs/${encodeURIComponent(model)}/checkpoints/weights/${encodeURIComponent(name)}`;
    const request = { method: 'DELETE', path: `/api/v1/${checkpoint}`, timeout: 10_000 } as const;
    const status = await this.transport.send(request).then(
      (reply) => reply.status,
      () => 0,
    );
    // It is only space: training goes on.
    if (status !== 404 && (status < 200 || status >= 300))
      this.tell(`The server keeps checkpoints that are no longer needed: deleting one was answered ${status}.`);
  }

  load(ref: CheckpointRef): Promise<void> {
    return this.inTurn(() => this.restore(ref));
  }

  private async restore({ path }: CheckpointRef): Promise<void> {
    const record = await readCheckpointRecord(path);
    if (record.baseModel !== this.baseModel || record.rank !== this.options.rank)
      throw new InputError(
        'checkpoint-foreign',
        `${join(path, checkpointFile)} is of ${record.baseModel} with rank ${record.rank}, not of ${this.baseModel} with rank ${this.options.rank}.`,
      );
    const old = await this.model();
    // Weights go into a model that has trained nothing.
    if (!old.fresh) {
      this.current = undefined;
      await old.unload().catch(() => undefined);
    }
    await (await this.model()).load(record.path);
    this.step = record.step;
    this.forgetSampler();
    this.tainted = undefined;
    this.pending = false;
  }

  /** A session and a model of their own, as when the engine was opened: a server that restarted knows neither. */
  reopen(): Promise<void> {
    return this.inTurn(async () => {
      await this.close();
      this.current = undefined;
      this.forgetSampler();
      this.step = 0;
      this.tainted = undefined;
      this.pending = false;
      this.session = await Session.open(this.transport, this.options.version ?? '0.0.0');
      await this.model();
    });
  }

  private forgetSampler(): void {
    this.currentSampler = undefined;
    this.weights++;
  }

  async close(): Promise<void> {
    this.session.close();
    // Frees the server's memory at once; otherwise it does when the session has been silent for some minutes.
    const model = await this.current?.catch(() => undefined);
    await model?.unload().catch(() => undefined);
  }

  /** Runs what changes the server's state: after a failure nobody knows how much of it happened. */
  private async guarded<T>(name: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.tainted = name;
      throw error;
    }
  }

  private checkSound(): void {
    if (this.tainted === undefined) return;
    throw new EngineError(
      'tinker-tainted',
      `A ${this.tainted} request failed, so the gradients and weights on the server are not known.`,
      'Load the last checkpoint (resume the run).',
    );
  }

  private tellOfFixedSettings({ gradientClip }: AdamParams): void {
    const { profile } = this;
    if (gradientClip > 0 && !profile.gradientClip)
      this.tell(
        `This server (${this.kind}) does not take optimizer.gradientClip; it clips as it is configured, or not at all.`,
      );
    if (profile.adam === 'learning-rate')
      this.tell(
        `This server (${this.kind}) takes the learning rate alone; betas, epsilon and weight decay are its own.`,
      );
  }

  private tell(text: string): void {
    if (this.told.has(text)) return;
    this.told.add(text);
    this.transport.notice(text);
  }
}

/** The log-probabilities of the response, out of those of all positions. */
function responseLogprobs(sequence: Sequence, logprobs: Float32Array | undefined): Float32Array {
  const { start, tokens, advantages } = sequence;
  if (logprobs === undefined || logprobs.length < tokens.length)
    throw new TinkerFailure(
      'tinker-bad-reply',
      `forward_backward: got ${logprobs?.length ?? 0} log-probabilities for ${tokens.length} positions.`,
    );
  return logprobs.subarray(start, start + advantages.length);
}

/** The loss and its gradient over the tokens of sequences, one after the other. */
function evaluate(trained: readonly Sequence[], now: readonly Float32Array[], loss: LossSpec): LossResult {
  const flat = (values: readonly Float32Array[]) => values.flatMap((value) => Array.from(value));
  return evaluateLoss(loss, {
    now: flat(now),
    rollout: flat(trained.map(({ logprobs }) => logprobs)),
    advantages: flat(trained.map(({ advantages }) => advantages)),
    weights: trained.flatMap(({ advantages, weight }) => Array.from(advantages, () => weight)),
    rollouts: trained.flatMap(({ advantages }, d) => Array.from(advantages, () => d)),
  });
}

/** Entropy is the mean of -log p over the sampled tokens: an unbiased estimate while they are the policy's own. */
function stepMetricsOf(
  sequences: readonly Sequence[],
  trained: readonly Sequence[],
  now: readonly Float32Array[],
  loss: LossSpec,
): StepMetrics {
  const result = evaluate(trained, now, loss);
  const rows = now.reduce((sum, { length }) => sum + length, 0);
  const share = (value: number) => (rows === 0 ? 0 : value / rows);
  const total = now.reduce((sum, values) => values.reduce((a, b) => a + b, sum), 0);
  return {
    loss: result.loss,
    entropy: share(-total),
    clipFraction: share(result.clipped),
    approximateKl: share(result.klSum),
    maskedFraction: share(result.masked),
    tokens: sequences.reduce((sum, { advantages }) => sum + advantages.length, 0),
  };
}

function readCheckpointRecord(directory: string): Promise<z.infer<typeof checkpointSchema>> {
  return readRecord(join(directory, checkpointFile), checkpointSchema, {
    name: 'the name of a checkpoint on a server',
    code: 'checkpoint-corrupt',
    hint: 'Put the file back from a copy, or use an earlier checkpoint.',
  });
}
