/**
 * @file Whether what an older version left on disk still opens: that version makes datasets, shards, builds of language models, corpora,
 * evaluations and runs, whole ones and ones that are killed on the way; this version opens, completes and reports each. What it completes
 * is compared with what the older version makes without a kill. Whatever does not open must be refused by name, with what to do.
 *
 *   npm run check:old-artefacts -- --old DIR [--keep DIR]     DIR: a checkout of an older version that is built; about four minutes
 */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { textTable } from '../../src/text-table.ts';
import { llmScript } from '../construction/llm-script.ts';
import { makeSuite } from '../evaluation/make-suite.ts';
import { startScriptedServer } from '../evaluation/scripted-server.ts';

const { values } = parseArgs({ options: { old: { type: 'string' }, keep: { type: 'string' } } });
if (values.old === undefined) throw new Error('--old DIR: a checkout of an older version, built');
const root = fileURLToPath(new URL('../..', import.meta.url));
const old = path.resolve(values.old);
const folder = path.resolve(values.keep ?? mkdtempSync(path.join(tmpdir(), 'golongrl-old-')));
const at = (...names: string[]): string => path.join(folder, ...names);

const programs = {
  old: [path.join(old, 'bin/golongrl.js')],
  now: ['--import', 'tsx', path.join(root, 'test/run-cli.ts')],
} as const;

interface Ended {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly said: string;
}

/** Runs a command; killed as soon as `until` holds. */
function run(version: keyof typeof programs, args: readonly string[], until?: () => boolean): Promise<Ended> {
  const child = spawn(process.execPath, [...programs[version], ...args], {
    cwd: version === 'old' ? old : root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  const watch = setInterval(() => until?.() === true && child.kill('SIGKILL'), 1);
  return new Promise((resolve) =>
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ code, said });
    }),
  );
}

/** The older version, to the end. @throws with what it said when it fails. */
async function make(...args: string[]): Promise<void> {
  const { code, said } = await run('old', args);
  if (code !== 0) throw new Error(`the older version: ${args.join(' ')} ended with ${code}: ${said}`);
}

/** The older version, killed on the way. @throws when it came to its end before. */
async function begin(args: readonly string[], until: () => boolean): Promise<void> {
  const { code, said } = await run('old', args, until);
  if (code !== null) throw new Error(`the older version: ${args.join(' ')} was not killed: ${code}: ${said}`);
}

const linesIn = (file: string): number => (existsSync(file) ? readFileSync(file, 'latin1').split('\n').length - 1 : 0);

const filesOf = (directory: string, only?: RegExp): Map<string, string> =>
  new Map(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
      .filter((name) => only === undefined || only.test(name))
      .sort()
      .map((name) => [name, readFileSync(path.join(directory, name), 'latin1')]),
  );

/** Which files of two folders differ; empty when none does. */
function differences(a: string, b: string, only?: RegExp): string[] {
  const [left, right] = [filesOf(a, only), filesOf(b, only)];
  return [...new Set([...left.keys(), ...right.keys()])].filter((name) => left.get(name) !== right.get(name));
}

const rows: string[][] = [];
let failed = 0;

/** One thing of the older version, opened by this one. A refusal counts as long as it says what to do. */
async function open(
  what: string,
  args: readonly string[],
  compare: () => string[] = () => [],
  expected = '',
): Promise<void> {
  const { code, said } = await run('now', args);
  const told = said.trim().split('\n').slice(-2).join(' ').slice(0, 160);
  const unlike = code === 0 ? compare() : [];
  const fine = code === 0 && said.includes(expected) ? unlike.length === 0 : code === 2 && /--|golongrl /.test(told);
  if (!fine) failed++;
  const result =
    code !== 0
      ? `refused (${code}): ${told}`
      : unlike.length > 0
        ? `differs: ${unlike.slice(0, 4).join(', ')}`
        : 'opened';
  rows.push([fine ? 'ok' : 'FAILED', what, result]);
  process.stdout.write(`${rows.at(-1)?.join(' | ')}\n`);
}

const quiet = ['--format', 'quiet'];
const data = /^(?:native|data)\//;

