import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchFromHub, hubCommit } from './hub.ts';

// The paths of the hub's HTTP interface as the package asks them; the hub itself cannot be part of a test.
const files: Record<string, string> = {
  'data/a.jsonl': '{"id":1}\n',
  'data/b.jsonl': '{"id":2}\n',
  'README.md': 'words',
};
const commit = 'c0ffee'.padEnd(40, '0');
let server: Server;
let folder: string;
let downloads: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'golongrl-hub-'));
  downloads = [];
  server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://hub').pathname);
    const json = (value: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    const file = files[path.replace(`/datasets/o/n/resolve/${commit}/`, '')];
    if (path === '/api/datasets/o/n/revision/main' || path === '/api/datasets/o/n')
      json({ id: 'o/n', _id: '1', sha: commit });
    else if (path === `/api/datasets/o/n/tree/${commit}`)
      json(Object.entries(files).map(([name, text]) => ({ type: 'file', path: name, size: text.length, oid: '0' })));
    else if (file !== undefined) {
      if (request.headers.range !== 'bytes=0-0') downloads.push(path);
      const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
      const part = range ? file.slice(Number(range[1]), Number(range[2]) + 1) : file;
      if (range) response.statusCode = 206;
      response.setHeader('etag', '"0"').setHeader('content-range', `bytes 0-0/${file.length}`).end(part);
    } else response.writeHead(404).end('{"error":"Repository not found"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('HF_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.close();
  await rm(folder, { recursive: true });
});

test('the wanted files of a revision come whole, once, with the commit that they are of', async () => {
  await fetchFromHub({ type: 'dataset', repo: 'o/n', wanted: /\.jsonl$/, into: folder });
  expect(await readFile(join(folder, 'data/a.jsonl'), 'utf8')).toBe(files['data/a.jsonl']);
  expect(JSON.parse(await readFile(join(folder, 'hub.json'), 'utf8'))).toMatchObject({ repo: 'o/n', commit });
  expect(await hubCommit(folder)).toBe(commit);
  const before = downloads.length;
  await writeFile(join(folder, 'data/b.jsonl'), 'cut');
  await fetchFromHub({ type: 'dataset', repo: 'o/n', wanted: /\.jsonl$/, into: folder });
  expect(await readFile(join(folder, 'data/b.jsonl'), 'utf8')).toBe(files['data/b.jsonl']);
  expect(downloads.slice(before).every((path) => path.endsWith('b.jsonl'))).toBe(true);
});

test('a repository that is not there is named with what to do', async () => {
  const missing = fetchFromHub({ type: 'dataset', repo: 'o/other', into: folder });
  await expect(missing).rejects.toMatchObject({ code: 'hub-failed', message: expect.stringContaining('o/other') });
});
