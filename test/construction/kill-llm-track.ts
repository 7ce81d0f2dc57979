/**
 * @file Kills a build of the LLM track at random moments, resumes it each time against a server with faults, and compares the dataset with that
 * of an unbroken build on a sound server. The kill is SIGKILL. A reply that the server had sent and the process had not yet written
 * when it died is lost to any client; such requests are counted apart (`lost`), at most as many as were under way at the kills. A provider
 * that honours the `idempotency-key` header charges for none of them again (`chargedTwice`).
 *
 *   npx tsx test/construction/kill-llm-track.ts [kills, default 20] [share of faults, default 0.2]
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readStateOfTheUnion } from '../../src/corpus/sources/sotu.ts';
import { random } from '../../src/random.ts';
import { type ScriptedServer, startScriptedServer } from '../evaluation/scripted-server.ts';
import { llmScript } from './llm-script.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Short speeches as files of their own: each of the builds reads them in a moment, and the whole corpus for many seconds. */
async function writeDocuments(folder: string): Promise<string> {
  const docs = path.join(folder, 'docs');
  await mkdir(docs);
  const byLength = readStateOfTheUnion().toSorted((a, b) => a.text.length - b.text.length);
  for (const { title, text } of byLength.slice(0, 24))
    await writeFile(path.join(docs, `${title.replaceAll(/\W+/g, '-')}.txt`), `${title}\n\n${text}`);
  return docs;
}

function configOf(out: string, docs: string, url: string, drafts: number): string {
  return JSON.stringify({
    out,
    docs,
    licence: 'public-domain',
    drafts,
    parallel: 8,
    endpoints: {
      one: { url, model: 'scripted', timeoutSeconds: 1, price: { input: 1, output: 2 } },
      strong: { url, model: 'scripted-strong', timeoutSeconds: 1, price: { input: 2, output: 4 }, stream: true },
    },
    generation: { routes: [{ endpoint: 'one' }] },
    judge: { endpoints: ['one'] },
    closedBook: { endpoint: 'one', rollouts: 2 },
    robustness: { endpoint: 'one', rollouts: 2 },
    cascade: { weak: 'one', strong: 'strong', enforceRatio: false },
  });
}

/** Runs the command; killed once the server has had so many requests more. Exit code, null when killed. */
function build(config: string, server: ScriptedServer, killAfter = Number.POSITIVE_INFINITY): Promise<number | null> {
  const args = ['--import', 'tsx', path.join(root, 'test/run-cli.ts'), 'data', 'build', config];
  const child = spawn(process.execPath, [...args, '--overwrite', '--format', 'quiet'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = server.counts.requests + killAfter;
  const watch = setInterval(() => server.counts.requests >= stop && child.kill('SIGKILL'), 1);
  return new Promise((resolve) =>
    child.on('exit', (code) => {
      clearInterval(watch);
      resolve(code);
    }),
  );
}

export interface KillResult {
  readonly samples: number;
  readonly requests: number;
  readonly killed: number;
  readonly faults: number;
  /** Replies sent more than once. */
  readonly lost: number;
  /** Probes answered again, because a kill came before their outcome was written. */
  readonly probedAgain: number;
  /** Replies charged more than once by a provider that honours the key of a request. */
  readonly chargedTwice: number;
  /** Replies sent again although they were on disk. */
  readonly paidTwice: number;
  readonly identical: boolean;
}

const again = (replies: ReadonlyMap<string, number>): number =>
  [...replies.values()].reduce((sum, times) => sum + times - 1, 0);

export async function killAndResume(kills: number, faults: number, drafts: number): Promise<KillResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'golongrl-llm-kill-'));
  const options = { say: llmScript(), probed: 'Thinking.</think>{"sum": 42}', manyFaults: true, delay: 5 };
  const [sound, faulty] = [await startScriptedServer(0, 0, options), await startScriptedServer(faults, 0, options)];
  try {
    const [whole, broken] = ['whole', 'broken'].map((name) => path.join(folder, name)) as [string, string];
    const docs = await writeDocuments(folder);
    const config = (out: string): string => `${out}.yaml`;
    await writeFile(config(whole), configOf(whole, docs, sound.url, drafts));
    await writeFile(config(broken), configOf(broken, docs, faulty.url, drafts));
    if ((await build(config(whole), sound)) !== 0) throw new Error('the unbroken build failed');
    let [killed, paidTwice] = [0, 0];
    for (let round = 0; round <= kills; round++) {
      const cacheFile = path.join(`${broken}-work`, 'replies.jsonl');
      const lines = existsSync(cacheFile) ? (await readFile(cacheFile, 'utf8')).split('\n').length - 1 : 0;
      const before = new Map(faulty.served);
      const after = random('kill', round).integer(1, Math.ceil(sound.counts.requests / kills));
      const code = await build(config(broken), faulty, round < kills ? after : undefined);
      if (code === null) killed++;
      else if (code !== 0) throw new Error(`a resumed build ended with ${code}`);
      // Of the bodies served before, those on disk must not come again: only the rest may.
      const repeated = [...before].filter(([body, times]) => (faulty.served.get(body) ?? 0) > times).length;
      const unsaved = [...before.values()].length - lines;
      paidTwice += Math.max(0, repeated - unsaved);
    }
    const read = (out: string, split: string): Promise<string> =>
      readFile(path.join(out, 'native', `${split}.jsonl`), 'utf8');
    const data = await Promise.all(
      [whole, broken].map(async (out) => (await read(out, 'train')) + (await read(out, 'heldout'))),
    );
    return {
      samples: (data[0] ?? '').split('\n').length - 1,
      requests: sound.counts.requests,
      killed,
      faults: faulty.counts.faults,
      lost: again(faulty.served),
      probedAgain: again(faulty.probes),
      chargedTwice: again(faulty.charged),
      paidTwice,
      identical: data[0] === data[1] && data[0] !== '',
    };
  } finally {
    await Promise.all([sound.close(), faulty.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await killAndResume(Number(process.argv[2] ?? 20), Number(process.argv[3] ?? 0.2), 40);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exitCode = result.identical && result.paidTwice === 0 && result.chargedTwice === 0 ? 0 : 1;
}
