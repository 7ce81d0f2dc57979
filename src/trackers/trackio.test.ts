import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trackio, trackioOptions } from './trackio.ts';

test('the address is taken as Trackio prints it, its write token apart', () => {
  expect(() => trackioOptions({})).toThrow(/got no address/);
  // No message repeats a token.
  expect(() => trackioOptions({ TRACKIO_SERVER_URL: 'host:1?write_token=secret' })).toThrow(/^(?!.*secret)/);
  expect(trackioOptions({ TRACKIO_SERVER_URL: 'http://host:7860/?write_token=secret' })).toEqual({
    url: 'http://host:7860',
    project: 'golongrl',
    token: 'secret',
  });
  const settings = { TRACKIO_SERVER_URL: 'http://host:7860/', TRACKIO_WRITE_TOKEN: 'own', TRACKIO_PROJECT: 'lamps' };
  expect(trackioOptions(settings)).toMatchObject({ project: 'lamps', token: 'own' });
});

test('a run that goes on is the same run there, and rows bear ids by which none is kept twice', async () => {
  const requests: { path: string; token: unknown; body: Record<string, unknown> }[] = [];
  let last: number | null = null;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    requests.push({
      path: request.url ?? '',
      token: request.headers['x-trackio-write-token'],
      body: JSON.parse(text) as Record<string, unknown>,
    });
    response.end(JSON.stringify({ data: request.url?.endsWith('get_run_summary') ? { last_step: last } : null }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const directory = await mkdtemp(join(tmpdir(), 'trackio-'));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const open = () => trackio({ url, project: 'lamps', token: 'secret' });
    const run = { directory, name: 'a-run', settings: { 'rollout.group': '8' } };
    const first = open();
    expect(await first.begin(run)).toBe(-1);
    await first.scalars(1, { reward: 0.5 }, 0);
    const row = { sample: 's', task: 'T1', gold: '[]', response: 'Mali', reward: undefined, advantage: 1, tokens: 7 };
    await first.rollouts(1, [row], 0);
    last = 1;
    const second = open();
    expect(await second.begin(run)).toBe(1);
    await second.scalars(2, { reward: 0.75 }, 0);
    const rows = requests.flatMap(({ body }) => (body.logs ?? []) as Record<string, unknown>[]);
    const id = rows[0]?.run_id;
    expect(rows).toEqual([
      expect.objectContaining({ run: 'a-run', step: 1, metrics: { reward: 0.5 }, config: run.settings }),
      expect.objectContaining({
        metrics: {
          rollouts: { _type: 'trackio.table', _value: [expect.objectContaining({ task: 'T1', reward: null })] },
        },
      }),
      expect.objectContaining({ run_id: id, step: 2, log_id: `${id}-scalars-2` }),
    ]);
    expect(rows[2]).not.toHaveProperty('config');
    expect(new Set(rows.map(({ log_id }) => log_id)).size).toBe(3);
    expect(requests.every(({ token }) => token === 'secret')).toBe(true);
    expect(requests.map(({ path }) => path)).toContain('/api/bulk_log');
  } finally {
    server.close();
    await rm(directory, { recursive: true });
  }
});
