/**
 * @file End to end, through the command line, with the real corpus, the real engine and a policy of a few thousand
 * parameters: files, results, reproducibility, kill and resume, and what bad input gets.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../src/cli/main.ts';
import { taskIds } from '../src/tasks/task.ts';
import { writeChainPolicy } from './chain-policy.ts';

let directory: string;
let policy: string;

interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** Runs a command line in this process. */
async function golongrl(...args: string[]): Promise<Outcome> {
  const outcome = { code: 0, out: '', err: '' };
  const out = (text: string) => {
    outcome.out += text;
  };
  const err = (text: string) => {
    outcome.err += text;
  };
  outcome.code = await runCommand(args, { out, err, columns: undefined });
  return outcome;
}

const read = (...names: string[]) => readFile(join(directory, ...names), 'utf8');
const smallRun = ['--limit', '45', '--steps', '3', '--seed', '5'];

let first: Outcome;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-quickstart-'));
  policy = await writeChainPolicy();
  first = await golongrl(
    'quickstart',
    '--model',
    policy,
    '--out',
    join(directory, 'a'),
    '--format',
    'json',
    ...smallRun,
  );
  await writeFile(join(directory, 'train.yaml'), trainConfig);
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
  await rm(dirname(policy), { recursive: true, force: true });
});

/** Enough steps that a kill falls in the middle; dynamic sampling is bounded, as only guesses differ here. */
const trainConfig = `
model: policy
data: { train: a/dataset/native/train.jsonl, rendering: short, tasks: [T2, T4] }
steps: 30
rollout: { prompts: 3, group: 6, maxTokens: 8 }
dynamicSampling: { draw: 2, maxDraws: 2 }
optimizer: { learningRate: 1e-3 }
checkpoint: { every: 4 }
`;

test('the quickstart prints one JSON object on its last line and leaves a complete run', async () => {
  expect(first.err).not.toContain('error');
  expect(first.code).toBe(0);
  const result = JSON.parse(first.out.trimEnd().split('\n').at(-1) ?? '');
  expect(Object.keys(result)).toEqual([
    ...['tasks', 'mean', 'up', 'down', 'greedy', 'lengths', 'floors', 'seconds', 'time', 'limit', 'plan'],
    ...['peakRssMb', 'dataset', 'report'],
  ]);
  expect(Object.keys(result.tasks)).toEqual([...taskIds]);
  expect(Object.keys(result.tasks.T1)).toEqual([
    ...['before', 'after', 'ci95', 'questions', 'floor', 'beyondFloor', 'underFloor'],
  ]);
  expect(Object.keys(result.floors)).toEqual([...taskIds]);
  expect(Object.keys(result.mean)).toEqual(['before', 'after', 'ci95', 'questions', 'floor', 'beyondFloor']);
  // The row that lies beyond training is a part of its bin.
  const bins = (result.lengths as { name: string; sampled: { questions: number } }[]).filter(
    ({ name }) => !/^over \d+(,\d+)?$/.test(name),
  );
  expect(bins.reduce((sum, { sampled }) => sum + sampled.questions, 0)).toBe(45);
  expect(result.plan).toMatchObject({ steps: 3, asked: 3, total: { planned: expect.any(Number) } });
  expect(Object.keys(result.dataset.byTask).sort()).toEqual([...taskIds]);
  expect(result.mean.ci95).toHaveLength(2);
  const run = await readdir(join(directory, 'a'));
  for (const name of [
    'config.yaml',
    'run.json',
    'metrics.jsonl',
    'checkpoints.jsonl',
    'prompts',
    'rollouts',
    'eval',
    'dataset',
    'report.html',
  ]) {
    expect(run).toContain(name);
  }
  expect((await read('a', 'metrics.jsonl')).trim().split('\n')).toHaveLength(3);
  expect((await stat(result.report)).size).toBeLessThan(5_000_000);
  expect(JSON.parse(await read('a', 'run.json')).status).toBe('done');
});

test('the same seed gives the same dataset, metrics and scores, byte for byte', { tags: ['long'] }, async () => {
  await golongrl('quickstart', '--model', policy, '--out', join(directory, 'b'), '--format', 'quiet', ...smallRun);
  for (const file of [
    'dataset/manifest.json',
    'dataset/native/train.jsonl',
    'metrics.jsonl',
    'eval/after-sampled.jsonl',
    'rollouts/step-000003.jsonl',
  ]) {
    expect((await read('b', file)) === (await read('a', file)), file).toBe(true);
  }
});

