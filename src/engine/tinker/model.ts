/**
 * @file A model on a server, as its training requests see it. Every request has the next sequence number of one counter, and is
 * submitted only when the one before was accepted: some servers order by number, others by arrival. A repeated submission has
 * the same number, so that a server runs it once.
 */

import { isRecord } from '../../json.ts';
import { TinkerFailure } from './failure.ts';
import { type FutureResult, retrieve } from './futures.ts';
import type { Session } from './session.ts';
import type { Reply, Transport } from './transport.ts';
import {
  type Datum,
  datumBytes,
  encodeForwardBackward,
  type ForwardBackwardRequest,
  forwardBackwardJson,
} from './wire.ts';
import { decodeForwardBackwardResult, type ForwardBackwardResult } from './wire-results.ts';

type Wire = Readonly<Record<string, unknown>>;

interface Submission {
  readonly name: string;
  readonly path: string;
  readonly body: (seqId: number) => unknown;
  readonly accepts?: (reply: Reply) => boolean;
  readonly proto?: boolean;
}

/** Of a forward_backward request: datums, and bytes. */
export interface ChunkLimits {
  readonly datums: number;
  readonly bytes: number;
}

/** A request is full at whichever comes first. */
export const defaultChunkLimits: ChunkLimits = { datums: 1024, bytes: 5_000_000 };

/** Consecutive datums that fit one request; a datum that is too large alone gets its own. */
export function chunkDatums(data: readonly Datum[], limits: ChunkLimits): Datum[][] {
  const chunks: Datum[][] = [];
  let bytes = 0;
  for (const datum of data) {
    const size = datumBytes(datum);
    const last = chunks.at(-1);
    if (last && last.length < limits.datums && bytes + size <= limits.bytes) {
      last.push(datum);
      bytes += size;
    } else {
      chunks.push([datum]);
      bytes = size;
    }
  }
  return chunks;
}

/** Metrics of several requests as one: a key ends in how it combines (`:sum`, `:max`, ...); means count datums. */
export function combineMetrics(parts: readonly { metrics: Wire; datums: number }[]): Record<string, number> {
  const keys = new Set(parts.flatMap(({ metrics }) => Object.keys(metrics)));
  const combine = (key: string): number => {
    const has = parts.filter(({ metrics }) => typeof metrics[key] === 'number');
    const values = has.map(({ metrics }) => metrics[key] as number);
    switch (key.slice(key.lastIndexOf(':') + 1)) {
      case 'sum':
        return values.reduce((a, b) => a + b, 0);
      case 'max':
        return Math.max(...values);
      case 'min':
        return Math.min(...values);
      case 'slack':
        return Math.max(...values) - Math.min(...values);
      case 'unique':
        return values.at(-1) ?? 0;
      default: {
        const datums = has.reduce((sum, part) => sum + part.datums, 0);
        return has.reduce((sum, part, i) => sum + (values[i] ?? 0) * part.datums, 0) / Math.max(1, datums);
      }
    }
  };
  return Object.fromEntries([...keys].map((key) => [key, combine(key)]));
}

/** Whether a server refused the form of a body, not what it says: it knows JSON alone. */
function refusesProto({ status, body }: Reply): boolean {
  if (status === 415 || status === 406) return true;
  if (status !== 400 && status !== 422) return false;
  return /json_invalid|JSON decode|valid JSON|parsing the body|valid dictionary/i.test(JSON.stringify(body) ?? '');
}

const jsonResult = (body: Wire): ForwardBackwardResult => ({
  outputs: (Array.isArray(body.loss_fn_outputs) ? body.loss_fn_outputs : []).filter(isRecord).map((output) =>
    Object.fromEntries(
      Object.entries(output)
        .filter(([, value]) => isRecord(value) && Array.isArray(value.data))
        .map(([name, value]) => [name, Float32Array.from((value as { data: number[] }).data)]),
    ),
  ),
  metrics: isRecord(body.metrics)
    ? Object.fromEntries(
        Object.entries(body.metrics).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
      )
    : {},
});

