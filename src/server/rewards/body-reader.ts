/**
 * @file Bodies to items. Small ones are read here; large ones, and those of many items, in threads of their own, under a deadline:
 * parsing megabytes would hold every other client up.
 */
import type { EncodedJob } from '../../rewards/pool/encode.ts';
import type { JobResult, RewardJob } from '../../rewards/pool/job.ts';
import { SupervisedPool, type Work } from '../../threads/supervised-pool.ts';
import { itemCount, parseBody, type ReadAs, type Refused, readItems } from './read-body.ts';
import type { PackedItems } from './read-worker.ts';

/** An item of a batch: a job for the pool, or the result of an item that could not be read. */
export type ReadItem = { readonly job: RewardJob | EncodedJob } | { readonly result: JobResult };

/** Bodies up to this many bytes are parsed in the server's thread: about a millisecond at the worst. */
const smallBody = 64 * 1024;
const fewItems = 256;
/** Larger bodies travel alone and never take the first thread. */
const largeBody = 1024 * 1024;

/** Views into the buffer that the thread sent. */
function unpack({ items, bytes }: PackedItems): ReadItem[] {
  let offset = 0;
  return items.map((item) => {
    if ('result' in item) return item;
    const job = { bytes: bytes.subarray(offset, offset + item.length), large: item.large, task: item.task };
    offset += item.length;
    return { job };
  });
}

const startThreads = () =>
  new SupervisedPool<Work, PackedItems | Refused>({
    entry: new URL('./read-worker', import.meta.url),
    workers: 2,
    spare: true,
    deadline: 10_000,
    queueDeadline: 30_000,
    memory: 1024,
    unanswered: (_, status, reason) => ({
      status: status === 'timeout' ? 503 : 413,
      reason: `the body was not read: ${reason}`,
    }),
  });

/** Reads bodies in the calling thread where that takes a millisecond, else in two threads of its own. */
export class BodyReader {
  /** Started for the first large body. */
  private threads: ReturnType<typeof startThreads> | undefined;

  /** The items of a body; small bodies are read here, others in a thread. */
  async read(bytes: Buffer, as: ReadAs): Promise<readonly ReadItem[] | Refused> {
    if (bytes.length <= smallBody) {
      const parsed = parseBody(bytes);
      if ('reason' in parsed) return parsed;
      if (itemCount(parsed.json) <= fewItems) return readItems(parsed.json, as);
    }
    return this.readApart(bytes, as);
  }

  /** Reads a body in a thread whatever its size. */
  async readApart(bytes: Buffer, as: ReadAs): Promise<readonly ReadItem[] | Refused> {
    this.threads ??= startThreads();
    const [read] = await this.threads.run([{ bytes, head: JSON.stringify(as), large: bytes.length > largeBody }]);
    if (read === undefined) return { status: 503, reason: 'the body was not read' };
    return 'items' in read ? unpack(read) : read;
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.threads?.close();
  }
}
