/**
 * @file The reward server's routes: `POST /v1/score` (native batches), `POST /get_reward` (OpenRLHF), `POST /rm` (slime),
 * `GET /healthz`, `GET /metrics` (Prometheus text). A bad sample never fails its request: it scores 0 with an `error`.
 * When more waits than the limits allow (samples, or bytes of bodies), the answer is 503 with Retry-After, and memory does not
 * grow. A few samples whose time is bounded are judged here, where no hand-over delays them; all others in the pool, where a
 * hostile one can be killed.
 */
import { timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { InputError } from '../../errors.ts';
import { isQuick, type JobResult, type RewardJob, runJob, unanswered } from '../../rewards/pool/job.ts';
import type { RewardPool } from '../../rewards/pool/pool.ts';
import type { Profile } from '../../rewards/reward.ts';
import { batchJobs, openRlhfJobs, slimeJob } from './rows.ts';

export interface RewardAppOptions {
  readonly pool: RewardPool;
  /** Used where a request names none (default hardened). */
  readonly profile?: Profile;
  /** Bearer token that every route but /healthz demands. */
  readonly token?: string | undefined;
  /** Largest body in bytes (default 32 MB). */
  readonly maxBody?: number;
  /** Most samples that may wait (default 20,000). */
  readonly maxPending?: number;
  /** Most bytes of bodies that may be under way (default eight of the largest). */
  readonly maxBytes?: number;
}

/** Counts since the start. */
interface Counters {
  requests: number;
  rejected: number;
  samples: Record<JobResult['status'], number>;
  seconds: number;
}

const longestExtract = 500;

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
  reason,
  ...(status === 'ok' ? {} : { error: reason }),
});

const invalid = (error: InputError): JobResult => ({
  score: 0,
  status: 'error',
  state: 'unreadable',
  format: 'none',
  extracted: '',
  task: '',
  reason: error.hint === undefined ? error.message : `${error.message}. ${error.hint}`,
});

function sameToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function metricsText(counters: Counters, pool: RewardPool): string {
  const cpu = process.cpuUsage();
  const lines = [
    '# TYPE golongrl_reward_requests_total counter',
    `golongrl_reward_requests_total ${counters.requests}`,
    '# TYPE golongrl_reward_rejected_total counter',
    `golongrl_reward_rejected_total ${counters.rejected}`,
    '# TYPE golongrl_reward_samples_total counter',
    ...Object.entries(counters.samples).map(([status, n]) => `golongrl_reward_samples_total{status="${status}"} ${n}`),
    '# TYPE golongrl_reward_seconds_total counter',
    `golongrl_reward_seconds_total ${counters.seconds.toFixed(6)}`,
    '# TYPE golongrl_reward_pending gauge',
    `golongrl_reward_pending ${pool.pending()}`,
    '# TYPE golongrl_reward_thread_restarts_total counter',
    `golongrl_reward_thread_restarts_total ${pool.restarts()}`,
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${((cpu.user + cpu.system) / 1e6).toFixed(3)}`,
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The server's routes over a pool. */
export function createRewardApp(options: RewardAppOptions): Hono {
  const { pool, profile = 'hardened', token, maxBody = 32 * 1024 * 1024, maxPending = 20_000 } = options;
  const { maxBytes = 8 * maxBody } = options;
  let bytes = 0;
  const counters: Counters = {
    requests: 0,
    rejected: 0,
    samples: { ok: 0, timeout: 0, error: 0, unjudgeable: 0 },
    seconds: 0,
  };
  const app = new Hono();

  const score = async (jobs: readonly (RewardJob | InputError)[]): Promise<JobResult[]> => {
    const start = performance.now();
    const good = jobs.filter((job): job is RewardJob => !(job instanceof InputError));
    const inline = good.length <= mostInline && good.every(isQuick);
    const results = inline ? good.map(runJob) : await pool.score(good);
    let next = 0;
    const all = jobs.map((job) =>
      job instanceof InputError ? invalid(job) : (results[next++] ?? unanswered(job, 'error', 'no result')),
    );
    counters.seconds += (performance.now() - start) / 1000;
    for (const { status } of all) counters.samples[status]++;
    return all;
  };

  const tooBusy = (context: Context, error: string): Response => {
    counters.rejected++;
    return context.json({ error }, 503, { 'Retry-After': '1' });
  };

  const respond = async (
    context: Context,
    read: (body: unknown) => (RewardJob | InputError)[],
    show: (results: JobResult[]) => unknown,
  ): Promise<Response> => {
    counters.requests++;
    let jobs: (RewardJob | InputError)[];
    try {
      jobs = read(await context.req.json());
    } catch (error) {
      const known = error instanceof InputError || error instanceof SyntaxError;
      if (!known) throw error;
      return context.json({ error: error instanceof SyntaxError ? 'the body is not JSON' : error.message }, 400);
    }
    // A batch that is larger than the limit is taken when nothing else waits: it could never be taken otherwise.
    if (pool.pending() > 0 && pool.pending() + jobs.length > maxPending) {
      return tooBusy(context, `${pool.pending()} samples wait, at most ${maxPending} may`);
    }
    return context.json(show(await score(jobs)) as object);
  };

  app.get('/healthz', (context) => context.json({ status: 'ok', pending: pool.pending() }));
  app.use(async (context, next) => {
    if (token !== undefined && !sameToken(context.req.header('Authorization'), token))
      return context.json({ error: 'a bearer token is needed' }, 401, { 'WWW-Authenticate': 'Bearer' });
    return next();
  });
  app.get('/metrics', (context) => context.text(metricsText(counters, pool)));
  const tooLarge = (context: Context): Response => context.json({ error: `the body exceeds ${maxBody} bytes` }, 413);
  // Counting the bytes of a stream builds a full Request with its stream and signal, which costs more than most verdicts: only
  // bodies that do not state their length are counted. Node holds the others to what they state.
  const counted = bodyLimit({ maxSize: maxBody, onError: tooLarge });
  app.use(async (context, next) => {
    const stated = context.req.header('Content-Length');
    const size = stated === undefined ? maxBody : Number(stated);
    if (size > maxBody) return tooLarge(context);
    if (bytes > 0 && bytes + size > maxBytes) return tooBusy(context, `${bytes} bytes of requests are under way`);
    bytes += size;
    try {
      return stated === undefined ? await counted(context, next) : await next();
    } finally {
      bytes -= size;
    }
  });
  app.post('/v1/score', (context) =>
    respond(
      context,
      (body) => batchJobs(body, profile),
      (results) => ({ results: results.map(shown) }),
    ),
  );
  app.post('/get_reward', (context) =>
    respond(
      context,
      (body) => openRlhfJobs(body, profile),
      (results) => {
        const scores = results.map((result) => result.score);
        const failed = results.map(({ status }) => (status === 'ok' ? 0 : 1));
        // `extra_logs` holds numbers only; why a sample has no verdict stands beside them.
        const failures = results.flatMap(({ status, reason }, index) =>
          status === 'ok' ? [] : [{ index, status, reason }],
        );
        return { rewards: scores, scores, extra_logs: { reward_failed: failed }, failures };
      },
    ),
  );
  app.post('/rm', (context) =>
    respond(
      context,
      (body) => [slimeJob(body, profile)],
      (results) => results[0]?.score ?? 0,
    ),
  );
  app.notFound((context) => context.json({ error: 'no such route' }, 404));
  app.onError((error, context) => context.json({ error: error.message }, 500));
  return app;
}