/** A model on the server; a request may be made before the ones before it are done. */
export class Model {
  readonly id: string;
  private readonly session: Session;
  private readonly transport: Transport;
  private readonly limits: ChunkLimits;
  private sequence = 0;
  private lastSubmission: Promise<unknown> = Promise.resolve();
  /** The server takes JSON alone. */
  private json = false;

  constructor(session: Session, id: string, limits: ChunkLimits) {
    this.session = session;
    this.transport = session.transport;
    this.id = id;
    this.limits = limits;
  }

  static async create(
    session: Session,
    options: { readonly baseModel: string; readonly rank: number; readonly seed: number; readonly limits: ChunkLimits },
  ): Promise<Model> {
    const { baseModel, rank, seed, limits } = options;
    const body = {
      session_id: session.id,
      model_seq_id: session.nextModel(),
      base_model: baseModel,
      lora_config: { rank, seed, train_unembed: false, train_mlp: true, train_attn: true },
      type: 'create_model',
    };
    const submit = () => submission(session.transport, '/api/v1/create_model', body);
    const result = await retrieve(session.transport, {
      name: 'create_model',
      requestId: await submit(),
      resubmit: submit,
    });
    const id = result.type === 'json' ? result.body.model_id : undefined;
    if (typeof id !== 'string')
      throw new TinkerFailure('tinker-bad-reply', 'create_model: the result has no model_id.');
    return new Model(session, id, limits);
  }

  /** Whether no training request was sent yet: only then may weights be loaded into it. */
  get fresh(): boolean {
    return this.sequence === 0;
  }

  /**
   * Submits a request with the next sequence number. The returned promise is its result; `taken` tells what the reply of a
   * submission that `accepts` let through means instead of a result.
   */
  private async request(
    submission: Submission,
    taken?: (reply: Reply, seqId: number) => FutureResult | undefined,
  ): Promise<FutureResult> {
    const seqId = ++this.sequence;
    const { name, path, accepts, proto = false } = submission;
    const send = async () => {
      const reply = await this.transport.call({
        path,
        body: submission.body(seqId),
        headers: { 'x-idempotency-key': `${this.id}-${seqId}` },
        ...(accepts ? { accepts } : {}),
      });
      return reply;
    };
    const submit = async (): Promise<FutureResult | string> => {
      let reply = await send();
      if (proto && !this.json && refusesProto(reply)) {
        this.json = true;
        reply = await send();
      }
      return taken?.(reply, seqId) ?? requestIdOf(name, reply.body);
    };
    const turn = this.lastSubmission.then(submit);
    this.lastSubmission = turn.catch(() => undefined);
    const accepted = await turn;
    if (typeof accepted !== 'string') return accepted;
    return await retrieve(this.transport, {
      name,
      requestId: accepted,
      proto,
      resubmit: submit,
    });
  }

  /** Runs datums through a loss, in as many requests as they need. */
  async forwardBackward(
    data: readonly Datum[],
    loss: { readonly name: string; readonly config: Readonly<Record<string, number>> },
    forwardOnly: 'proto' | 'json' | false = false,
  ): Promise<ForwardBackwardResult> {
    const chunks = chunkDatums(data, this.limits);
    const parts = await settled(
      chunks.map(async (chunk) => {
        const request = (seqId: number): ForwardBackwardRequest => ({
          modelId: this.id,
          seqId,
          data: chunk,
          lossFn: loss.name,
          lossConfig: loss.config,
          forwardOnly: forwardOnly !== false,
        });
        const asJson = () => this.json || forwardOnly === 'json';
        const result = await this.request({
          name: forwardOnly ? 'forward' : 'forward_backward',
          path: '/api/v1/forward_backward',
          body: (seqId) =>
            asJson()
              ? forwardBackwardJson(request(seqId), 'forward_backward_input')
              : encodeForwardBackward(request(seqId)),
          accepts: (reply) => !asJson() && refusesProto(reply),
          proto: true,
        });
        const part = result.type === 'proto' ? decodeForwardBackwardResult(result.bytes) : jsonResult(result.body);
        if (part.outputs.length !== chunk.length)
          throw new TinkerFailure(
            'tinker-bad-reply',
            `forward_backward: got outputs for ${part.outputs.length} of ${chunk.length} datums.`,
          );
        return part;
      }),
    );
    return {
      outputs: parts.flatMap(({ outputs }) => outputs),
      metrics: combineMetrics(parts.map(({ metrics, outputs }) => ({ metrics, datums: outputs.length }))),
    };
  }

