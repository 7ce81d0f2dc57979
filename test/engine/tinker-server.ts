/**
 * @file A Tinker server that does what a seed says: it keeps the rules of the protocol (sequence numbers, futures), counts what it
 * executes, and between it and the client requests and replies are lost, late, doubled, out of order, or answered with every
 * status of the error table. Two characters: hosted Tinker's and SkyRL's.
 */

import type { Clock } from '../../src/engine/tinker/clock.ts';
import { decodeForwardBackward, protoType } from '../../src/engine/tinker/wire.ts';
import { encodeForwardBackwardResult, encodeSampleResult } from '../../src/engine/tinker/wire-results.ts';
import type { Random } from '../../src/random.ts';

export type Character = 'hosted' | 'skyrl';

/** An optimizer step as the server ran it. */
export interface AppliedStep {
  readonly seq: number;
  /** Sum of the advantages of all datums since the step before: says whether each was counted once. */
  readonly advantages: number;
}

interface Job {
  readonly name: string;
  /** Moment when the result is there. */
  readonly ready: number;
  readonly value: () => Response;
  readonly error: string | undefined;
}

export interface FaultRates {
  /** Share of exchanges with a fault that passes. */
  readonly passing: number;
  /** Share of accepted requests that fail for good, and of exchanges that are refused for good. */
  readonly final: number;
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });
const proto = (bytes: Uint8Array<ArrayBuffer>) => new Response(bytes, { headers: { 'content-type': protoType } });
const lost = () => new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });

export class FaultyServer {
  readonly steps: AppliedStep[] = [];
  readonly saved = new Set<string>();
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly rates: FaultRates;
  private readonly character: Character;
  private readonly jobs = new Map<string, Job>();
  /** By sequence number: what was asked, and the id of its result. */
  private readonly known = new Map<number, { readonly digest: string; readonly id: string }>();
  private readonly held = new Map<number, () => void>();
  private nextSeq = 1;
  private accumulated = 0;
  private count = 0;
  private sessions = 0;

  constructor(options: { clock: Clock; random: Random; rates: FaultRates; character: Character }) {
    this.clock = options.clock;
    this.random = options.random;
    this.rates = options.rates;
    this.character = options.character;
  }

