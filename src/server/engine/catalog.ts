/** @file The routes of `golongrl engine serve` that tell of runs, checkpoints and sessions, and hand checkpoints out. */
import type { Context, Hono } from 'hono';
import { type Checkpoint, expiry, type Run } from './checkpoints.ts';
import { Downloads, downloadPath, filesOf } from './downloads.ts';
import { type CheckpointKind, checkpointKinds, parsePath, tinkerPath } from './hosted/checkpoint-path.ts';
import { Refusal } from './refusal.ts';
import * as requests from './requests.ts';
import type { EngineService } from './service.ts';

const typeOf: Readonly<Record<CheckpointKind, string>> = {
  weights: 'training',
  sampler_weights: 'sampler',
  external_weights: 'external',
};

const checkpointAsJson = ({ run, kind, name, time, bytes, expires, metadata, public: open }: Checkpoint) => ({
  checkpoint_id: `${kind}/${name}`,
  checkpoint_type: typeOf[kind],
  time,
  tinker_path: tinkerPath({ run, kind, name }),
  size_bytes: bytes,
  public: open,
  user_metadata: metadata,
  expires_at: expires,
});

async function runAsJson({ checkpoints }: EngineService, run: Run) {
  const all = (await checkpoints.of(run.id)).sort((a, b) => b.time.localeCompare(a.time));
  const last = (kind: CheckpointKind) => {
    const found = all.find((checkpoint) => checkpoint.kind === kind);
    return found ? checkpointAsJson(found) : null;
  };
  return {
    training_run_id: run.id,
    base_model: run.base,
    model_owner: 'local',
    is_lora: run.rank > 0,
    lora_rank: run.rank > 0 ? run.rank : null,
    last_request_time: all[0]?.time ?? run.created,
    last_checkpoint: last('weights'),
    last_sampler_checkpoint: last('sampler_weights'),
    user_metadata: run.metadata,
  };
}

/** The part of a list that a request asks for. */
function page<T>(context: Context, all: readonly T[], usual: number): { part: T[]; cursor: object } {
  const number = (name: string, otherwise: number) => {
    const value = Number(context.req.query(name) ?? otherwise);
    if (!(Number.isInteger(value) && value >= 0)) throw new Refusal(400, `${name}: expected a whole number`);
    return value;
  };
  const [offset, limit] = [number('offset', 0), number('limit', usual)];
  return { part: all.slice(offset, offset + limit), cursor: { offset, limit, total_count: all.length } };
}

const runPath = '/api/v1/training_runs/:id';
const checkpointPath = `${runPath}/checkpoints/:kind/:name`;

/** The path of the checkpoint that a request is about. */
function pathOf(context: Context): string {
  const { id, kind, name } = context.req.param() as Record<'id' | 'kind' | 'name', string>;
  const known = checkpointKinds.find((one) => one === kind);
  if (known === undefined)
    throw new Refusal(400, `expected ${checkpointKinds.map((one) => `${one}/NAME`).join(' or ')}`);
  return tinkerPath({ run: id, kind: known, name });
}

/** Changes what is noted of the checkpoint that a request is about. */
async function note({ checkpoints }: EngineService, context: Context, change: Parameters<typeof checkpoints.note>[2]) {
  const path = pathOf(context);
  await checkpoints.locate(path);
  const { run, kind, name } = parsePath(path);
  await checkpoints.note(run, `${kind}/${name}`, change);
  return context.body(null, 204);
}

/** Adds the routes. `read` is the body of a request, as JSON. */
export function addCatalog(app: Hono, service: EngineService, read: (context: Context) => Promise<unknown>): void {
  const { checkpoints, sessions } = service;
  app.get('/api/v1/training_runs', async (context) => {
    const { part, cursor } = page(context, await checkpoints.list(), 20);
    return context.json({ training_runs: await Promise.all(part.map((run) => runAsJson(service, run))), cursor });
  });
  app.get(runPath, async (context) =>
    context.json(await runAsJson(service, await checkpoints.run(context.req.param('id')))),
  );
  app.get(`${runPath}/checkpoints`, async (context) =>
    context.json({ checkpoints: (await checkpoints.of(context.req.param('id'))).map(checkpointAsJson) }),
  );
  app.get('/api/v1/checkpoints', async (context) => {
    const all = (await Promise.all((await checkpoints.list()).map(({ id }) => checkpoints.of(id)))).flat();
    const { part, cursor } = page(
      context,
      all.sort((a, b) => b.time.localeCompare(a.time)),
      100,
    );
    return context.json({ checkpoints: part.map(checkpointAsJson), cursor });
  });
  app.delete(checkpointPath, async (context) => {
    await checkpoints.remove(pathOf(context));
    return context.body(null, 204);
  });
  app.post(`${checkpointPath}/publish`, (context) => note(service, context, { public: true }));
  app.delete(`${checkpointPath}/publish`, (context) => note(service, context, { public: false }));
  app.put(`${checkpointPath}/ttl`, async (context) => {
    const { ttl_seconds } = requests.setLifetime.parse(await read(context));
    return note(service, context, { expires: expiry(ttl_seconds) });
  });
  app.get('/api/v1/sessions', (context) => context.json({ sessions: page(context, sessions.ids(), 20).part }));
  app.get('/api/v1/sessions/:id', (context) => context.json(sessions.describe(context.req.param('id'))));
  addDownloads(app, service);
}

/** Links to a checkpoint: its archive (clients before 0.30), and each file of an external one. */
function addDownloads(app: Hono, { checkpoints }: EngineService): void {
  const downloads = new Downloads();
  const origin = (context: Context) => new URL(context.req.url).origin;
  app.get(`${checkpointPath}/archive`, async (context) => {
    const { url, expires } = downloads.open(origin(context), await checkpoints.locate(pathOf(context)));
    return context.json({ url, expires: expires.toISOString() }, 302, {
      Location: url,
      Expires: expires.toUTCString(),
    });
  });
  app.get(`${checkpointPath}/external_weights_urls`, async (context) => {
    const directory = await checkpoints.locate(pathOf(context));
    const links = (await filesOf(directory)).map(
      (file) => [file, downloads.open(origin(context), directory, file)] as const,
    );
    return context.json({
      urls: Object.fromEntries(links.map(([file, { url }]) => [file, url])),
      expires: links[0]?.[1].expires.toISOString() ?? new Date().toISOString(),
    });
  });
  app.get(`${downloadPath}:key`, (context) => downloads.send(context, context.req.param('key')));
}
