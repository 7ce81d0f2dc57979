/**
 * @file Mistakes that people make in their first hour, and what they see: the last line names the cause and the way out. The table below is the
 * screens; `DIR` stands for the folder of the test, `URL` for the address of a server.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../src/cli/main.ts';
import { findRuntime } from '../src/engine/local/runtime/find-runtime.ts';
import { writeDataset } from '../src/samples/write-dataset.ts';
import { writeChainPolicy } from './chain-policy.ts';
import { makeSuite } from './evaluation/make-suite.ts';
import { fakeSamples } from './fake-policy.ts';

/** A mistake: the command line that it is made on, its exit code, and the last line of the screen. */
interface Mistake {
  readonly name: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly last: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Not asked of here: what it needs is missing. */
  readonly without?: boolean;
}

const evaluation = ['eval', 'run', 'aime-2024', '--data', 'DIR/suite', '--out', 'DIR/evaluated'];

const mistakes: readonly Mistake[] = [
  {
    name: 'wrong path',
    args: ['data', 'build', '--docs', 'DIR/tetxs', '--out', 'DIR/out'],
    code: 1,
    last: 'error: DIR/tetxs: there is no such file or folder. Check the path and its permissions.',
  },
  {
    name: 'a configuration that is not there',
    args: ['train', 'DIR/nowhere.yaml'],
    code: 1,
    last: 'error: Cannot read DIR/nowhere.yaml: there is no such file. Check the path, or have one written: golongrl init',
  },
  {
    name: 'wrong key',
    args: [...evaluation, '--model', 'small', '--url', 'URL'],
    environment: { OPENAI_API_KEY: 'wrong' },
    code: 1,
    last: 'error: --url: URL: 401, the key is refused: Incorrect API key provided; the key was that of OPENAI_API_KEY. Put the right key into OPENAI_API_KEY.',
  },
  {
    name: 'wrong model name',
    args: [...evaluation, '--model', 'large', '--url', 'URL'],
    environment: { OPENAI_API_KEY: 'right' },
    code: 1,
    last: 'error: --url: URL: 404, model large is not there: The model does not exist; it offers small. Name a model that it offers.',
  },
  {
    name: 'a policy that is nowhere',
    args: ['train', 'DIR/train.yaml', '--model', 'Quen3-4B'],
    code: 1,
    last: 'error: model: got "Quen3-4B", but DIR/Quen3-4B is missing. A policy is a model folder, a GGUF file, an adapter folder or owner/name on the hub; "micro" is the one that comes with golongrl.',
  },
  {
    name: 'server down',
    args: [...evaluation, '--model', 'small', '--url', 'http://127.0.0.1:9/v1'],
    code: 1,
    last: 'error: --url: http://127.0.0.1:9/v1: the connection is refused, no server listens there (ECONNREFUSED). Start the server there, or correct the address.',
  },
  {
    name: 'empty folder',
    args: ['data', 'build', '--docs', 'DIR/empty', '--out', 'DIR/out'],
    code: 1,
    last: 'error: DIR/empty: holds no document, expected files of txt, md, rst, html, jsonl, json, csv, tsv, parquet, epub, pdf, docx, xlsx, pptx, odt, ods, rtf, tex, vtt, srt, eml. Give another folder, or one file.',
  },
  {
    name: 'typo in a configuration',
    args: ['train', 'DIR/typo.yaml'],
    code: 2,
    last: 'error: DIR/typo.yaml:4:9 advantage.type: got "tmn-rewieght", expected grpo | dr-grpo | qwenlong | tmn | tmn-reweight | rloo | maxrl. Did you mean "tmn-reweight"?',
  },
  {
    name: 'context too small',
    args: ['train', 'DIR/long.yaml', '--out', 'DIR/runs/long'],
    code: 1,
    last: 'error: Every training prompt is longer than 1424 tokens, which is what the context of the policy, rollout.maxTokens and data.maxPromptTokens leave. Build shorter prompts (data build --lengths), lower rollout.maxTokens, or choose another data.rendering or policy.',
    without: findRuntime() === undefined,
  },
  {
    name: 'wrong column',
    args: ['score', 'DIR/rows.jsonl', '--workers', '0', '--out', 'DIR/scores.jsonl'],
    code: 3,
    last: 'error: 2 of 2 rows have no result, the first: DIR/rows.jsonl:1: solution_str: expected a string; the row has data_source, completion. The output holds a row for each; mend the rows and run it again.',
  },
  {
    name: 'wrong column of a dataset',
    args: ['data', 'import', 'DIR/table.csv', '--out', 'DIR/imported'],
    code: 1,
    last: 'error: none of 1 rows can be used; table.csv#2: field-missing: no fit data_source, prompt, reward_model among its columns question, reply. Say where question, answer and context stand: --mapping FILE (docs/construction.md).',
  },
  {
    name: 'an old run in the way',
    args: ['train', 'DIR/train.yaml', '--out', 'DIR/old'],
    code: 2,
    last: 'error: --out DIR/old: this run already exists; nothing was changed. Add --resume to continue it, --overwrite to start it anew, or choose another --out.',
  },
  {
    name: 'no space',
    args: ['schema', 'train', '--dir', 'DIR/full'],
    code: 1,
    last: 'error: Cannot write DIR/full/train.json: no space left on the device (ENOSPC). Free some space, then run the same command with --resume, or --overwrite where it takes no --resume: what was complete is kept.',
    without: !existsSync('/dev/full'),
  },
  {
    name: 'a flag that there is not',
    args: ['quickstart', '--estimater', 'grpo'],
    code: 2,
    last: '(Did you mean --estimator?)',
  },
];

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-mistakes-'));
let server: Server;
let url: string;