  readonly fetch = (async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const path = new URL(String(input)).pathname;
    const signal = init?.signal ?? undefined;
    const body = init?.body as string | Uint8Array | undefined;
    await this.clock.sleep(this.random.integer(1, 30), signal);
    if (!this.random.chance(this.rates.passing)) return this.handle(path, body);
    return await this.withFault(path, body, signal);
  }) as typeof fetch;

  private async withFault(
    path: string,
    body: string | Uint8Array | undefined,
    signal?: AbortSignal,
  ): Promise<Response> {
    const polls = path.endsWith('/retrieve_future');
    switch (this.random.integer(0, 11)) {
      case 0:
        throw lost();
      case 1:
        // It arrived, but the reply is lost.
        this.handle(path, body);
        throw lost();
      case 2:
        await this.clock.sleep(this.random.integer(1000, 50_000), signal);
        return this.handle(path, body);
      case 3:
        // On its way for longer than the client waits: it arrives after its own repetition, and after later requests.
        void this.clock.sleep(this.random.integer(61_000, 150_000)).then(() => this.handle(path, body));
        await this.clock.sleep(1_000_000, signal);
        throw lost();
      case 4:
        this.handle(path, body);
        return this.handle(path, body);
      case 5:
        return json({ detail: 'Too many requests' }, 429, this.random.chance(0.5) ? { 'retry-after': '2' } : {});
      case 6:
        return new Response('Bad gateway', { status: this.random.pick([500, 502, 503, 504]) });
      case 7:
        return json({ detail: 'billing is paused' }, 402);
      case 8:
        return polls ? json({ detail: 'Timeout waiting for result' }, 408) : json({ detail: 'Request timeout' }, 408);
      case 9:
        return polls ? new Response('', { status: 400 }) : json({ detail: 'conflict, try again' }, 409);
      case 10:
        return polls ? json({ detail: 'promise expired' }, 410) : json({ detail: 'still being created' }, 425);
      default:
        if (this.random.chance(this.rates.final))
          return json({ detail: 'refused' }, this.random.pick([401, 403, 404, 422]));
        return polls
          ? json({ type: 'try_again', request_id: '', queue_state: 'paused_capacity', queue_state_reason: 'busy' })
          : new Response('', { status: 503 });
    }
  }

  private handle(path: string, body: string | Uint8Array | undefined): Response {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (body instanceof Uint8Array) return this.forwardBackward(body);
    const fields = JSON.parse(body ?? '{}') as Record<string, unknown>;
    switch (name) {
      case '':
        return json({ name: this.character === 'skyrl' ? 'Tinker API Mock' : 'other' });
      case 'get_server_capabilities':
        return json({ supported_models: [{ model_name: 'tiny', max_context_length: 100 }] });
      case 'create_session':
        return json({ session_id: `s${++this.sessions}` });
      case 'create_model':
        return this.accept('create_model', () => json({ model_id: 'm' }), 0);
      case 'asample':
        return this.sample(fields);
      case 'optim_step':
        return this.train(Number(fields.seq_id), String(body), name, () => {
          this.steps.push({ seq: Number(fields.seq_id), advantages: this.accumulated });
          this.accumulated = 0;
          return () => json({ metrics: { grad_norm: 1 } });
        });
      case 'save_weights': {
        const saved = String(fields.path);
        // SkyRL does not know a repeated save.
        if (this.character === 'skyrl' && this.saved.has(saved))
          return json({ detail: `${saved} already exists` }, 409);
        return this.train(Number(fields.seq_id), String(body), name, () => {
          this.saved.add(saved);
          return () => json({ path: `tinker://m/weights/${saved}` });
        });
      }
      case 'save_weights_for_sampler':
        return this.train(Number(fields.seq_id), String(body), name, () => {
          const id = `sampler-${this.steps.length}`;
          return () => json({ path: null, sampling_session_id: id });
        });
      case 'retrieve_future':
        return this.retrieve(String(fields.request_id), fields.allow_metadata_only === true);
      default:
        return json({});
    }
  }

  private forwardBackward(body: Uint8Array): Response {
    const request = decodeForwardBackward(body);
    return this.train(request.seqId, Buffer.from(body).toString('base64'), 'forward_backward', () => {
      if (!request.forwardOnly) {
        for (const { inputs } of request.data) for (const value of inputs.advantages ?? []) this.accumulated += value;
      }
      const outputs = request.data.map(({ tokens }) => ({ logprobs: new Float32Array(tokens.length).fill(-1) }));
      return () => proto(encodeForwardBackwardResult({ outputs, metrics: {} }, 'logprobs'));
    });
  }

  /** Each number once; hosted Tinker runs them in order, SkyRL as they come. */
  private train(seq: number, digest: string, name: string, run: () => () => Response): Response {
    const known = this.known.get(seq);
    if (known) {
      if (known.digest === digest) return json({ request_id: known.id });
      return json({ detail: 'Training request sequence number was reused' }, 409);
    }
    const id = `f${++this.count}`;
    this.known.set(seq, { digest, id });
    const fails = this.random.chance(this.rates.final / 4);
    const execute = () => this.finish(id, name, fails ? () => json({}) : run(), fails);
    if (this.character === 'skyrl') execute();
    else {
      this.held.set(seq, execute);
      for (let next = this.held.get(this.nextSeq); next; next = this.held.get(this.nextSeq)) {
        this.held.delete(this.nextSeq++);
        next();
      }
    }
    return json({ request_id: id });
  }

  private sample({ prompt, num_samples }: Record<string, unknown>): Response {
    const { chunks } = prompt as { chunks: { tokens: number[] }[] };
    // What is sampled says which prompt it answers.
    const first = chunks[0]?.tokens[0] ?? 0;
    const sequences = Array.from({ length: Number(num_samples) }, (_, g) => ({
      stopReason: 'length' as const,
      tokens: Int32Array.of(first, g),
      logprobs: Float32Array.of(-1, -1),
    }));
    return this.accept('sample', () => proto(encodeSampleResult({ sequences })), this.rates.final / 4);
  }

  private accept(name: string, value: () => Response, failing: number): Response {
    const id = `f${++this.count}`;
    this.finish(id, name, value, this.random.chance(failing));
    return json({ request_id: id });
  }

  private finish(id: string, name: string, value: () => Response, fails: boolean): void {
    const ready = this.clock.now() + this.random.integer(0, 3000);
    this.jobs.set(id, { name, value, ready, error: fails ? `${name} failed on purpose` : undefined });
  }

  private retrieve(id: string, metadataOnly: boolean): Response {
    const job = this.jobs.get(id);
    const hosted = this.character === 'hosted';
    if (!job) {
      const waits = [...this.known.values()].some((known) => known.id === id);
      return waits
        ? json({ type: 'try_again', request_id: id, queue_state: 'active' })
        : json({ detail: 'Future not found' }, 404);
    }
    if (this.clock.now() < job.ready)
      return hosted
        ? json({ type: 'try_again', request_id: id, queue_state: 'active' })
        : json({ detail: 'Timeout waiting for result' }, 408);
    if (job.error !== undefined)
      return hosted
        ? json({ error: job.error, category: this.random.pick(['user', 'server', 'unknown']) })
        : json({ detail: job.error }, 400);
    if (hosted && metadataOnly && this.random.chance(0.2))
      return json({ status: 'complete_metadata', response_payload_size: 1000 });
    return job.value();
  }
}