async function datasets(): Promise<void> {
  const sizes = ['--short', '180', '--long', '9', ...quiet];
  await make('data', 'build', ...sizes, '--out', at('quickstart'));
  await open('quickstart dataset', ['data', 'inspect', at('quickstart')]);
  await open('the same, built now', ['data', 'build', ...sizes, '--out', at('quickstart-now')], () =>
    differences(at('quickstart'), at('quickstart-now')),
  );
  await begin(['data', 'build', '--short', '2700', '--long', '100', ...quiet, '--out', at('quickstart-cut')], () =>
    existsSync(at('quickstart-cut', 'build.json')),
  );
  await open('quickstart build, killed', ['data', 'build', '--resume', at('quickstart-cut'), ...quiet]);

  const mixture = ['--preset', 'balanced', '--samples', '200', ...quiet];
  const cut = (name: string) => () => linesIn(at(name, 'places.jsonl')) >= 20;
  await make('data', 'build', ...mixture, '--out', at('mixture'));
  await open('mixture', ['data', 'inspect', at('mixture')]);
  await begin(['data', 'build', ...mixture, '--out', at('mixture-cut')], cut('mixture-cut'));
  await open('mixture build, killed', ['data', 'build', '--resume', at('mixture-cut'), ...quiet], () =>
    differences(at('mixture'), at('mixture-cut'), data),
  );
  await make('data', 'build', ...mixture, '--shard', '1/2', '--out', at('shard-1'));
  await begin(['data', 'build', ...mixture, '--shard', '2/2', '--out', at('shard-2')], cut('shard-2'));
  await open('shard, killed', ['data', 'build', '--resume', at('shard-2'), ...quiet]);
  await open('shards, merged', ['data', 'merge', at('shard-1'), at('shard-2'), '--out', at('merged'), ...quiet], () =>
    differences(at('mixture'), at('merged'), data),
  );
}

async function corpora(): Promise<void> {
  const texts = at('texts');
  mkdirSync(texts, { recursive: true });
  const words = 'amber birch cedar north south gate field wood ford bridge moor hill dale river road'.split(' ');
  const text = (i: number): string =>
    Array.from({ length: 150 }, (_, j) => `${words[(i * 7 + j * 3 + ((i * j) % 11)) % 15]}${(i * j) % 97}`).join(' ');
  const line = (i: number): string => JSON.stringify({ text: text(i), number: i });
  for (const [part, name] of ['a', 'b', 'c', 'd'].entries())
    writeFileSync(
      path.join(texts, `${name}.jsonl`),
      Array.from({ length: 700 }, (_, i) => line(part * 700 + i)).join('\n'),
    );
  await make('data', 'corpus', texts, '--out', at('corpus'), ...quiet);
  await open('corpus', ['data', 'corpus', texts, '--out', at('corpus'), '--resume', ...quiet]);
  await begin(
    ['data', 'corpus', texts, '--out', at('corpus-cut'), ...quiet],
    () => linesIn(at('corpus-cut', 'journal.jsonl')) >= 5,
  );
  await open('corpus, killed', ['data', 'corpus', texts, '--out', at('corpus-cut'), '--resume', ...quiet], () =>
    differences(at('corpus'), at('corpus-cut')),
  );
}

async function llmTracks(): Promise<void> {
  const server = await startScriptedServer(0, 0, { say: llmScript(), delay: 5 });
  try {
    const { url } = server;
    const config = (name: string): string => {
      const settings = {
        out: at(name),
        drafts: 40,
        parallel: 8,
        endpoints: { one: { url, model: 'scripted', price: { input: 1, output: 2 } } },
        generation: { routes: [{ endpoint: 'one' }] },
        judge: { endpoints: ['one'] },
        closedBook: { endpoint: 'one', rollouts: 2 },
        robustness: { endpoint: 'one', rollouts: 2 },
      };
      writeFileSync(at(`${name}.yaml`), JSON.stringify(settings));
      return at(`${name}.yaml`);
    };
    await make('data', 'build', config('llm'), ...quiet);
    const asked = server.counts.requests;
    const before = new Map(filesOf(at('llm'), data));
    await open('LLM track', ['data', 'build', config('llm'), '--resume', ...quiet], () => [
      ...(server.counts.requests === asked ? [] : [`${server.counts.requests - asked} requests were sent again`]),
      ...[...filesOf(at('llm'), data)].filter(([name, bytes]) => before.get(name) !== bytes).map(([name]) => name),
    ]);
    await begin(
      ['data', 'build', config('llm-cut'), ...quiet],
      () => linesIn(at('llm-cut-work', 'replies.jsonl')) >= 60,
    );
    await open('LLM track, killed', ['data', 'build', config('llm-cut'), '--resume', ...quiet], () =>
      differences(at('llm'), at('llm-cut'), data),
    );
  } finally {
    await server.close();
  }
}