test('the terminal, the JSON and the report say the same figures', async () => {
  const json = JSON.parse(first.out.trimEnd().split('\n').at(-1) ?? '');
  const human = await golongrl('quickstart', '--resume', join(directory, 'a'));
  const page = await read('a', 'report.html');
  for (const [task, { before, after, floor }] of Object.entries(json.tasks as Record<string, Record<string, number>>)) {
    const figures = [floor, before, after].map((value) => value?.toFixed(3));
    expect(human.out).toMatch(new RegExp(`^${task} \\w+ +\\d+ +${figures.join(' +')}`, 'm'));
    const cells = `<td>${figures[1]}</td><td>${figures[2]}</td><td[^>]*>[^<]*</td><td>${figures[0]}</td>`;
    expect(page).toMatch(new RegExp(`<tr><td>${task}  [^<]*</td><td>[^<]*</td>${cells}`));
  }
  for (const { name, sampled } of json.lengths) {
    expect(human.out).toMatch(new RegExp(`^${name}.* ${sampled.before.toFixed(3)} +${sampled.after.toFixed(3)}`, 'm'));
    expect(page).toMatch(
      new RegExp(`<td>${name}[^<]*</td><td>${sampled.questions}</td><td>${sampled.before.toFixed(3)}<`),
    );
  }
});

test('a finished quickstart resumes to its result without doing anything again', async () => {
  const before = await read('a', 'metrics.jsonl');
  const again = await golongrl('quickstart', '--resume', join(directory, 'a'), '--format', 'json');
  const [then, now] = [first, again].map(({ out }) => JSON.parse(out.trimEnd()));
  expect([now.tasks, now.mean]).toEqual([then.tasks, then.mean]);
  expect(await read('a', 'metrics.jsonl')).toBe(before);
});

const entry = fileURLToPath(new URL('./run-cli.ts', import.meta.url));
const startChild = (...args: string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', entry, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });

/** Waits until the metrics hold `steps` lines. */
async function untilStep(run: string, steps: number, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 60_000 && child.exitCode === null; waited += 10) {
    const text = await read(run, 'metrics.jsonl').catch(() => '');
    if (text.split('\n').length > steps) return;
    await sleep(10);
  }
  throw new Error(`the child never reached step ${steps}`);
}

const exit = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));

test('a training run killed in the middle, and one interrupted, end like the unbroken one', {
  tags: ['long'],
}, async () => {
  await cp(policy, join(directory, 'policy'), { recursive: true });
  const config = join(directory, 'train.yaml');
  const whole = await golongrl('train', config, '--out', join(directory, 'whole'), '--format', 'quiet');
  expect(whole.err).toBe('');
  const metrics = await read('whole', 'metrics.jsonl');
  expect(metrics.trim().split('\n')).toHaveLength(30);
  // Without a gradient the comparison would prove nothing.
  expect(metrics).toMatch(/"gradientNorm":0\.\d*[1-9]/);

  const killed = startChild('train', config, '--out', join(directory, 'killed'));
  await untilStep('killed', 6, killed);
  killed.kill('SIGKILL');
  await exit(killed);
  expect((await read('killed', 'metrics.jsonl')).trim().split('\n').length).toBeLessThan(30);

  const interrupted = startChild('train', config, '--out', join(directory, 'interrupted'));
  let said = '';
  interrupted.stderr?.on('data', (chunk) => (said += chunk));
  await untilStep('interrupted', 6, interrupted);
  interrupted.kill('SIGINT');
  expect(await exit(interrupted)).toBe(130);
  expect(said).toContain(`golongrl train --resume ${join(directory, 'interrupted')}`);

  for (const run of ['killed', 'interrupted']) {
    const resumed = await golongrl('train', '--resume', join(directory, run), '--format', 'quiet');
    expect(resumed.code).toBe(0);
    expect(await read(run, 'metrics.jsonl')).toBe(metrics);
    const weights = join('checkpoints', 'step-000030', 'model.safetensors');
    expect(
      (await readFile(join(directory, run, weights))).equals(await readFile(join(directory, 'whole', weights))),
    ).toBe(true);
  }
});

