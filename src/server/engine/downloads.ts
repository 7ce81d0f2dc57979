/** @file Links to files of checkpoints that need no token: who has one may fetch its file for an hour. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import type { Context } from 'hono';
import { archiveOf } from './archive.ts';
import { Refusal } from './refusal.ts';

interface Link {
  readonly directory: string;
  /** A file of it; absent for all in one archive. */
  readonly file?: string | undefined;
  readonly expires: number;
}

const lifetime = 3600_000;
/** What resuming needs and other programs do not. */
const ownFiles: readonly string[] = ['manifest.json', 'optimizer.safetensors'];
/** First part of the paths of links. */
export const downloadPath = '/api/v1/downloads/';

/** Names of a checkpoint's files as other programs take them. */
export const filesOf = async (directory: string): Promise<string[]> =>
  (await readdir(directory)).filter((name) => !ownFiles.includes(name)).sort();

/** Links that are open. */
export class Downloads {
  private readonly links = new Map<string, Link>();

  /** A link to a file of a folder, or to all of it as an archive. */
  open(origin: string, directory: string, file?: string): { url: string; expires: Date } {
    const now = Date.now();
    for (const [key, link] of this.links) if (link.expires < now) this.links.delete(key);
    const key = randomBytes(24).toString('base64url');
    const expires = now + lifetime;
    this.links.set(key, { directory, file, expires });
    return { url: `${origin}${downloadPath}${key}`, expires: new Date(expires) };
  }

  /** @throws Refusal (404) for a link that is not open. */
  async send(context: Context, key: string): Promise<Response> {
    const link = this.links.get(key);
    if (link === undefined || link.expires < Date.now()) throw new Refusal(404, 'This link is not open, or no longer.');
    const name = link.file ?? 'checkpoint.tar';
    const stream = link.file
      ? createReadStream(join(link.directory, link.file))
      : Readable.from(archiveOf(link.directory, await filesOf(link.directory)));
    if (link.file) context.header('Content-Length', String((await stat(join(link.directory, link.file))).size));
    return context.body(Readable.toWeb(stream) as NodeStream as ReadableStream, 200, {
      'Content-Type': link.file ? 'application/octet-stream' : 'application/x-tar',
      'Content-Disposition': `attachment; filename="${name}"`,
    });
  }
}
