import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { protoText, readProto } from '../protobuf.ts';
import { openRunDirectory, type RunDirectory } from '../runs/run-directory.ts';
import { RunFollower, scalarsOf } from './follow-run.ts';
import { mlflow, mlflowOptions } from './mlflow.ts';
import { tensorboard } from './tensorboard.ts';

let folder: string;
let run: RunDirectory;

/** A run of two steps with one group of rollouts each. */
async function writeStep(step: number): Promise<void> {
  await run.appendMetrics({ step, reward: step / 10, loss: null, tasks: { T1: { passRate: 0.5 } } });
  await run.appendTimings({ step, total: 2 });
  const rollouts = [{ text: 'Thinking.\n[Answer]\nMali | Chad', score: 1, advantage: 0.5, tokens: 7 }];
  await run.writeRollouts(step, [{ sample: `s${step}`, task: 'T1', gold: ['Mali'], rollouts }]);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trackers-'));
  ({ run } = await openRunDirectory({ path: join(folder, 'a-run'), kind: 'train', versions: {} }));
  await run.writeConfig('steps: 3\nrollout:\n  group: 8\n');
  await writeStep(1);
  await writeStep(2);
});
afterEach(() => rm(folder, { recursive: true }));

/** The events of TensorBoard in a file: step, scalars by tag, texts by tag. */
async function readEvents() {
  const [name = ''] = await readdir(run.file('tensorboard'));
  const bytes = new Uint8Array(await readFile(run.file('tensorboard', name)));
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const events: { step: number; scalars: Record<string, number>; texts: Record<string, string> }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    const found = { step: 0, scalars: {} as Record<string, number>, texts: {} as Record<string, string> };
    for (const field of readProto(bytes.subarray(at + 12, at + 12 + length))) {
      if (field.field === 2) found.step = field.number;
      if (field.field !== 5) continue;
      for (const value of readProto(field.bytes)) {
        const parts = new Map([...readProto(value.bytes)].map((part) => [part.field, part]));
        const tag = protoText(parts.get(1)?.bytes ?? new Uint8Array());
        const tensor = parts.get(8);
        if (tensor === undefined) found.scalars[tag] = parts.get(2)?.number ?? Number.NaN;
        else for (const part of readProto(tensor.bytes)) if (part.field === 8) found.texts[tag] = protoText(part.bytes);
      }
    }
    events.push(found);
    at += length + 16;
  }
  return events;
}

test('numbers are told by their path, and what is no finite number is left out', () => {
  const line = { step: 4, reward: 0.5, loss: null, kl: Number.NaN, tasks: { 'T1 EM': { passRate: 1 } }, kind: 'x' };
  expect(scalarsOf(line)).toEqual({ reward: 0.5, 'tasks/T1 EM/passRate': 1 });
});

test('TensorBoard gets each step once with its numbers and seconds, settings and rollouts, and anew when a run goes on', async () => {
  const follow = () => new RunFollower(run, [{ name: 'tensorboard', tracker: tensorboard() }], expect.unreachable);
  const first = follow();
  await first.sync();
  await writeStep(3);
  await first.end();
  await follow().end();
  const events = await readEvents();
  expect(events.filter(({ scalars }) => 'reward' in scalars).map(({ step }) => step)).toEqual([1, 2, 3]);
  const third = events.find(({ step, scalars }) => step === 3 && 'reward' in scalars);
  expect(third?.scalars).toEqual({ reward: expect.closeTo(0.3), 'tasks/T1/passRate': 0.5, 'seconds/total': 2 });
  const texts = Object.assign({}, ...events.map((event) => event.texts));
  expect(texts.settings).toContain('- rollout.group: `8`');
  expect(texts.rollouts).toContain(
    '| T1 | 1.000 | 0.500 | 7 | ["Mali"] | Thinking.<br>[Answer]<br>Mali \\| Chad | s3 |',
  );
});

test('what was read is not read again; where the run went back, its new steps arrive', async () => {
  const sent: number[] = [];
  const tracker = {
    begin: async () => 0,
    scalars: async (step: number) => void sent.push(step),
    rollouts: async () => undefined,
    end: async () => undefined,
  };
  const notices: string[] = [];
  const follower = new RunFollower(run, [{ name: 'none', tracker }], (text) => notices.push(text));
  await follower.sync();
  // Nobody comes back to these bytes.
  const lines = await readFile(run.file('metrics.jsonl'), 'utf8');
  await writeFile(run.file('metrics.jsonl'), lines.replaceAll(/[^\n]/g, 'x'));
  await writeStep(3);
  await follower.sync();
  expect([sent, notices]).toEqual([[1, 2, 3], []]);
  await writeFile(run.file('metrics.jsonl'), lines);
  await run.rollBack(1);
  await writeStep(2);
  for (const step of [3, 4]) await writeStep(step);
  await follower.end();
  expect([sent, notices]).toEqual([[1, 2, 3, 4], []]);
});

test('a tracker that is away is told of once, stops nothing, and gets everything when it is back', async () => {
  const requests: { url: string; body: { metrics?: { key: string; step: number }[] } }[] = [];
  let away = true;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    if (away) return void response.writeHead(503).end('{"message": "down for a moment"}');
    requests.push({ url: request.url ?? '', body: text === '' ? {} : JSON.parse(text) });
    const info = { run_id: 'r1', artifact_uri: 'mlflow-artifacts:/4/r1/artifacts' };
    response.end(JSON.stringify({ experiment: { experiment_id: '4' }, run: { info, data: {} } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  try {
    const options = mlflowOptions({
      MLFLOW_TRACKING_URI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    });
    const notices: string[] = [];
    const follower = new RunFollower(run, [{ name: 'mlflow', tracker: mlflow(options) }], (text) => notices.push(text));
    await follower.sync();
    await follower.sync();
    expect(notices).toEqual([expect.stringMatching(/^mlflow: .*status 503.*down for a moment.*--report-to mlflow/s)]);
    away = false;
    await follower.end();
  } finally {
    server.close();
  }
  const metrics = requests.flatMap(({ body }) => body.metrics ?? []).filter(({ key }) => key === 'reward');
  expect(metrics.map(({ step }) => step)).toEqual([1, 2]);
  expect(requests.map(({ url }) => url)).toContain(
    '/api/2.0/mlflow-artifacts/artifacts/4/r1/artifacts/rollouts/step-000001.json',
  );
});

test('without an address the MLflow tracker says which variable names it', () => {
  expect(() => mlflowOptions({})).toThrow(/got no address/);
});
