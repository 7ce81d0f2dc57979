/**
 * @file The long commands at a small size, with their inputs and servers: documents that come with the package, a dataset of them,
 * benchmarks in their original layouts, a policy that knows the form of an answer, a scripted language model, and `engine serve`.
 */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../integrations/skyrl/server.ts';
import { writeChainPolicy } from '../chain-policy.ts';
import { llmScript } from '../construction/llm-script.ts';
import { makeSuite } from '../evaluation/make-suite.ts';
import { startScriptedServer } from '../evaluation/scripted-server.ts';
import { guessableSamples } from '../fake-policy.ts';
import { packagedDocuments } from '../packaged-documents.ts';
import { executable } from '../train-process.ts';
import { run } from './child.ts';
import type { LongCommand } from './command.ts';

export interface World {
  readonly commands: readonly LongCommand[];
  close(): Promise<void>;
}

const all = (): boolean => true;
const quiet = ['--format', 'quiet'];

/** Of a run: not times, memory and paths; of its prompts a resumed run may have drawn more. */
const ofRun = (file: string): boolean =>
  /^(dataset|rollouts|eval|checkpoints)\/|^(metrics|checkpoints)\.jsonl$/.test(file);

/** A row of the corpus for each page of a third of the packaged documents. */
async function writeDocuments(folder: string): Promise<string> {
  const file = path.join(folder, 'documents.jsonl');
  const rows = packagedDocuments()
    .filter((_, n) => n % 3 === 0)
    .flatMap(({ id, text }) =>
      Array.from({ length: Math.ceil(text.length / 3000) }, (_, part) => ({
        id: `${id}-${part}`,
        text: text.slice(part * 3000, (part + 1) * 3000),
        licence: 'CC0-1.0',
      })),
    );
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
}

/** Every sixth of the packaged documents as a whole: the models write about whole ones. */
async function writeTexts(folder: string): Promise<string> {
  const file = path.join(folder, 'texts.jsonl');
  const rows = packagedDocuments().filter((_, n) => n % 6 === 0);
  const lines = rows.map(({ id, text }) => `${JSON.stringify({ id, text, licence: 'CC0-1.0' })}\n`);
  await writeFile(file, lines.join(''));
  return file;
}