test('a corrupt checkpoint is named and resuming goes on from the one before', { tags: ['long'] }, async () => {
  await cp(join(directory, 'whole'), join(directory, 'corrupt'), { recursive: true });
  const newest = join(directory, 'corrupt', 'checkpoints', 'step-000030');
  await writeFile(join(newest, 'model.safetensors'), 'not weights');
  const failed = await golongrl('train', '--resume', join(directory, 'corrupt'));
  expect(failed.code).toBe(1);
  expect(failed.err).toContain(newest);
  expect(failed.err).toContain('continues from step 28');
  await rm(newest, { recursive: true });
  expect((await golongrl('train', '--resume', join(directory, 'corrupt'), '--format', 'quiet')).code).toBe(0);
  expect(await read('corrupt', 'metrics.jsonl')).toBe(await read('whole', 'metrics.jsonl'));
});

test('an existing run is left alone unless a flag says otherwise', async () => {
  const before = await read('a', 'run.json');
  const refused = await golongrl('quickstart', '--model', policy, '--out', join(directory, 'a'));
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('--resume');
  expect(await read('a', 'run.json')).toBe(before);
});

test.each([
  [['quikstart'], 2, 'Did you mean quickstart'],
  [['quickstart', '--estimator', 'tnm'], 2, 'Did you mean "tmn"'],
  [['quickstart', '--steps', 'many'], 2, '--steps: got "many"'],
  [['quickstart', '--resume', 'x', '--overwrite'], 2, 'contradict'],
  [['quickstart', '--control', 'shuffled'], 2, '--control: got "shuffled"'],
  [['quickstart', '--resume', 'x', '--long'], 2, 'takes the configuration of the run'],
  [['quickstart', '--resume', 'x', '--seed', '3'], 2, 'takes the configuration of the run'],
  [['quickstart', '--model', '/nowhere'], 1, '/nowhere is missing'],
  [['train'], 2, 'got no configuration'],
  [['train', '/nowhere.yaml'], 1, 'there is no such file'],
  [['report', '/nowhere'], 1, '/nowhere/run.json'],
] as const)('%j exits with %i', async (args, code, message) => {
  const outcome = await golongrl(...args);
  expect(outcome.err).toContain(message);
  expect(outcome.err).not.toContain('    at ');
  expect(outcome.code).toBe(code);
});

test('a wrong task or estimator in a configuration is named with its place', async () => {
  const file = join(directory, 'wrong.yaml');
  await writeFile(file, 'model: policy\ndata:\n  train: t.jsonl\n  tasks: [T1, T12]\n');
  const outcome = await golongrl('train', file);
  expect(outcome.err).toMatch(/wrong\.yaml:4:15 data\.tasks\.1: got "T12", expected T1 \| .*Did you mean "T1"/);
  expect(outcome.code).toBe(2);
});

test('help and version are no failures', async () => {
  expect(await golongrl('--help')).toMatchObject({ code: 0, out: expect.stringContaining('golongrl quickstart') });
  expect(await golongrl('quickstart', '--help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('--estimator'),
  });
  expect((await golongrl('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('a dry run shows the configuration and writes nothing', async () => {
  const out = join(directory, 'dry');
  const outcome = await golongrl('quickstart', '--dry-run', '--out', out, '--steps', '7');
  expect(outcome.out).toContain('steps: 7');
  expect(outcome.out).not.toContain('control');
  const control = await golongrl('quickstart', '--dry-run', '--out', out, '--control', 'shuffled-rewards');
  expect(control.out).toContain('control: shuffled-rewards');
  const long = await golongrl('quickstart', '--dry-run', '--out', out, '--long');
  expect(long.out).toMatch(/1620 held-out[\s\S]*samplesPerTask: 180/);
  expect(existsSync(out)).toBe(false);
});

test('an old Node gets one sentence and no stack', async () => {
  const launcher = await readFile(fileURLToPath(new URL('../bin/golongrl.js', import.meta.url)), 'utf8');
  const file = join(directory, 'launcher.mjs');
  // The launcher as an old Node would see it.
  await writeFile(
    file,
    `Object.defineProperty(process, 'versions', { value: { node: '18.20.0' } });\n${launcher.replace(/^#!.*\n/, '')}`,
  );
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  expect(await exit(child)).toBe(1);
  expect(said).toMatch(/^golongrl needs Node 20\.19 or newer, this is 18\.20\.0\..*\n$/);
});
