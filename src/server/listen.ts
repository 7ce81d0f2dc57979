/** @file An app on a port: binds, serves, and on closing answers what runs. */

import { type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { ResourceError, UsageError } from '../errors.ts';
import { errorCode } from '../storage/files.ts';
import { isLoopback } from './guard.ts';

/** Where a server listens. */
export interface Address {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** @throws UsageError when a server would be open to the network without a token. */
export function checkToken(host: string, token: string | undefined, hint: string): void {
  if (isLoopback(host) || (token !== undefined && token !== '')) return;
  throw new UsageError('token-needed', `--host ${host} is open to the network and no token is set.`, hint);
}

/** Requests that still run get this long when the server closes. */
const drainMs = 10_000;

/** Milliseconds that the head of a request may take to arrive. */
const headDeadline = 10_000;

/**
 * @param arrivalDeadline milliseconds that a whole request may take to arrive; slower ones get 408
 * @throws ResourceError when the port is taken.
 */
export async function listen(
  app: Hono,
  { host, port }: Address,
  arrivalDeadline = 30_000,
): Promise<{ url: string; close(): Promise<void> }> {
  const serverOptions = {
    requestTimeout: arrivalDeadline,
    headersTimeout: Math.min(headDeadline, arrivalDeadline),
    connectionsCheckingInterval: 1000,
  };
  const { server, actual } = await new Promise<{ server: ServerType; actual: number }>((resolve, reject) => {
    const started = serve({ fetch: app.fetch, hostname: host, port, serverOptions }, (info) =>
      resolve({ server: started, actual: info.port }),
    );
    started.on('error', reject);
  }).catch((error: unknown) => {
    const code = errorCode(error);
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error;
    throw new ResourceError(
      'port-unavailable',
      `Cannot listen on ${host}:${port}: ${code}.`,
      'Choose another --port.',
      {
        cause: error,
      },
    );
  });
  const close = () =>
    new Promise<void>((resolve) => {
      const force = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), drainMs);
      // A connection that was busy when the server closed falls idle with its answer, and would be kept alive.
      const sweep = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 20);
      server.close(() => {
        clearTimeout(force);
        clearInterval(sweep);
        resolve();
      });
    });
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, close };
}
