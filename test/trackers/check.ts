/**
 * @file `npm run check:trackers -- --python PY`: the curves of a run as the trackers themselves read them: TensorBoard's own event reader,
 * an MLflow and a Trackio server that are started here. PY is a Python with `tensorboard`, `mlflow` and `trackio`; `--only trackio` needs it alone.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../../integrations/skyrl/server.ts';
import { openRunDirectory } from '../../src/runs/run-directory.ts';
import { RunFollower } from '../../src/trackers/follow-run.ts';
import { type TrackerName, trackerNames } from '../../src/trackers/names.ts';
import { openTracker } from '../../src/trackers/registry.ts';

const readTensorboard = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "tensors": 0})
events.Reload()
tags = events.Tags()
print(json.dumps({
    "reward": [[e.step, round(e.value, 6)] for e in events.Scalars("reward")],
    "task": [[e.step, round(e.value, 6)] for e in events.Scalars("tasks/T1 EM/passRate")],
    "texts": {tag: [e.tensor_proto.string_val[0].decode() for e in events.Tensors(tag)] for tag in tags["tensors"]},
}))
`;
const readMlflow = `
import json, sys
import mlflow
client = mlflow.MlflowClient(sys.argv[1])
experiment = client.get_experiment_by_name("golongrl")
run = client.search_runs([experiment.experiment_id])[0]
history = lambda key: [[m.step, round(m.value, 6)] for m in client.get_metric_history(run.info.run_id, key)]
mlflow.set_tracking_uri(sys.argv[1])
print(json.dumps({
    "reward": history("reward"), "task": history("tasks/T1 EM/passRate"), "status": run.info.status,
    "parameters": run.data.params, "artifacts": [a.path for a in client.list_artifacts(run.info.run_id, "rollouts")],
}))
`;

const readTrackio = `
import json, os, sys
import httpx
ask = lambda name, **values: httpx.post(f"{sys.argv[1]}/api/{name}", json=values).json()["data"]
project = {"project": "golongrl"}
runs = ask("get_runs_for_project", **project)
run = {**project, "run": runs[0]["name"], "run_id": runs[0]["id"]}
values = lambda key: [[v["step"], round(v["value"], 6)] for v in ask("get_metric_values", **run, metric_name=key)]
tables = [log["rollouts"]["_value"] for log in ask("get_logs", **run) if "rollouts" in log]
print(json.dumps({
    "runs": len(runs), "reward": values("reward"), "task": values("tasks/T1 EM/passRate"),
    "config": ask("get_run_summary", **run)["config"], "tables": [table[0]["response"] for table in tables],
}))
`;

/** Waits until a server answers at all. */
async function answers(url: string, request: RequestInit = {}): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    const up = await fetch(url, request).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await sleep(500);
  }
  throw new Error(`${url} does not answer within two minutes`);
}

async function startTrackio(python: string, folder: string): Promise<{ url: string; server: ChildProcess }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const show = `import trackio; trackio.show(open_browser=False, block_thread=True, server_port=${port})`;
  const env = { ...process.env, TRACKIO_DIR: join(folder, 'trackio'), TRACKIO_WRITE_TOKEN: 'a token' };
  const server = spawn(python, ['-c', show], { stdio: 'ignore', cwd: folder, detached: true, env });
  await answers(`${url}/api/get_all_projects`, { method: 'POST', body: '{}' });
  return { url, server };
}

