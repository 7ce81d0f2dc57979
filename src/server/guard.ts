/**
 * @file Who may talk to a server of this machine. A web page in the same machine's browser can reach it too, also under a name
 * of its own that it lets point here (DNS rebinding). So a request must name this server as its host, come from no foreign page, have
 * a body of a type that a page cannot send without asking first, and carry the token. One guard for every server.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { Context, MiddlewareHandler } from 'hono';

/** Who may use a server. Without a token, host, origin and type of the body are still checked. */
export interface GuardOptions {
  /** What clients must send, as `Authorization: Bearer` or `X-API-Key`. */
  readonly token?: string | undefined;
  /** Names of this server beside loopback's; an address for "all interfaces" stands for every address and the machine's name. */
  readonly hosts?: readonly string[];
  /** Origins whose pages may use the server (CORS); none by default. */
  readonly allowOrigins?: readonly string[];
}

const wildcards: readonly string[] = ['0.0.0.0', '::', ''];
const bodyTypes: readonly string[] = ['application/json', 'application/x-protobuf'];
const allowedHeaders = 'authorization, content-type, x-api-key';

/** Whether an address can be reached from this machine alone; IPv6 without brackets. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** The name in a Host header: without port, brackets and the dot at the end. */
const nameOf = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');

/** Whether a Host header names this server. */
function hostRule(hosts: readonly string[]): (header: string) => boolean {
  const names = new Set(hosts.map((host) => (wildcards.includes(host) ? host : nameOf(host))));
  const open = wildcards.some((host) => names.has(host));
  if (open) names.add(hostname().toLowerCase());
  return (header) => {
    const name = nameOf(header);
    // An address cannot be rebound: only names are looked up.
    return isLoopback(name) || names.has(name) || (open && isIP(name) !== 0);
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether a request carries the token, compared in constant time. */
function tokenRule(token: string): (context: Context) => boolean {
  const wanted = digest(token);
  return (context) => {
    const bearer = /^Bearer (.+)$/i.exec(context.req.header('Authorization') ?? '')?.[1];
    const given = [context.req.header('X-API-Key'), bearer].filter((text) => text !== undefined);
    return given.some((text) => timingSafeEqual(digest(text), wanted));
  };
}

/** Why a page's request is refused; undefined for one of no page, of this server's own or of an allowed one. */
function originProblem(context: Context, host: string, allowed: readonly string[]): string | undefined {
  const origin = context.req.header('Origin');
  if (origin !== undefined)
    return origin === `http://${host}` || allowed.includes(origin) ? undefined : `pages of ${origin.slice(0, 100)}`;
  // Requests for images and the like have no Origin, but browsers say whence.
  const site = context.req.header('Sec-Fetch-Site');
  return site === undefined || site === 'same-origin' || site === 'none' ? undefined : 'pages of other sites';
}

const hasBody = (method: string): boolean => method === 'POST' || method === 'PUT' || method === 'PATCH';

/** `detail` is where Tinker clients look, `error` where the others do. */
const refuse = (context: Context, status: 401 | 403 | 415, error: string): Response =>
  context.json({ error, detail: error }, status, status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {});

/** Lets through what may pass. `open` paths need no token, and what is below one that ends in a slash. */
export function guard(options: GuardOptions, open: readonly string[] = []): MiddlewareHandler {
  const { token, hosts = [], allowOrigins = [] } = options;
  const isHost = hostRule(hosts);
  const isOpen = (path: string) =>
    open.some((one) => path === one || (one.length > 1 && one.endsWith('/') && path.startsWith(one)));
  const hasToken = token ? tokenRule(token) : () => true;
  return async (context, next) => {
    const host = context.req.header('Host') ?? new URL(context.req.url).host;
    if (!isHost(host))
      return refuse(context, 403, `Host: ${host.slice(0, 100)} is no name of this server (--allow-host adds one)`);
    const problem = originProblem(context, host, allowOrigins);
    if (problem !== undefined)
      return refuse(context, 403, `${problem} may not use this server (--allow-origin lets one)`);
    context.header('X-Content-Type-Options', 'nosniff');
    const origin = context.req.header('Origin');
    if (origin !== undefined && allowOrigins.includes(origin)) {
      context.header('Access-Control-Allow-Origin', origin);
      context.header('Vary', 'Origin');
      context.header('Access-Control-Allow-Headers', allowedHeaders);
      context.header('Access-Control-Allow-Methods', 'GET, POST, DELETE');
      if (context.req.method === 'OPTIONS') return context.body(null, 204);
    } else context.header('Cross-Origin-Resource-Policy', 'same-origin');
    if (!isOpen(context.req.path) && !hasToken(context))
      return refuse(
        context,
        401,
        'the token of this server is needed, as "Authorization: Bearer TOKEN" or "X-API-Key: TOKEN"',
      );
    const type = context.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase() ?? 'none';
    if (hasBody(context.req.method) && !bodyTypes.includes(type))
      return refuse(context, 415, `Content-Type: got ${type.slice(0, 100)}, expected ${bodyTypes.join(' | ')}`);
    return next();
  };
}