/** `engine serve`, on a port of its own. */
async function serveEngine(model: string, folder: string) {
  const port = await freePort();
  const flags = ['--model', model, '--port', String(port), '--checkpoints', folder, '--threads', '1', '--no-token'];
  const child = spawn(process.execPath, [executable, 'engine', 'serve', ...flags, '--max-models', '64'], {
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 600 && child.exitCode === null; attempt++) {
    const up = await fetch(`${url}/api/v1/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return { url, close: () => child.kill('SIGKILL') };
    await delay(100);
  }
  throw new Error('The engine server did not start within a minute.');
}

async function writeTraining(folder: string, model: string): Promise<string> {
  const samples = guessableSamples();
  await writeFile(path.join(folder, 'train.jsonl'), samples.map((sample) => `${JSON.stringify(sample)}\n`).join(''));
  const config = path.join(folder, 'train.yaml');
  // One prompt a step: which requests a server puts together depends on when they come, and decides on rounding.
  const lines = [
    `model: ${model}`,
    'lora: { rank: 4 }',
    'data: { train: train.jsonl }',
    'steps: 12',
    'rollout: { prompts: 1, group: 16, maxTokens: 8 }',
    'dynamicSampling: { enabled: false }',
    'pipeline: { maxStaleness: 0 }',
    'optimizer: { learningRate: 1.0e-3, warmupSteps: 2 }',
  ];
  await writeFile(config, `${lines.join('\n')}\n`);
  return config;
}

const trackConfig = (out: string, url: string, docs: string): string =>
  JSON.stringify({
    out,
    docs,
    drafts: 12,
    parallel: 4,
    endpoints: {
      one: { url, model: 'scripted', timeoutSeconds: 20 },
      strong: { url, model: 'scripted-strong', timeoutSeconds: 20, stream: true },
    },
    generation: { routes: [{ endpoint: 'one' }] },
    judge: { endpoints: ['one'] },
    closedBook: { endpoint: 'one', rollouts: 2 },
    robustness: { endpoint: 'one', rollouts: 2 },
    cascade: { weak: 'one', strong: 'strong', enforceRatio: false },
  });

/** Prepares everything in a folder. */
export async function openWorld(folder: string): Promise<World> {
  await mkdir(folder, { recursive: true });
  const model = await writeChainPolicy({ maxContext: 8192 });
  const [documents, training] = [await writeDocuments(folder), await writeTraining(folder, model)];
  const texts = await writeTexts(folder);
  const suite = path.join(folder, 'suite');
  await makeSuite(suite, { items: 12, characters: 4000 });
  const dataset = path.join(folder, 'dataset');
  const built = await run(['data', 'build', '--short', '90', '--long', '0', '--out', dataset, ...quiet]);
  if (built.code !== 0) throw new Error(built.said);
  const writer = await startScriptedServer(0, 0, { say: llmScript(), delay: 5 });
  const answerer = await startScriptedServer(0, 0, { delay: 20 });
  const engine = await serveEngine(model, path.join(folder, 'engine'));
  const dataBuild = (name: string, flags: readonly string[]): LongCommand => ({
    name,
    begin: async (out) => ['data', 'build', ...flags, '--out', out, ...quiet],
    resume: (out) => ['data', 'build', '--resume', out, ...quiet],
    anew: ['--overwrite'],
    isResult: all,
  });
  const commands: LongCommand[] = [
    {
      name: 'quickstart',
      begin: async (out) => ['quickstart', '--limit', '9', '--steps', '12', '--model', model, '--out', out, ...quiet],
      resume: (out) => ['quickstart', '--resume', out, ...quiet],
      anew: ['--overwrite'],
      isResult: ofRun,
    },
    dataBuild('data build', ['--short', '45', '--long', '9']),
    dataBuild('data build --preset', ['--preset', 'balanced', '--samples', '45', '--probes', '1']),
    dataBuild('data build --shard', ['--preset', 'balanced', '--samples', '90', '--probes', '1', '--shard', '2/3']),
    {
      name: 'data corpus',
      begin: async (out) => ['data', 'corpus', documents, '--out', out, ...quiet],
      resume: (out) => ['data', 'corpus', documents, '--out', out, '--resume', ...quiet],
      anew: ['--overwrite'],
      isResult: all,
    },
    {
      name: 'data import',
      begin: async (out) => ['data', 'import', path.join(dataset, 'data', 'train.jsonl'), '--out', out, ...quiet],
      resume: (out) => [
        ...['data', 'import', path.join(dataset, 'data', 'train.jsonl'), '--out', out, '--overwrite', ...quiet],
      ],
      anew: ['--overwrite'],
      isResult: all,
    },
    {
      name: 'data build CONFIG',
      begin: async (out) => {
        await mkdir(path.dirname(out), { recursive: true });
        await writeFile(`${out}.yaml`, trackConfig(out, writer.url, texts));
        return ['data', 'build', `${out}.yaml`, ...quiet];
      },
      resume: (out) => ['data', 'build', `${out}.yaml`, '--resume', ...quiet],
      anew: ['--overwrite'],
      isResult: all,
    },
    {
      name: 'eval run',
      begin: async (out) => [
        ...['eval', 'run', 'all', '--data', suite, '--model', 'scripted', '--url', answerer.url],
        ...['--judge-model', 'judge', '--out', out, ...quiet],
      ],
      resume: (out) => ['eval', 'run', '--resume', out, ...quiet],
      anew: [],
      isResult: (file) => /^(items|responses)\/|^samples\.jsonl$/.test(file),
    },
    {
      name: 'train',
      begin: async (out) => ['train', training, '--engine', `tinker:${engine.url}`, '--out', out, ...quiet],
      resume: (out) => ['train', '--resume', out, ...quiet],
      anew: ['--overwrite'],
      isResult: (file) => ofRun(file) && !file.startsWith('checkpoints'),
    },
  ];
  return {
    commands,
    close: async () => {
      engine.close();
      await Promise.all([writer.close(), answerer.close()]);
    },
  };
}
