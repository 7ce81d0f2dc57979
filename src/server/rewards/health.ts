/** @file Whether the threads judge: a known row goes through the pool, before all that waits, and must come back right and in time. */
import type { RewardPool } from '../../rewards/pool/pool.ts';

/** Body of `GET /healthz`. `stuck`: the canary is not back in time; `wrong`: it came back with another score than 1. */
export interface Health {
  readonly status: 'ok' | 'stuck' | 'wrong';
  /** Milliseconds that the canary took; absent when it has not come back. */
  readonly canaryMs?: number;
  /** Samples that wait or run, and that threads have answered since the start: the second must grow while there are the first. */
  readonly pending: number;
  readonly answered: number;
  readonly threads: number;
  readonly restarts: number;
}

/** Asks the pool; those who ask at once share a canary, so that asking often costs nothing. */
export function healthOf(pool: RewardPool, deadline: number): () => Promise<Health> {
  let running: Promise<Pick<Health, 'status' | 'canaryMs'>> | undefined;
  const ask = async (): Promise<Pick<Health, 'status' | 'canaryMs'>> => {
    const start = performance.now();
    const verdict = pool.canary().then(
      ({ status, score }) => (status === 'ok' && score === 1 ? 'ok' : 'wrong'),
      () => 'stuck' as const,
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'stuck'>((resolve) => {
      timer = setTimeout(() => resolve('stuck'), deadline);
    });
    const status = await Promise.race([verdict, late]);
    clearTimeout(timer);
    return status === 'stuck' ? { status } : { status, canaryMs: Math.round(performance.now() - start) };
  };
  return async () => {
    running ??= ask().finally(() => {
      running = undefined;
    });
    const found = await running;
    return {
      ...found,
      pending: pool.pending(),
      answered: pool.answered(),
      threads: pool.threads(),
      restarts: pool.restarts(),
    };
  };
}
