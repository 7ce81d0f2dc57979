/**
 * @file The studio's routes. Pages and their script are open and hold nothing of a run; everything under /api needs the token. All of it reads, but for
 * reviews of samples, where the studio was started for them.
 *
 *     GET /api/runs                                    the list
 *     GET /api/runs/:run                               one run, with its curves
 *     GET /api/runs/:run/metrics?after=STEP            lines after a step
 *     GET /api/runs/:run/rollouts?q=&sort=&offset=&limit=
 *     GET /api/runs/:run/rollouts.jsonl?q=&sort=       the selection as a file
 *     GET /api/runs/:run/groups/:step/:line
 *     GET /api/runs/:run/prompts/:hash                 text
 *     GET /api/runs/:run/elsewhere/:sample             the other runs that drew a sample
 *     GET /api/compare?a=RUN&ea=EVAL&b=RUN&eb=EVAL     two evaluations of the same samples
 *     GET /api/events                                  server-sent: which run changed
 *
 * What is no run: `routes.ts`.
 */
import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { GolongrlError, messageOf, UsageError } from '../errors.ts';
import { type GuardOptions, guard } from '../server/guard.ts';
import { compareEvaluations } from './answers/compare-evaluations.ts';
import { groupDetail } from './answers/group-detail.ts';
import { exportRows, rolloutPage } from './answers/rollout-page.ts';
import { type Assets, assetPaths } from './assets.ts';
import type { Library, OpenRun } from './library.ts';
import { addDatasets, addDocuments, addEvaluations, asked, notFound, pageOf, wholeNumber } from './routes.ts';
import { describeRun } from './runs/summarise-run.ts';

export interface StudioAppOptions extends GuardOptions {
  readonly library: Library;
  readonly assets: Assets;
  /** Milliseconds that an answer waits for steps to be indexed, before it tells of those that are (default 200). */
  readonly patience?: number;
  /** Whether reviews of samples may be written; default no. */
  readonly review?: boolean;
}

/** Nothing but the studio's own files, and connections to itself. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function addPages(app: Hono, assets: Assets): void {
  for (const path of assetPaths)
    app.get(path, (context) => {
      const { body, packed, type } = assets.get(path);
      const isPacked = packed !== undefined && /\bgzip\b/.test(context.req.header('Accept-Encoding') ?? '');
      return context.body(isPacked ? packed : body, 200, {
        ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
        Vary: 'Accept-Encoding',
        'Content-Type': type,
        'Cache-Control': 'no-cache',
        'Content-Security-Policy': pagePolicy,
        'Referrer-Policy': 'no-referrer',
      });
    });
}

function addRuns(app: Hono, library: Library, patience: number): void {
  type Answer = (context: Context, run: OpenRun) => Promise<Response>;
  const ofRun = (path: string, answer: Answer) =>
    app.get(`/api/runs/:run${path}`, async (context) => {
      const run = await library.open(context.req.param('run') ?? '');
      return run === undefined ? notFound(context, 'run') : answer(context, run);
    });
  app.get('/api/runs', async (context) => context.json(await library.summaries()));
  ofRun('', async (context, { found, index }) => {
    await index.refresh(patience);
    return context.json(await describeRun(found, index.state, Date.now()));
  });
  ofRun('/metrics', async (context, { found, index }) => {
    const after = wholeNumber(context.req.query('after'), 0);
    const { metrics, timings, status } = await describeRun(found, index.state, Date.now());
    const later = <T extends { readonly step: number }>(lines: readonly T[]) =>
      lines.filter(({ step }) => step > after);
    return context.json({ metrics: later(metrics), timings: later(timings), status });
  });
  ofRun('/rollouts', async (context, { index }) => {
    await index.refresh(patience);
    return context.json(await rolloutPage(index, { ...asked(context), ...pageOf(context) }));
  });
  ofRun('/rollouts.jsonl', async (context, { index }) => {
    // A file is whole: it waits until all steps are read.
    await index.refresh(600_000);
    const { query, sort } = asked(context);
    index.select(query, sort);
    return new Response(ReadableStream.from(exportRows(index, query, sort)).pipeThrough(new TextEncoderStream()), {
      headers: { 'Content-Type': 'application/jsonl', 'Content-Disposition': 'attachment; filename="rollouts.jsonl"' },
    });
  });
  ofRun('/groups/:step/:line', async (context, { index }) => {
    await index.refresh(patience);
    const number = (name: string) => wholeNumber(context.req.param(name), -1);
    const [step, line] = [number('step'), number('line')];
    // A link into a run that is being indexed for the first time waits for its step.
    for (let turn = 0; turn < 100 && !index.knows(step); turn++) await index.refresh(patience);
    const detail = await groupDetail(index, step, line);
    return detail === undefined ? notFound(context, 'group') : context.json(detail);
  });
  ofRun('/elsewhere/:sample', async (context, { found }) =>
    context.json(await library.elsewhere(found.id, context.req.param('sample') ?? '')),
  );
  ofRun('/prompts/:hash', async (context, { directory }) => {
    const text = await directory.readPrompt(context.req.param('hash') ?? '');
    return text === undefined ? notFound(context, 'prompt') : context.text(text);
  });
}

/** A name in `eval/`: no path leads out. */
const evaluationName = /^[\w.-]{1,100}$/;

function addComparison(app: Hono, library: Library): void {
  app.get('/api/compare', async (context) => {
    const side = async (run: string, name: string) => {
      const found = await library.open(context.req.query(run) ?? '');
      const evaluation = context.req.query(name) ?? '';
      return found && evaluationName.test(evaluation) ? { run: found.directory, name: evaluation } : undefined;
    };
    const [a, b] = [await side('a', 'ea'), await side('b', 'eb')];
    if (a === undefined || b === undefined) return notFound(context, 'evaluation');
    return context.json(await compareEvaluations(a, b));
  });
}

function addEvents(app: Hono, library: Library): void {
  app.get('/api/events', (context) =>
    streamSSE(context, async (stream) => {
      const stop = library.watch((change) => void stream.writeSSE({ event: 'change', data: JSON.stringify(change) }));
      stream.onAbort(stop);
      await stream.writeSSE({ event: 'hello', data: '{}' });
      while (!stream.aborted && !library.closed) {
        await Promise.race([stream.sleep(15_000), library.whenClosed]);
        await stream.writeSSE({ event: 'still', data: '{}' });
      }
      stop();
    }),
  );
}

/** The library stays the caller's. */
export function createStudioApp({
  library,
  assets,
  patience = 200,
  review = false,
  ...access
}: StudioAppOptions): Hono {
  const app = new Hono();
  app.use(guard(access, assetPaths));
  app.use('/api/*', async (context, next) => {
    context.header('Cache-Control', 'no-store');
    await next();
  });
  addPages(app, assets);
  addRuns(app, library, patience);
  addComparison(app, library);
  for (const add of [addDatasets, addEvaluations, addDocuments]) add(app, { library, patience, review });
  addEvents(app, library);
  app.notFound((context) => notFound(context, 'page'));
  app.onError((error, context) => {
    if (error instanceof UsageError) return context.json({ error: error.message, hint: error.hint }, 400);
    if (error instanceof GolongrlError) return context.json({ error: error.message, hint: error.hint }, 422);
    return context.json({ error: messageOf(error) }, 500);
  });
  return app;
}
