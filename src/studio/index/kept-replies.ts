/** @file The replies of a cache, opened when the first one is asked for: many are read with one look at the file. */
import { existsSync } from 'node:fs';
import type { z } from 'zod';
import { RequestCache } from '../../llm/request-cache.ts';

/** Close it. */
export class KeptReplies<T> {
  private readonly file: string;
  private readonly schema: z.ZodType<T>;
  private cache: Promise<RequestCache<T>> | undefined;

  constructor(file: string, schema: z.ZodType<T>) {
    this.file = file;
    this.schema = schema;
  }

  /** Whether there is a cache at all. */
  get exists(): boolean {
    return existsSync(this.file);
  }

  /** Undefined for what the cache does not hold. @throws InputError when it is damaged */
  async get(key: string): Promise<T | undefined> {
    if (!this.exists) return undefined;
    this.cache ??= RequestCache.open(this.file, this.schema, true);
    return await (await this.cache).get(key);
  }

  async close(): Promise<void> {
    await (await this.cache)?.close();
    this.cache = undefined;
  }
}
