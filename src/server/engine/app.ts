/**
 * @file The routes of `golongrl engine serve`: the Tinker protocol over the embedded engine, so that any Tinker client can use it.
 * service.ts does what they ask, catalog.ts has those that tell of runs and checkpoints.
 */
import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import { decodeForwardBackward, protoType } from '../../engine/tinker/wire.ts';
import { encodeForwardBackwardResult, encodeSampleResult } from '../../engine/tinker/wire-results.ts';
import { countValues } from '../count-values.ts';
import { type GuardOptions, guard } from '../guard.ts';
import { BodyRefused, Intake } from '../intake.ts';
import { addCatalog } from './catalog.ts';
import { downloadPath } from './downloads.ts';
import { serverLosses } from './loss-spec.ts';
import { Refusal, refusal } from './refusal.ts';
import * as requests from './requests.ts';
import { asJson } from './results.ts';
import { EngineService, type EngineServiceOptions } from './service.ts';

/** What the routes of the engine server need. */
export interface EngineAppOptions extends EngineServiceOptions, GuardOptions {
  /** Milliseconds that a request for a result is held (default 20 s: clients give up at 45). */
  readonly holdMs?: number;
}

/** The routes without a port. `close` fails what waits and ends the engines. */
export interface EngineApp {
  readonly app: Hono;
  /** Ends the models and what they wait for. */
  close(): Promise<void>;
}

/** The official client sends at most 5 MB of datums in a request; JSON takes more. */
const largestBody = 256 * 1024 * 1024;
/** Most values of a body in JSON: a number is a token, or its log-probability. */
const mostValues = 20_000_000;

/** A Buffer's slices are views; whoever decodes counts on copies. */
const plain = ({ buffer, byteOffset, length }: Buffer): Uint8Array => new Uint8Array(buffer, byteOffset, length);

/** What came of a request, after waiting for it for a while. */
async function retrieve(service: EngineService, context: Context, id: string, holdMs = 20_000): Promise<Response> {
  const outcome = await service.futures.wait(id, holdMs);
  if (outcome.state === 'unknown') throw new Refusal(404, 'Future not found');
  if (outcome.state === 'pending')
    return context.json({ type: 'try_again', request_id: id, queue_state: 'active', queue_state_reason: null });
  if (outcome.state === 'failed') return context.json({ error: outcome.message, category: outcome.category });
  const { value } = outcome;
  if (value.type === 'json' || !context.req.header('accept')?.includes(protoType)) return context.json(asJson(value));
  const bytes =
    value.type === 'sample' ? encodeSampleResult(value.result) : encodeForwardBackwardResult(value.result, 'logprobs');
  return context.body(bytes, 200, { 'Content-Type': protoType });
}

/** The server's routes over the embedded engine. */
export function createEngineApp(options: EngineAppOptions): EngineApp {
  const service = new EngineService(options);
  const app = new Hono();
  const { name, maxContext } = options;
  const intake = new Intake({ maxBody: largestBody, maxBytes: 2 * largestBody });
  const json = (bytes: Buffer): unknown => {
    if (countValues(bytes, mostValues) > mostValues)
      throw new BodyRefused(413, `the body has more than ${mostValues} values`);
    return JSON.parse(bytes.toString() || '{}');
  };
  const post = <S extends z.ZodType>(
    path: string,
    schema: S,
    run: (body: z.infer<S>, raw: Uint8Array, context: Context) => unknown,
  ) =>
    app.post(`/api/v1/${path}`, (context) =>
      intake.use(context, async (raw) => context.json((await run(schema.parse(json(raw)), raw, context)) as object)),
    );

  /** A route whose requests have numbers: a refused one uses its number. */
  const train = (path: string, run: (raw: Buffer, proto: boolean) => unknown) =>
    app.post(`/api/v1/${path}`, (context) =>
      intake.use(context, async (raw) => {
        const proto = context.req.header('content-type')?.includes(protoType) ?? false;
        try {
          return context.json((await run(raw, proto)) as object);
        } catch (error) {
          const number = requests.trainingNumber(raw, proto);
          if (number !== undefined) service.refuseInTurn(number, raw, error);
          throw error;
        }
      }),
    );

  app.onError(refusal);
  app.notFound((context) => context.json({ detail: 'Not Found' }, 404));
  app.use(guard(options, ['/', '/api/v1/healthz', downloadPath]));
  app.get('/', (context) => context.json({ name: 'golongrl', protocol: 'tinker' }));
  app.get('/api/v1/healthz', (context) => context.json({ status: 'ok', waiting: service.waiting }));
  app.get('/api/v1/get_server_capabilities', (context) =>
    context.json({
      supported_models: [{ model_name: name, max_context_length: maxContext }],
      supported_loss_fns: serverLosses,
    }),
  );
  app.post('/api/v1/client/config', (context) => context.json({ pjwt_auth_enabled: false }));
  app.post('/api/v1/client/dynamic_config', (context) => context.json({ refresh_interval_sec: 300 }));
  app.post('/api/v1/telemetry', (context) => context.json({ status: 'accepted' }));
  app.post('/api/v1/cancel_future', (context) => context.json({}));
  post('create_session', requests.createSession, (body) => ({
    session_id: service.sessions.create(body),
    type: 'create_session',
  }));
  post('session_heartbeat', requests.heartbeat, ({ session_id }) => {
    service.sessions.use(session_id);
    return { type: 'session_heartbeat' };
  });
  post('create_model', requests.createModel, (body) => service.createModel(body));
  post('get_info', requests.modelOnly, (body) => service.info(body));
  post('unload_model', requests.modelOnly, (body) => service.unload(body));
  post('create_sampling_session', requests.createSamplingSession, (body) => service.sampling.create(body));
  post('asample', requests.sample, (body, _raw, context) =>
    service.sampling.sample(body, context.req.header('x-tinker-sampling-backpressure') === '1'),
  );
  train('optim_step', (raw) => service.optimStep(requests.optimStep.parse(json(raw)), raw));
  train('save_weights', (raw) => service.save('weights', requests.saveWeights.parse(json(raw)), raw));
  train('save_weights_for_sampler', (raw) => service.saveForSampler(requests.saveForSampler.parse(json(raw)), raw));
  train('save_weights_external', (raw) =>
    service.save('external_weights', requests.saveExternal.parse(json(raw)), raw),
  );
  train('load_weights', (raw) => service.load(requests.loadWeights.parse(json(raw)), raw));
  post('copy_weights', requests.copyWeights, (body) => service.copy(body));
  post('weights_info', requests.pathOnly, ({ tinker_path }) => service.checkpoints.info(tinker_path, name));
  for (const path of ['forward_backward', 'forward']) {
    train(path, (raw, proto) =>
      service.forwardBackward(
        proto ? decodeForwardBackward(plain(raw)) : requests.readForwardBackward(json(raw), path === 'forward'),
        raw,
      ),
    );
  }
  // What waits for a result holds no body.
  app.post('/api/v1/retrieve_future', async (context) => {
    const asked = await intake.use(context, async (raw) => requests.retrieveFuture.parse(json(raw)));
    return retrieve(service, context, asked.request_id, options.holdMs);
  });
  app.get('/api/v1/samplers/:id', (context) => context.json(service.sampling.describe(context.req.param('id'))));
  addCatalog(app, service, (context) => intake.use(context, async (raw) => json(raw)));
  return { app, close: () => service.close() };
}
