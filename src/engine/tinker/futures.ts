/**
 * @file Results of accepted requests. A server answers a submission with a request id; `retrieve_future` then says whether the
 * result is there. The forms of its replies differ between servers; all of them end here:
 *
 * | Reply                                        | Meaning                                   | What happens                        |
 * | -------------------------------------------- | ----------------------------------------- | ----------------------------------- |
 * | 200, protobuf                                | done                                      | the bytes are the result            |
 * | 200, `type: try_again`; 408                  | not yet                                   | asked again at once                 |
 * | 200, `status: complete_metadata`             | done, but large                           | asked again for the whole           |
 * | 200, `error`, `category`                     | failed (hosted)                           | TinkerFailure                       |
 * | 400 with `detail`                            | failed (SkyRL)                            | TinkerFailure                       |
 * | 400 without                                  | a proxy's fault                           | asked again, three times            |
 * | 410                                          | the result expired                        | the request is submitted again      |
 * | 402                                          | paused for billing                        | waited for an hour                  |
 * | 429, 5xx, no reply                           | overload, fault                           | asked again with growing waits, for the patience of the transport; 5xx eight times |
 * | 401, 403, 404, 422, others                   | refused                                   | TinkerFailure                       |
 */

import { isRecord } from '../../json.ts';
import { refused, saidBy, TinkerFailure } from './failure.ts';
import { type Reply, retryAfter, type Transport } from './transport.ts';
import { protoType } from './wire.ts';

/** What a request brought: protobuf bytes or a JSON object. */
export type FutureResult =
  | { readonly type: 'proto'; readonly bytes: Uint8Array }
  | { readonly type: 'json'; readonly body: Readonly<Record<string, unknown>> };

/** A request that the server has accepted. */
export interface Pending {
  /** What the request is, for errors and the server's log: `forward_backward`. */
  readonly name: string;
  readonly requestId: string;
  /** Submits the same request again with the same sequence number; a server may know by then what came of it. */
  readonly resubmit: () => Promise<string | FutureResult>;
  readonly proto?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** One poll; servers hold it for up to 300 s, and undici gives up at exactly that. */
const pollTimeout = 45_000;
const mostBare400 = 3;
const mostServerErrors = 8;
const mostResubmissions = 3;
/** A result that is not there after this is given up: queues of hosted servers may hold a request for hours. */
const longestWait = 6 * 3_600_000;
/** A server that answers "not yet" at once is not asked more often than this. */
const shortestPoll = 250;

const failed = (name: string, said: string, facts: { status: number; category?: string }): TinkerFailure =>
  new TinkerFailure('tinker-failed', `${name} failed on the server: ${said}`, {
    ...facts,
    hint:
      facts.category === 'server'
        ? "The fault is the server's. Resume from the last checkpoint; if it fails again, look at its log."
        : undefined,
  });

interface Counts {
  bare400: number;
  overloads: number;
  serverErrors: number;
  noReplies: number;
  resubmissions: number;
}

/** Waits for a result. @throws TinkerFailure when the request failed, or its result cannot be had. */
export async function retrieve(transport: Transport, pending: Pending): Promise<FutureResult> {
  const { name, signal, proto = false } = pending;
  const { clock } = transport;
  const counts: Counts = { bare400: 0, overloads: 0, serverErrors: 0, noReplies: 0, resubmissions: 0 };
  let requestId = pending.requestId;
  let whole = false;
  const start = clock.now();
  let lastReply = start;
  let overloadSince = start;
  let queueState = 'active';
  for (let iteration = 0; ; iteration++) {
    const asked = clock.now();
    if (asked - start >= longestWait)
      throw new TinkerFailure('tinker-no-result', `${name}: no result after ${longestWait / 3_600_000} hours.`, {
        hint: 'Look at the server; then resume from the last checkpoint.',
      });
    let reply: Reply;
    try {
      reply = await transport.send({
        path: '/api/v1/retrieve_future',
        body: { request_id: requestId, allow_metadata_only: !whole },
        accept: proto ? `${protoType}, application/json` : 'application/json',
        headers: { 'x-tinker-request-iteration': String(iteration), 'x-tinker-request-type': name },
        timeout: pollTimeout,
        signal,
      });
    } catch (error) {
      if (!(error instanceof TinkerFailure) || clock.now() - lastReply >= transport.patience) throw error;
      await transport.backOff(counts.noReplies++, undefined, signal);
      continue;
    }
    lastReply = clock.now();
    counts.noReplies = 0;
    const { status, body, bytes } = reply;
    if (status !== 402) transport.billingSettled();
    if (status === 200 && bytes !== undefined) return { type: 'proto', bytes };
    if (status === 200 && isRecord(body)) {
      if (body.status === 'complete_metadata') {
        whole = true;
        continue;
      }
      if (typeof body.error === 'string')
        throw failed(name, saidBy(body.error), { status, category: String(body.category ?? 'unknown') });
      if (body.type !== 'try_again') return { type: 'json', body };
    }
    if (status === 408 || status === 200) {
      const state = isRecord(body) ? String(body.queue_state ?? 'active') : 'active';
      if (state !== queueState && state !== 'active') {
        const reason = isRecord(body) && body.queue_state_reason ? `: ${saidBy(body.queue_state_reason)}` : '';
        transport.notice(`${name} waits in the server's queue (${state}${reason})`);
      }
      queueState = state;
      counts.bare400 = 0;
      counts.serverErrors = 0;
      counts.overloads = 0;
      if (clock.now() - asked < shortestPoll) await clock.sleep(shortestPoll, signal);
    } else if (status === 402) {
      await transport.waitForBilling(name, body, signal);
    } else if (status === 400) {
      if (isRecord(body) && body.detail !== undefined) throw failed(name, saidBy(body), { status });
      if (++counts.bare400 > mostBare400) throw refused(name, status, body);
      await clock.sleep(shortestPoll, signal);
    } else if (status === 410) {
      if (++counts.resubmissions > mostResubmissions) throw refused(name, status, body);
      const again = await pending.resubmit();
      if (typeof again !== 'string') return again;
      requestId = again;
    } else if (status === 429) {
      if (counts.overloads++ === 0) overloadSince = lastReply;
      if (lastReply - overloadSince >= transport.patience) throw refused(name, status, body);
      await transport.backOff(counts.overloads - 1, retryAfter(reply.headers), signal);
    } else if (status >= 500) {
      if (++counts.serverErrors > mostServerErrors) throw refused(name, status, body);
      await transport.backOff(Math.min(counts.serverErrors - 1, 4), retryAfter(reply.headers), signal);
    } else {
      throw refused(name, status, body);
    }
  }
}
