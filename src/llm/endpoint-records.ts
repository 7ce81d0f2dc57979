/**
 * @file What probes found out, kept beside the replies, so that an endpoint is asked once. An entry is found by address, model and the
 * fields that a user adds or leaves out.
 */
import { z } from 'zod';
import { findRecord, writeRecord } from '../storage/record.ts';
import { traitSchema } from './endpoint-traits.ts';

const recordSchema = z.object({
  url: z.string(),
  model: z.string(),
  traits: traitSchema,
  usage: z
    .object({ requests: z.number(), promptTokens: z.number(), completionTokens: z.number() })
    .describe('What the probe used.'),
});

/** What is known of one endpoint. */
export type EndpointRecord = z.infer<typeof recordSchema>;

const fileSchema = z.strictObject({ schemaVersion: z.literal(1), endpoints: z.record(z.string(), recordSchema) });

const kind = {
  name: 'a file of what endpoints take',
  code: 'endpoints-invalid',
  hint: 'Delete the file: each endpoint is then asked again what it takes.',
};

/** A file of them; every change is written at once. Without a file they live as long as the process. */
export class EndpointRecords {
  private readonly file: string | undefined;
  private known: Promise<Map<string, EndpointRecord>> | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(file?: string) {
    this.file = file;
  }

  /** @throws InputError when the file is damaged. */
  async get(key: string): Promise<EndpointRecord | undefined> {
    return (await this.all()).get(key);
  }

  /** @throws ResourceError when the disk is full. */
  async set(key: string, record: EndpointRecord): Promise<void> {
    const known = await this.all();
    known.set(key, record);
    const { file } = this;
    if (file === undefined) return;
    this.writing = this.writing.then(() =>
      writeRecord(file, { schemaVersion: 1, endpoints: Object.fromEntries(known) }),
    );
    await this.writing;
  }

  private all(): Promise<Map<string, EndpointRecord>> {
    this.known ??= this.read();
    return this.known;
  }

  private async read(): Promise<Map<string, EndpointRecord>> {
    if (this.file === undefined) return new Map();
    const found = await findRecord(this.file, fileSchema, kind);
    return new Map(Object.entries(found?.endpoints ?? {}));
  }
}