async function startMlflow(python: string, folder: string): Promise<{ url: string; server: ChildProcess }> {
  const port = await freePort();
  const store = ['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`];
  const args = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1', ...store];
  const artifacts = ['--artifacts-destination', join(folder, 'artifacts')];
  const server = spawn(python, [...args, ...artifacts], { stdio: 'ignore', cwd: folder, detached: true });
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/health`);
  return { url, server };
}

/** A tracker, and what is to hold of what it has got. */
type Checked = readonly [what: string, holds: boolean];

const rewards = [1, 2, 3, 4].map((step) => [step, step / 8]);
const rates = [1, 2, 3, 4].map((step) => [step, Number((1 / step).toFixed(6))]);
const same = (found: unknown, expected: unknown): boolean => JSON.stringify(found) === JSON.stringify(expected);

/** Reads what a tracker holds by its own means: the script's JSON of an address or a folder. */
type Read = (script: string, place: string) => ReturnType<typeof JSON.parse>;

const checks: Readonly<Record<TrackerName, (read: Read, place: string) => Checked[]>> = {
  tensorboard: (read, folder) => {
    const board = read(readTensorboard, folder);
    return [
      ['TensorBoard: reward by step', same(board.reward, rewards)],
      ['TensorBoard: a task by step', same(board.task, rates)],
      [
        'TensorBoard: settings and rollouts as text',
        /group/.test(board.texts.settings) && /Mali 4/.test(board.texts.rollouts.at(-1)),
      ],
    ];
  },
  mlflow: (read, url) => {
    const server = read(readMlflow, url);
    return [
      ['MLflow: reward by step, none twice', same(server.reward, rewards)],
      ['MLflow: a task by step', same(server.task, rates)],
      ['MLflow: state and parameters', server.status === 'FINISHED' && server.parameters['rollout.group'] === '8'],
      ['MLflow: tables of rollouts', server.artifacts.length === 4],
    ];
  },
  trackio: (read, url) => {
    const server = read(readTrackio, url);
    return [
      ['Trackio: one run, reward by step, none twice', server.runs === 1 && same(server.reward, rewards)],
      ['Trackio: a task by step', same(server.task, rates)],
      ['Trackio: the configuration', server.config?.['rollout.group'] === '8'],
      ['Trackio: tables of rollouts', same(server.tables.length, 4) && /Mali 4/.test(server.tables.at(-1))],
    ];
  },
};

/** A run of four steps, followed by one process after the second and by another at its end. */
async function followedRun(folder: string, names: readonly TrackerName[], onNotice: (text: string) => void) {
  const { run } = await openRunDirectory({ path: join(folder, 'a-run'), kind: 'train', versions: {} });
  await run.writeConfig('model: micro\nsteps: 4\nrollout:\n  group: 8\n');
  const follow = () =>
    new RunFollower(
      run,
      names.map((name) => ({ name, tracker: openTracker(name) })),
      onNotice,
    );
  const write = async (step: number) => {
    await run.appendMetrics({ step, reward: step / 8, tasks: { 'T1 EM': { passRate: 1 / step } } });
    const rollouts = [{ text: `[Answer]\nMali ${step}`, score: 1, advantage: 0.5, tokens: 7 }];
    await run.writeRollouts(step, [{ sample: 's', task: 'T1', gold: ['Mali'], rollouts }]);
  };
  await write(1);
  await write(2);
  await follow().sync();
  await write(3);
  await write(4);
  await run.update({ status: 'done' });
  await follow().end();
  return run;
}

async function main(): Promise<void> {
  const options = { python: { type: 'string' }, only: { type: 'string' } } as const;
  const { python = 'python3', only } = parseArgs({ options }).values;
  const names = trackerNames.filter((name) => only === undefined || name === only);
  const folder = await mkdtemp(join(tmpdir(), 'check-trackers-'));
  const read: Read = (script, place) => JSON.parse(execFileSync(python, ['-c', script, place], { encoding: 'utf8' }));
  const servers: ChildProcess[] = [];
  const started = async (name: TrackerName, start: typeof startMlflow): Promise<string> => {
    if (!names.includes(name)) return '';
    const { url, server } = await start(python, folder);
    servers.push(server);
    return url;
  };
  try {
    const urls = { mlflow: await started('mlflow', startMlflow), trackio: await started('trackio', startTrackio) };
    process.env.MLFLOW_TRACKING_URI = urls.mlflow;
    process.env.TRACKIO_SERVER_URL = `${urls.trackio}?write_token=a%20token`;
    const notices: string[] = [];
    const run = await followedRun(folder, names, (text) => notices.push(text));
    const places = { ...urls, tensorboard: run.file('tensorboard') };
    const found: Checked[] = [
      ['no notice', notices.length === 0],
      ...names.flatMap((name) => checks[name](read, places[name])),
    ];
    for (const [what, holds] of found) console.log(`${holds ? 'yes' : 'NO '}  ${what}`);
    for (const notice of notices) console.log(notice);
    if (found.some(([, holds]) => !holds)) process.exitCode = 1;
  } finally {
    for (const { pid } of servers) if (pid !== undefined) process.kill(-pid);
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
