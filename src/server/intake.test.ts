/** @file Bodies over real sockets: announced, stalled, cut off, too many. */
import { connect, type Socket } from 'node:net';
import { Hono } from 'hono';
import { afterEach, expect, test } from 'vitest';
import { BodyRefused, Intake } from './intake.ts';
import { listen } from './listen.ts';

const mega = 1024 * 1024;
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A server that answers the length of a body, and a way to open sockets to it. */
async function serve(arrivalDeadline = 30_000) {
  const intake = new Intake({ maxBody: 4 * mega, maxBytes: 8 * mega });
  const app = new Hono();
  app.post('/', (context) => intake.use(context, async (body) => context.text(String(body.length))));
  app.onError((error, context) => context.text(error.message, error instanceof BodyRefused ? error.status : 500));
  const server = await listen(app, { host: '127.0.0.1', port: 0 }, arrivalDeadline);
  const sockets: Socket[] = [];
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await server.close();
  });
  const open = (announced: number, sent: Buffer): Promise<string> => {
    const head = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${announced}\r\n\r\n`;
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(head);
    socket.write(sent);
    sockets.push(socket);
    return new Promise((resolve) => {
      socket.on('data', (data) => resolve(data.toString().split('\r\n')[0] ?? ''));
      socket.on('error', () => resolve('closed'));
    });
  };
  const send = async (body: Uint8Array<ArrayBuffer>) =>
    (await fetch(server.url, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })).status;
  return { intake, open, send };
}

/** Waits for what sockets bring. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('sockets that announce megabytes and send none lock nobody out', async () => {
  const { open, send } = await serve();
  for (let i = 0; i < 20; i++) void open(4 * mega, Buffer.from('{'));
  expect(await send(new Uint8Array(4 * mega))).toBe(200);
});

test('who sends megabytes and stalls gives way to whoever comes, and the bytes are given back', async () => {
  const { intake, open, send } = await serve();
  const stalled = Array.from({ length: 3 }, () => open(4 * mega, Buffer.alloc(3 * mega)));
  expect(await Promise.race(stalled)).toBe('HTTP/1.1 503 Service Unavailable');
  await until(() => intake.bytes <= 6 * mega);
  expect(await send(new Uint8Array(2.5 * mega))).toBe(200);
  expect(await send(new Uint8Array(5 * mega))).toBe(413);
  await Promise.all(ends.splice(0).map((end) => end()));
  await until(() => intake.bytes === 0);
});

test('a body that takes too long is 408', async () => {
  const { open } = await serve(300);
  expect(await open(10, Buffer.from('1'))).toBe('HTTP/1.1 408 Request Timeout');
});
