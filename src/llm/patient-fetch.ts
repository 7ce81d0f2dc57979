/**
 * @file `fetch` without limits of its own. Node's gives up after 300 seconds without headers, and after 300 between two pieces of a body,
 * which only a package beside it can change; a model on a CPU reads a long prompt for longer. Here all time limits are the caller's
 * signal, but for that of a connection. Bodies are text; redirects are returned, not followed, so that a key goes to no other host.
 */
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { Readable } from 'node:stream';

const bodiless = [204, 205, 304];

/** Milliseconds for a connection, which no model delays; a host that drops packets is silent for minutes else. */
const longestConnect = 20_000;

/** For the `fetch` of the `openai` package: URL and options, no `Request`. */
export const patientFetch: typeof fetch = async (input, init = {}) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const { method = 'GET', body, signal } = init;
  if (body !== undefined && body !== null && typeof body !== 'string') throw new TypeError('expected a body of text');
  const headers = new Headers(init.headers);
  if (typeof body === 'string') headers.set('content-length', String(Buffer.byteLength(body)));
  signal?.throwIfAborted();
  return await new Promise<Response>((resolve, reject) => {
    const send = url.protocol === 'https:' ? tlsRequest : plainRequest;
    // A connection for each request: one that is reused may just have been dropped, and a reply takes longer than a handshake.
    const options = { method, agent: false, headers: Object.fromEntries(headers), ...(signal ? { signal } : {}) };
    const sent = send(url, options, (reply) => {
      const { statusCode: status = 0, statusMessage: statusText = '' } = reply;
      const pairs = Object.entries(reply.headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, one]),
      );
      const stream = bodiless.includes(status) ? null : (Readable.toWeb(reply) as ReadableStream<Uint8Array>);
      resolve(new Response(stream, { status, statusText, headers: pairs }));
    });
    sent.on('error', reject);
    const unconnected = setTimeout(() => {
      const error: NodeJS.ErrnoException = new Error(`no connection to ${url.host} within ${longestConnect / 1000} s`);
      // A server without TLS may take the connection and wait for a request that it can read.
      error.code = sent.socket?.connecting === false ? 'EPROTO' : 'ETIMEDOUT';
      sent.destroy(error);
    }, longestConnect);
    const connected = (): void => clearTimeout(unconnected);
    const event = url.protocol === 'https:' ? 'secureConnect' : 'connect';
    sent.on('socket', (socket) => socket.once(event, connected));
    sent.on('close', connected);
    sent.end(body ?? undefined);
  });
};
