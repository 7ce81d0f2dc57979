/** Clients that went away: their models make room for those of others. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tinyConfig, tinyModel } from '../../../test/engine/tiny-model.ts';
import { writeModel } from '../../engine/local/weights/checkpoint.ts';
import { createEngineApp } from './app.ts';
import { Sessions } from './sessions.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-engine-sessions-'));
afterAll(() => rm(directory, { recursive: true }));

test('a session ends when it was silent too long, once, and stays described', () => {
  const sessions = new Sessions();
  const id = sessions.create({ display_name: 'a' });
  expect(sessions.endSilent(60_000)).toEqual([]);
  expect(sessions.endSilent(0)).toEqual([id]);
  expect(sessions.endSilent(0)).toEqual([]);
  expect(() => sessions.use(id)).toThrow(/not found/);
  expect(sessions.describe(id)).toMatchObject({ display_name: 'a', training_run_ids: [] });
});

test('a silent client loses its models, also one that still waited to be made', async () => {
  const model = join(directory, 'tiny');
  await writeModel(model, { config: tinyConfig, parameters: tinyModel(tinyConfig) });
  const checkpoints = join(directory, 'checkpoints');
  const shared = { model, name: 'tiny', maxContext: 64, threads: 1, checkpoints, maxModels: 1, holdMs: 300_000 };
  const { app, close } = createEngineApp({ ...shared, sessionTimeout: 500 });
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await app.request(`/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
  };
  const { body: session } = await post('create_session', {});
  const create = (n: number) => ({ session_id: session.session_id, model_seq_id: n, base_model: 'tiny' });
  const asked = await Promise.all([0, 1].map((n) => post('create_model', { ...create(n), lora_config: { rank: 2 } })));
  const made = await Promise.all(asked.map(({ body }) => post('retrieve_future', { request_id: body.request_id })));
  for (const { body } of made)
    await expect
      .poll(() => post('get_info', { model_id: body.model_id }), { timeout: 30_000 })
      .toMatchObject({ status: 404 });
  expect(await post('session_heartbeat', session)).toMatchObject({ status: 404 });
  await close();
});