  async optimStep(adam: Wire): Promise<Readonly<Record<string, number>>> {
    const result = await this.request({
      name: 'optim_step',
      path: '/api/v1/optim_step',
      body: (seqId) => ({ model_id: this.id, seq_id: seqId, adam_params: adam, type: 'optim_step' }),
    });
    return result.type === 'json' ? jsonResult(result.body).metrics : {};
  }

  /** Saves weights and optimizer under a name of its own, and returns where. */
  async save(stem: string): Promise<string> {
    const name = (seqId: number) => `${stem}-${seqId}`;
    const result = await this.request(
      {
        name: 'save_weights',
        path: '/api/v1/save_weights',
        body: (seqId) => ({ model_id: this.id, seq_id: seqId, path: name(seqId), type: 'save_weights' }),
        accepts: savedBefore,
      },
      (reply, seqId) =>
        savedBefore(reply) ? { type: 'json', body: { path: `tinker://${this.id}/weights/${name(seqId)}` } } : undefined,
    );
    return textField('save_weights', result, 'path');
  }

  async load(path: string): Promise<void> {
    await this.request({
      name: 'load_weights',
      path: '/api/v1/load_weights',
      body: (seqId) => ({ model_id: this.id, seq_id: seqId, path, optimizer: true, type: 'load_weights' }),
    });
  }

  /** Makes the weights as they are ready to sample from; returns the sampling session. */
  async saveForSampler(): Promise<string> {
    // Drawn once: a request that is submitted again must be the same request.
    const samplingSession = this.session.nextSamplingSession();
    const result = await this.request({
      name: 'save_weights_for_sampler',
      path: '/api/v1/save_weights_for_sampler',
      body: (seqId) => ({
        model_id: this.id,
        seq_id: seqId,
        sampling_session_seq_id: samplingSession,
        type: 'save_weights_for_sampler',
      }),
    });
    return textField('save_weights_for_sampler', result, 'sampling_session_id');
  }

  async unload(): Promise<void> {
    await this.transport.send({
      path: '/api/v1/unload_model',
      body: { model_id: this.id, type: 'unload_model' },
      timeout: 5000,
    });
  }
}

/** A save whose acceptance was lost on the way and that ran: the name has our sequence number, so it is ours. */
const savedBefore = ({ status, body }: Reply): boolean =>
  status === 409 && /already exists/i.test(JSON.stringify(body) ?? '');

function requestIdOf(name: string, body: unknown): string {
  const id = isRecord(body) ? body.request_id : undefined;
  if (typeof id === 'string' || typeof id === 'number') return String(id);
  throw new TinkerFailure('tinker-bad-reply', `${name}: the reply has no request_id.`, {
    hint: 'Is there a Tinker server at this address?',
  });
}

const submission = async (transport: Transport, path: string, body: Wire): Promise<string> =>
  requestIdOf(path, (await transport.call({ path, body })).body);

function textField(name: string, result: FutureResult, field: string): string {
  const value = result.type === 'json' ? result.body[field] : undefined;
  if (typeof value === 'string') return value;
  throw new TinkerFailure('tinker-bad-reply', `${name}: the result has no ${field}.`);
}

/** All results, or the first failure once everything has ended: nothing of a failed call is still on its way. */
async function settled<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
  return results.map((result) => (result as PromiseFulfilledResult<T>).value);
}
