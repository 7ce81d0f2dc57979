/**
 * @file A server that answers by rule and fails on purpose: half of its answers are right for multiple choice and plain
 * questions, and a share of first tries gets an error, a dropped connection, or "too many requests". What it says depends on the request
 * alone, so that a broken and resumed run can be compared with an unbroken one. It stands for no model; it tests the runner.
 *
 *   npx tsx test/evaluation/scripted-server.ts PORT [share of faults]
 */
import { createHash } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { isProbe } from '../../src/llm/probe-endpoint.ts';
import { type EndpointKind, kindOf, type WireChoice } from './endpoint-kinds.ts';

export interface WireRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly temperature?: number;
  readonly stream?: boolean;
  readonly seed?: number;
  readonly response_format?: unknown;
}

const hash = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

function answer({ model, messages, tools, max_tokens }: WireRequest, draw: number) {
  const last = messages.at(-1);
  const text = last?.content ?? '';
  const stop = (content: string, finish_reason = 'stop') => ({
    message: { role: 'assistant', content },
    finish_reason,
  });
  if (model.startsWith('judge'))
    return stop(
      `They ${draw % 2 ? 'agree' : 'differ'}. [[${draw % 2 ? 'YES' : 'NO'}]] [[${draw % 2 ? '' : 'IN'}CORRECT]]`,
    );
  const remember = tools?.find(({ function: { name } }) => ['core_memory_add', 'memory_append'].includes(name));
  if (remember !== undefined && last?.role === 'user' && draw % 3 === 0) {
    const call = {
      name: remember.function.name,
      arguments: JSON.stringify({ key: `k_${draw % 100}`, value: text.slice(0, 100), text: text.slice(0, 100) }),
    };
    return {
      message: { role: 'assistant', content: null, tool_calls: [{ id: `c${draw}`, type: 'function', function: call }] },
      finish_reason: 'tool_calls',
    };
  }
  if (tools !== undefined) {
    // What the memory in the instructions says of the question, or what is asked for where it says nothing.
    const known = messages[0]?.content ?? '';
    const about = / of ([^?]+)\?/.exec(text)?.[1] ?? '?';
    const said = known.split(' of ').find((part) => part.startsWith(`${about}?`));
    return stop(`{'answer': '${/It is ([^."\\]+)/.exec(said ?? '')?.[1] ?? 'I do not know'}', 'context': 'memory'}`);
  }
  if (draw % 17 === 0) return stop('I keep thinking and', 'length');
  if (text.includes('ANSWER: [LETTER]'))
    return stop(draw % 7 === 0 ? 'I cannot say.' : `Some thought.\nANSWER: ${'ABCD'[draw % 4]}`);
  if (text.includes('boxed')) {
    const [, a = '1', b = '1'] = /(\d+) times (\d+)/.exec(text) ?? [];
    return stop(`\\boxed{${Number(a) * Number(b) + (draw % 2)}}`);
  }
  const prefix = /Prepend (\w+) to/.exec(text)?.[1];
  if (prefix !== undefined) return stop(`${prefix}${(messages[1]?.content ?? '').slice(0, 50 + (draw % 200))}`);
  return stop(
    `Therefore, the answer is ${draw % 2 ? draw % 1000 : (/It is ([^.\n]+)/.exec(text)?.[1] ?? 'Lima')}.`,
    (max_tokens ?? 0) < 0 ? 'length' : 'stop',
  );
}

/** The reply in three pieces, as servers stream it. */
function streamReply(response: ServerResponse, choice: WireChoice, usage: unknown): void {
  const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
  const { message, finish_reason } = choice;
  const { content } = message;
  const half = Math.ceil((content ?? '').length / 2);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const part of [content?.slice(0, half), content?.slice(half)])
    response.write(event({ choices: [{ index: 0, delta: { content: part }, finish_reason: null }] }));
  response.end(
    `${event({ choices: [{ index: 0, delta: {}, finish_reason }] })}${event({ choices: [], usage })}data: [DONE]\n\n`,
  );
}

