/**
 * @file The reward server's routes: `POST /v1/score` (native batches), `POST /get_reward` (OpenRLHF), `POST /rm` (slime; a number, with
 * `?whole` an object),
 * `GET /healthz`, `GET /metrics` (Prometheus text). A bad sample never fails its request: it scores 0 with an `error`.
 * When more waits than the limits allow (samples, or bytes of bodies), the answer is 503 with Retry-After, and memory does not
 * grow. A few samples whose time is bounded are judged here, where no hand-over delays them; all others in the pool, where a
 * hostile one can be killed.
 */
import { type Context, Hono } from 'hono';
import { type EncodedJob, isEncoded } from '../../rewards/pool/encode.ts';
import { isQuick, type JobResult, type RewardJob, runJob, unanswered } from '../../rewards/pool/job.ts';
import type { RewardPool } from '../../rewards/pool/pool.ts';
import { answerFormats, answerStates } from '../../rewards/reading/reading.ts';
import type { Profile } from '../../rewards/reward.ts';
import { Counts, tallyOf } from '../../rewards/tally.ts';
import { type GuardOptions, guard } from '../guard.ts';
import { BodyRefused, Intake } from '../intake.ts';
import { BodyReader, type ReadItem } from './body-reader.ts';
import { healthOf } from './health.ts';
import { type Counters, metricsText } from './metrics.ts';
import type { Route } from './read-body.ts';

/** The pool stays the caller's: it is not closed with the app. */
export interface RewardAppOptions extends GuardOptions {
  readonly pool: RewardPool;
  /** Where large bodies are read; close it when done. By default the app has its own, which ends with the process. */
  readonly reader?: BodyReader;
  /** Used where a request names none (default hardened). */
  readonly profile?: Profile;
  /** Largest body in bytes (default 32 MB). */
  readonly maxBody?: number;
  /** Most samples that may wait (default 20,000), and most of one request. */
  readonly maxPending?: number;
  /** Most bytes of bodies that may lie here (default eight of the largest). */
  readonly maxBytes?: number;
  /** Milliseconds that /healthz waits for the pool's verdict on a known row (default 5000). */
  readonly healthDeadline?: number;
}

const longestExtract = 500;
const longestReason = 1000;

/** Most samples of a request that are judged in the thread of the server. */
const mostInline = 4;

/** A result as the routes return it. */
const shown = ({ score, status, state, format, task, extracted, reason }: JobResult) => ({
  score,
  acc: score === 1,
  status,
  state,
  format,
  task,
  extracted: extracted.slice(0, longestExtract),
  reason: reason.slice(0, longestReason),
  ...(status === 'ok' ? {} : { error: reason.slice(0, longestReason) }),
});

/** 1 where a result is of this kind, else 0: what a trainer can average. */
const marked =
  <Name extends string>(prefix: string, names: readonly Name[], of: (result: JobResult) => Name) =>
  (results: readonly JobResult[]): Record<string, number[]> =>
    Object.fromEntries(
      names.map((name) => [`${prefix}_${name}`, results.map((result) => (of(result) === name ? 1 : 0))]),
    );
const stateMarks = marked('state', answerStates, ({ state }) => state);
const formatMarks = marked('format', answerFormats, ({ format }) => format);

/** What OpenRLHF reads. `extra_logs` holds numbers only; the words, and why a sample has no verdict, stand beside them. */
function openRlhfAnswer(results: readonly JobResult[]): object {
  const scores = results.map((result) => result.score);
  const failed = results.map(({ status }) => (status === 'ok' ? 0 : 1));
  const failures = results.flatMap(({ status, reason }, index) =>
    status === 'ok' ? [] : [{ index, status, reason: reason.slice(0, longestReason) }],
  );
  return {
    rewards: scores,
    scores,
    extra_logs: { reward_failed: failed, ...stateMarks(results), ...formatMarks(results) },
    states: results.map(({ state }) => state),
    formats: results.map(({ format }) => format),
    reasons: results.map(({ reason }) => reason.slice(0, longestReason)),
    failures,
  };
}

/** The body of an answer; `whole`: slime asked for more than a number. */
const answers: Readonly<Record<Route, (results: readonly JobResult[], whole: boolean) => unknown>> = {
  score: (results) => ({ results: results.map(shown), counts: tallyOf(results) }),
  get_reward: openRlhfAnswer,
  rm: ([first], whole) => (first === undefined ? 0 : whole ? shown(first) : first.score),
};

type Judged = RewardJob | EncodedJob;
const isInline = (job: Judged): job is RewardJob => !isEncoded(job) && isQuick(job);

/** Results in the order of the items. */
async function judge(items: readonly ReadItem[], pool: RewardPool): Promise<JobResult[]> {
  const jobs: readonly Judged[] = items.flatMap((item) => ('job' in item ? [item.job] : []));
  const inline = jobs.length <= mostInline && jobs.every(isInline);
  const results = inline ? jobs.map(runJob) : await pool.score(jobs);
  let next = 0;
  return items.map((item) => ('job' in item ? (results[next++] ?? unanswered('', 'error', 'no result')) : item.result));
}

/** The server's routes over a pool. */
export function createRewardApp(options: RewardAppOptions): Hono {
  const { pool, profile = 'hardened', maxBody = 32 * 1024 * 1024, maxPending = 20_000 } = options;
  const intake = new Intake({ maxBody, maxBytes: options.maxBytes ?? 8 * maxBody });
  const reader = options.reader ?? new BodyReader();
  const counters: Counters = {
    requests: 0,
    rejected: 0,
    samples: new Counts(),
    seconds: 0,
  };
  const health = healthOf(pool, options.healthDeadline ?? 5000);
  const app = new Hono();

  const refuse = (context: Context, status: 400 | 413 | 503, error: string): Response => {
    if (status === 503) counters.rejected++;
    return context.json({ error }, status, status === 503 ? { 'Retry-After': '1' } : {});
  };

  const respond = async (context: Context, route: Route, body: Buffer): Promise<Response> => {
    const start = performance.now();
    const items = await reader.read(body, { route, profile, maxItems: maxPending });
    if ('reason' in items) return refuse(context, items.status, items.reason);
    const [first] = items;
    if (route === 'rm' && first && 'result' in first) return refuse(context, 400, first.result.reason);
    // A batch that is larger than what is left is taken when nothing else waits.
    if (pool.pending() > 0 && pool.pending() + items.length > maxPending)
      return refuse(context, 503, `${pool.pending()} samples wait, at most ${maxPending} may`);
    const results = await judge(items, pool);
    counters.seconds += (performance.now() - start) / 1000;
    for (const result of results) counters.samples.add(result);
    return context.json(answers[route](results, context.req.query('whole') !== undefined) as object);
  };

  app.use(guard(options, ['/healthz']));
  app.get('/healthz', async (context) => {
    const found = await health();
    return context.json(found, found.status === 'ok' ? 200 : 503);
  });
  app.get('/metrics', (context) => context.text(metricsText(counters, pool)));
  const routes: readonly (readonly [path: string, route: Route])[] = [
    ['/v1/score', 'score'],
    ['/get_reward', 'get_reward'],
    ['/rm', 'rm'],
  ];
  for (const [path, route] of routes) {
    app.post(path, async (context) => {
      counters.requests++;
      return intake.use(context, (body) => respond(context, route, body));
    });
  }
  app.notFound((context) => context.json({ error: 'no such route' }, 404));
  app.onError((error, context) =>
    error instanceof BodyRefused
      ? refuse(context, error.status, error.message)
      : context.json({ error: error.message }, 500),
  );
  return app;
}