/** Knows one key and one model. */
function startServer(): Promise<Server> {
  const replies = createServer((request, response) => {
    const refused = request.headers.authorization !== 'Bearer right';
    const list = request.url?.endsWith('/models') === true;
    const body = refused
      ? { error: { message: 'Incorrect API key provided' } }
      : list
        ? { data: [{ id: 'small' }] }
        : { error: { message: 'The model does not exist' } };
    request.resume();
    response.writeHead(refused ? 401 : list ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  return new Promise((resolve) => replies.listen(0, '127.0.0.1', () => resolve(replies)));
}

beforeAll(async () => {
  const at = (name: string): string => path.join(folder, name);
  server = await startServer();
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  await makeSuite(at('suite'), { items: 2, characters: 2000 });
  for (const name of ['empty', 'full', 'old/eval']) mkdirSync(at(name), { recursive: true });
  const long = fakeSamples(4).map((sample, i) => ({ ...sample, prompt: `${'word '.repeat(3000)}${i}`, tokens: 4000 }));
  await writeDataset(at('dataset'), long, { seed: 1, tokenizer: 'estimate' });
  await rename(await writeChainPolicy(), at('policy'));
  const train = 'model: policy\npreset: micro\ndata: { train: dataset/native/train.jsonl }\n';
  writeFileSync(at('train.yaml'), train);
  writeFileSync(at('long.yaml'), train);
  writeFileSync(
    at('typo.yaml'),
    'model: micro\ndata: { train: dataset/native/train.jsonl }\nadvantage:\n  type: tmn-rewieght\n',
  );
  writeFileSync(at('old/run.json'), '{"schemaVersion":1,"kind":"train","status":"done","versions":{},"facts":{}}');
  writeFileSync(at('rows.jsonl'), '{"data_source":"x","completion":"a"}\n{"data_source":"x","completion":"b"}\n');
  writeFileSync(at('table.csv'), 'question,reply\nWho?,Anna\n');
  // Every write to this device finds it full.
  if (existsSync('/dev/full')) symlinkSync('/dev/full', at('full/train.json.partial'));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const placed = (text: string): string => text.replaceAll('DIR', folder).replaceAll('URL', url);
const shown = (text: string): string => text.replaceAll(folder, 'DIR').replaceAll(url, 'URL');
const lastLine = (screen: string): string => screen.trimEnd().split('\n').at(-1) ?? '';

test.for(mistakes.filter(({ without }) => without !== true))(
  '$name: the last line names the cause and the way out',
  async ({ args, code, last, environment = {} }) => {
    const kept = Object.fromEntries(Object.keys(environment).map((name) => [name, process.env[name]]));
    Object.assign(process.env, environment);
    const screen: string[] = [];
    const terminal = { out: () => undefined, err: (text: string) => void screen.push(text), columns: undefined };
    try {
      const result = await runCommand(args.map(placed), terminal);
      expect({ code: result, last: lastLine(shown(screen.join(''))) }).toEqual({ code, last });
    } finally {
      for (const [name, value] of Object.entries(kept))
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    }
  },
);

test('what was refused has left nothing that the next try would meet', () => {
  expect(readdirSync(folder)).not.toEqual(expect.arrayContaining(['out']));
  expect(existsSync(path.join(folder, 'runs'))).toBe(false);
  expect(existsSync(path.join(folder, 'imported'))).toBe(false);
});

/** The command line in a process of its own; `onText` may send it signals. */
function inProcess(
  args: readonly string[],
  environment: Record<string, string>,
  onText: (text: string, kill: () => void) => void,
) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/run-cli.ts', ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let screen = '';
  child.stderr.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    onText(screen, () => child.kill('SIGINT'));
  });
  return new Promise<{ code: number | null; screen: string }>((resolve) => {
    child.on('exit', (code) => resolve({ code, screen }));
  });
}

test('Ctrl-C twice: the last line says what is kept and how to go on', { tags: ['long'] }, async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()));
  const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/v1`;
  const out = path.join(folder, 'silent');
  let sent = 0;
  const { code, screen } = await inProcess(
    ['eval', 'run', 'aime-2024', '--data', path.join(folder, 'suite'), '--model', 'm', '--url', address, '--out', out],
    {},
    (text, kill) => {
      if (sent === 0 && text.includes('Asking')) sent = 1;
      else if (sent === 1 && text.includes('Ctrl-C again')) sent = 2;
      else return;
      kill();
    },
  );
  silent.closeAllConnections();
  silent.close();
  expect(code).toBe(130);
  // The first one may have ended it before the second arrives.
  expect(lastLine(screen)).toMatch(/(?:kept|saved)\. Continue with: golongrl eval run --resume /);
  expect(lastLine(screen).endsWith(out)).toBe(true);
});

test('missing package: without the engine and a registry the last line says what it needs', {
  tags: ['long'],
}, async () => {
  const { code, screen } = await inProcess(
    ['engine', 'install'],
    {
      GOLONGRL_ENGINE_DIR: path.join(folder, 'no-engine'),
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_fetch_retries: '0',
    },
    () => undefined,
  );
  expect(code).toBe(1);
  expect(screen).toContain('error: The embedded engine could not be installed: npm ended with exit code');
  expect(lastLine(screen)).toMatch(/^It needs npm on the PATH and its registry once\./);
});