export interface ScriptedServer {
  readonly url: string;
  /** Requests that reached the server, and faults it made. */
  readonly counts: { requests: number; faults: number };
  /** Answered probes, by the body of the request; no other count has them. */
  readonly probes: ReadonlyMap<string, number>;
  /** Whole replies sent, by the body of the request: what a provider charges that knows no idempotency. */
  readonly served: ReadonlyMap<string, number>;
  /** Of them, those of a new `idempotency-key`: what a provider charges that honours the key. */
  readonly charged: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export interface ScriptedOptions {
  /** What the model says, instead of the rules above. */
  readonly say?: (request: WireRequest, draw: number) => string;
  /** Faults also include 503, a body that is cut, one of another form, and one that drips so slowly that it never ends. */
  readonly manyFaults?: boolean;
  /** Milliseconds before a reply. */
  readonly delay?: number | ((request: WireRequest) => number);
  /** What it refuses, and how its model thinks. Default: nothing, and not at all. */
  readonly kind?: EndpointKind;
  /** What the model says to the probe; one that thinks thinks there too. */
  readonly probed?: string;
  /** Another end of a request than an answer. */
  readonly instead?: (request: WireRequest, attempt: number) => WireEnd | undefined;
}

export interface WireEnd {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const faultKinds = { 1: 429, 2: 500, 3: 503 } as const;

/** @param faults share of requests that fail at their first try, in [0, 1] */
export async function startScriptedServer(
  faults: number,
  port = 0,
  { say, manyFaults = false, delay = 0, kind = 'plain', probed = '{"sum": 42}', instead }: ScriptedOptions = {},
): Promise<ScriptedServer> {
  const counts = { requests: 0, faults: 0 };
  const tried = new Map<string, number>();
  const served = new Map<string, number>();
  const probes = new Map<string, number>();
  const charged = new Map<string, number>();
  const keys = new Set<unknown>();
  const fail = (response: ServerResponse, kind: number): void => {
    counts.faults++;
    if (kind === 0) response.destroy();
    else if (kind === 4) response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": [{"mess');
    else if (kind === 6)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"results": ["of another form"]}');
    else if (kind === 5) {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    } else {
      const status = faultKinds[kind as keyof typeof faultKinds] ?? 500;
      response.writeHead(status, { 'retry-after': '0' }).end('{"error":"on purpose"}');
    }
  };
  const server: Server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[]}');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const wire = JSON.parse(Buffer.concat(chunks).toString('utf8')) as WireRequest;
      // A model says the same whatever room it has; a client learns on the way how much that is.
      const { max_tokens: _, max_completion_tokens: __, ...asked } = wire;
      const body = JSON.stringify(asked);
      const probe = isProbe(wire);
      const refusal = kindOf(kind).refuses?.(wire);
      if (refusal !== undefined) {
        response.writeHead(refusal.status, { 'content-type': 'application/json' }).end(JSON.stringify(refusal.body));
        return;
      }
      if (!probe) counts.requests++;
      const attempt = tried.get(body) ?? 0;
      tried.set(body, attempt + 1);
      const draw = hash(body);
      if (!probe && attempt === 0 && (draw % 1000) / 1000 < faults) {
        fail(response, (draw >>> 12) % (manyFaults ? 7 : 3));
        return;
      }
      const end = instead?.(wire, attempt);
      if (end !== undefined) {
        response.writeHead(end.status, { 'content-type': 'application/json', ...end.headers });
        response.end(JSON.stringify(end.body ?? { error: 'on purpose' }));
        return;
      }
      const said =
        say === undefined
          ? answer(wire, draw)
          : { message: { role: 'assistant', content: probe ? probed : say(wire, draw) }, finish_reason: 'stop' };
      const promptTokens = Math.ceil(body.length / 4);
      // A reply that ran into its limit has used it up.
      const written = said.finish_reason === 'length' ? (wire.max_tokens ?? wire.max_completion_tokens ?? 12) : 12;
      const plain = { choice: said, usage: { prompt_tokens: promptTokens, completion_tokens: written } };
      const { choice, usage } = kindOf(kind).thinks?.(wire, plain) ?? plain;
      const kept = probe ? probes : served;
      kept.set(body, (kept.get(body) ?? 0) + 1);
      const key = request.headers['idempotency-key'] ?? {};
      if (!probe && !keys.has(key)) charged.set(body, (charged.get(body) ?? 0) + 1);
      keys.add(key);
      const send = (): void => {
        if (wire.stream === true) streamReply(response, choice, usage);
        else
          response
            .writeHead(200, { 'content-type': 'application/json' })
            .end(JSON.stringify({ choices: [{ index: 0, ...choice }], usage }));
      };
      const wait = typeof delay === 'number' ? delay : delay(wire);
      if (wait === 0) send();
      else setTimeout(send, wait);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    counts,
    probes,
    served,
    charged,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url } = await startScriptedServer(Number(process.argv[3] ?? 0), Number(process.argv[2] ?? 0));
  process.stdout.write(`${url}\n`);
}