async function evaluations(): Promise<void> {
  await makeSuite(at('suite'), { items: 12, characters: 4000 });
  const server = await startScriptedServer(0);
  try {
    const args = (name: string): string[] => [
      ...['eval', 'run', 'docmath', 'longbench-v2', 'frames', 'mrcr', '--data', at('suite'), '--model', 'scripted'],
      ...['--url', server.url, '--judge-model', 'judge', '--seed', '3', '--out', at(name), ...quiet],
    ];
    await make(...args('evaluation'));
    const asked = server.counts.requests;
    await begin(args('evaluation-cut'), () => linesIn(at('evaluation-cut', 'cache', 'requests.jsonl')) >= 40);
    await open('evaluation, report', ['eval', 'report', at('evaluation')]);
    const before = new Map(filesOf(at('evaluation'), /^samples/));
    const again = server.counts.requests;
    await open('evaluation, again', ['eval', 'run', '--resume', at('evaluation'), ...quiet], () => [
      ...(server.counts.requests === again
        ? []
        : [`${server.counts.requests - again} of ${asked} requests sent again`]),
      ...[...filesOf(at('evaluation'), /^samples/)]
        .filter(([name, bytes]) => before.get(name) !== bytes)
        .map(([name]) => name),
    ]);
    await open('evaluation, killed', ['eval', 'run', '--resume', at('evaluation-cut'), ...quiet], () =>
      differences(at('evaluation'), at('evaluation-cut'), /^(?:samples|responses|items)/),
    );
    await open('evaluations, compared', ['eval', 'compare', at('evaluation'), at('evaluation-cut')]);
  } finally {
    await server.close();
  }
}

async function runs(): Promise<void> {
  const settings = {
    model: path.join(old, 'models/micro'),
    data: {
      train: at('quickstart/native/train.jsonl'),
      heldout: at('quickstart/native/heldout.jsonl'),
      rendering: 'short',
      limit: 60,
    },
    steps: 8,
    rollout: { prompts: 4, group: 4, maxTokens: 16 },
    dynamicSampling: { enabled: false, draw: 1, maxDraws: 1 },
    optimizer: { learningRate: 1e-4, warmupSteps: 2 },
    checkpoint: { every: 2, keep: 2 },
    evaluation: { samplesPerTask: 4, rollouts: 2 },
  };
  writeFileSync(at('train.yaml'), JSON.stringify(settings));
  await make('train', at('train.yaml'), '--out', at('run'), ...quiet);
  await begin(
    ['train', at('train.yaml'), '--out', at('run-cut'), ...quiet],
    () => linesIn(at('run-cut', 'metrics.jsonl')) >= 5,
  );
  await open('training run, report', ['report', at('run'), '--out', at('run.html')], () =>
    statSync(at('run.html')).size > 10_000 ? [] : ['run.html is short'],
  );
  await open('training run, killed', ['train', '--resume', at('run-cut'), ...quiet], () =>
    differences(at('run'), at('run-cut'), /^(?:metrics|eval\/)/),
  );
}

async function requests(): Promise<void> {
  const request = at('request.json');
  const least = ['--anyway', '--samples', '10', '--least-samples', '1', ...quiet];
  await make('data', 'diagnose', at('evaluation'), ...least, '--out', request);
  await open('evaluation, diagnosed', ['data', 'diagnose', at('evaluation'), ...least]);
  const base = ['--base', at('quickstart'), '--out', at('next'), ...quiet];
  await open('data request', ['data', 'build', '--request', request, ...base]);
}

try {
  mkdirSync(folder, { recursive: true });
  for (const part of [datasets, corpora, llmTracks, evaluations, runs, requests]) await part();
  process.stdout.write(`\n${textTable([['', 'made by the older version', 'this version'], ...rows], [0, 1, 2])}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
