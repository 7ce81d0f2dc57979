/**
 * @file Files of a Hugging Face repository at a revision, for models and benchmarks, through the optional `@huggingface/hub`. The
 * address and the token are the usual ones: HF_ENDPOINT and HF_TOKEN.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { InputError, messageOf, ResourceError } from '../errors.ts';
import { findRecord, writeRecord } from './record.ts';

/** `into` is the folder that gets the files; `onFile` hears of each, `kept` where it was there already. */
export interface HubRequest {
  readonly type: 'model' | 'dataset';
  /** `owner/name`. */
  readonly repo: string;
  /** Branch, tag or commit; default `main`. */
  readonly revision?: string | undefined;
  /** Paths in the repository to fetch; default all. */
  readonly wanted?: RegExp | undefined;
  readonly into: string;
  readonly onFile?: (path: string, bytes: number, kept: boolean) => void;
}

const hubRecordSchema = z.object({
  type: z.enum(['model', 'dataset']),
  repo: z.string(),
  /** The commit that the revision named. */
  commit: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.number() })),
});
/** What `hub.json`, written last, says of a folder. */
export type HubRecord = z.infer<typeof hubRecordSchema>;

/** Whether a text can be the name of a repository: `owner/name`, and no path that goes up. */
export const isHubName = (text: string): boolean => /^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(text);

async function hubLibrary(): Promise<typeof import('@huggingface/hub')> {
  try {
    return await import('@huggingface/hub');
  } catch (cause) {
    throw new InputError(
      'hub-missing',
      'Fetching from the hub needs the package @huggingface/hub.',
      'Install it: npm install @huggingface/hub@2.17.5',
      { cause },
    );
  }
}

const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  );

/** The commit that a folder was fetched at; undefined where it did not come from the hub. @throws InputError when its record is broken */
export async function hubCommit(folder: string): Promise<string | undefined> {
  const record = await findRecord(join(folder, 'hub.json'), hubRecordSchema, {
    name: 'the record of a fetch from the hub',
    code: 'hub-record-invalid',
    hint: 'Fetch the folder again, which keeps its files; or delete this one, which says only where they came from.',
  });
  return record?.commit;
}

/**
 * Fetches the wanted files; those that are there with the right size are kept, so that an interrupted fetch goes on.
 *
 * @throws InputError without the package or without a wanted file, ResourceError when the hub cannot be reached or refuses.
 */
export async function fetchFromHub(request: HubRequest): Promise<HubRecord> {
  const { type, repo, revision = 'main', wanted = /./, into } = request;
  const { listFiles, downloadFile, datasetInfo, modelInfo } = await hubLibrary();
  const hubUrl = process.env.HF_ENDPOINT ?? 'https://huggingface.co';
  const accessToken = process.env.HF_TOKEN;
  const access = { hubUrl, ...(accessToken ? { accessToken } : {}) };
  try {
    const about = { ...access, name: repo, revision, additionalFields: ['sha' as const] };
    const { sha: commit } = await (type === 'dataset' ? datasetInfo(about) : modelInfo(about));
    const from = { ...access, repo: { type, name: repo }, revision: commit };
    const files: { path: string; bytes: number }[] = [];
    for await (const { type: kind, path, size } of listFiles({ ...from, recursive: true })) {
      if (kind === 'file' && wanted.test(path)) files.push({ path, bytes: size });
    }
    if (files.length === 0) {
      throw new InputError('hub-empty', `${type} ${repo} at ${commit}: got no file that matches ${wanted}.`);
    }
    for (const { path, bytes } of files) {
      // A path is the server's word: it must stay inside.
      if (path.split('/').includes('..')) throw new InputError('hub-path', `${repo}: got the path "${path}".`);
      const target = join(into, path);
      const kept = (await sizeOf(target)) === bytes;
      if (!kept) {
        const blob = await downloadFile({ ...from, path });
        if (blob === null) throw new ResourceError('hub-failed', `${repo}: ${path} is listed and not there.`);
        await mkdir(dirname(target), { recursive: true });
        const part = `${target}.part`;
        await pipeline(
          Readable.fromWeb(blob.stream() as import('node:stream/web').ReadableStream),
          createWriteStream(part),
        );
        await rename(part, target).finally(() => rm(part, { force: true }));
      }
      request.onFile?.(path, bytes, kept);
    }
    const record: HubRecord = { type, repo, commit, files };
    await writeRecord(join(into, 'hub.json'), record);
    return record;
  } catch (cause) {
    if (cause instanceof InputError || cause instanceof ResourceError) throw cause;
    const why = messageOf(cause);
    throw new ResourceError(
      'hub-failed',
      `${type} ${repo} at ${revision}, from ${hubUrl}: ${why}`,
      'Check the name and the network; gated repositories need HF_TOKEN, another address goes into HF_ENDPOINT. What was fetched is kept.',
      { cause },
    );
  }
}
