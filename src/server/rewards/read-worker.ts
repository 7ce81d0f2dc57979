/** @file The worker that reads large bodies: parses, makes jobs, encodes them. */
import { messageOf } from '../../errors.ts';
import { encodeJob, isEncoded } from '../../rewards/pool/encode.ts';
import type { JobResult } from '../../rewards/pool/job.ts';
import { serveThread } from '../../threads/serve-thread.ts';
import { parseBody, type ReadAs, type Refused, readItems } from './read-body.ts';

/** An item on its way between threads: `length` bytes of the buffer, or a result. */
export type PackedItem =
  | { readonly length: number; readonly large: boolean; readonly task: string }
  | { readonly result: JobResult };

/** The jobs of a body, one after another in one buffer. */
export interface PackedItems {
  readonly items: readonly PackedItem[];
  readonly bytes: Uint8Array;
}

function read(bytes: Uint8Array, as: ReadAs): PackedItems | Refused {
  const parsed = parseBody(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  if ('reason' in parsed) return parsed;
  const items = readItems(parsed.json, as);
  if ('reason' in items) return items;
  const encoded = items.map((item) => ('job' in item ? encodeJob(item.job) : item.result));
  return {
    bytes: Buffer.concat(encoded.filter(isEncoded).map((job) => job.bytes)),
    items: encoded.map((one) =>
      isEncoded(one) ? { length: one.bytes.length, large: one.large, task: one.task } : { result: one },
    ),
  };
}

function answer(bytes: Uint8Array, head: string): PackedItems | Refused {
  try {
    return read(bytes, JSON.parse(head) as ReadAs);
  } catch (error) {
    return { status: 400, reason: messageOf(error) };
  }
}

serveThread(answer);
