/**
 * @file The directory of replies, shared by builds and calibrations: locked while one works there, every reply on disk, and closed only when
 * nothing is under way any more, so that nothing that was paid for is lost.
 */
import path from 'node:path';
import type { PoolOptions } from '../../llm/adaptive-pool.ts';
import { CachedClient, type PricedModel, storedReplySchema } from '../../llm/cached-client.ts';
import { type Budget, CostLedger } from '../../llm/cost-ledger.ts';
import { lostReplySchema } from '../../llm/cut-replies.ts';
import { EndpointRecords } from '../../llm/endpoint-records.ts';
import { RequestCache } from '../../llm/request-cache.ts';
import { lockDirectory } from '../../storage/lock.ts';

/** How the directory is worked in; `budget` counts the replies that lie there too. */
export interface WorkOptions {
  readonly budget: Budget;
  readonly pool?: PoolOptions;
  readonly signal?: AbortSignal | undefined;
  /** Done under the lock, before replies are read. */
  readonly begin: () => Promise<void>;
  /** Asked beforehand what they take, where nothing lies there yet: replies that do may suffice. */
  readonly models?: Iterable<PricedModel>;
  /** Told after each reply. */
  readonly onActivity?: ((ledger: CostLedger) => void) | undefined;
}

/** What is known of the endpoints that a work directory's replies come from. */
export const endpointRecords = (work: string): EndpointRecords =>
  new EndpointRecords(path.join(work, 'endpoints.json'));

/** The client that keeps replies on disk, and what they have cost. */
export interface OpenWork {
  readonly client: CachedClient;
  readonly ledger: CostLedger;
}

/** @throws ResourceError when another process works there, InputError when a reply on disk is broken, and what `use` throws. */
export async function inWorkDirectory<T>(
  work: string,
  { budget, pool = {}, signal, begin, models = [], onActivity }: WorkOptions,
  use: (open: OpenWork) => Promise<T>,
): Promise<T> {
  const unlock = await lockDirectory(work);
  try {
    await begin();
    const cache = await RequestCache.open(path.join(work, 'replies.jsonl'), storedReplySchema);
    const lost = await RequestCache.open(path.join(work, 'lost.jsonl'), lostReplySchema);
    try {
      const ledger = new CostLedger(budget);
      const client = CachedClient.open({ cache, lost, ledger, pool, signal, onActivity: () => onActivity?.(ledger) });
      try {
        if (cache.count === 0) await client.prepare(models);
        return await use({ client, ledger });
      } finally {
        await client.settled();
      }
    } finally {
      await cache.close();
      await lost.close();
    }
  } finally {
    await unlock();
  }
}
