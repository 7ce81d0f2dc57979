/**
 * @file `npm run check:trackers -- --python PY`: the curves of a run as the trackers themselves read them: TensorBoard's own event reader,
 * and an MLflow server that is started here. PY is a Python with `tensorboard` and `mlflow`.
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

async function startMlflow(python: string, folder: string): Promise<{ url: string; server: ChildProcess }> {
  const port = await freePort();
  const store = ['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`];
  const args = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1', ...store];
  const artifacts = ['--artifacts-destination', join(folder, 'artifacts')];
  const server = spawn(python, [...args, ...artifacts], { stdio: 'ignore', cwd: folder, detached: true });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 240; tries++) {
    const up = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return { url, server };
    await sleep(500);
  }
  throw new Error('mlflow server does not answer within two minutes');
}

async function main(): Promise<void> {
  const { python = 'python3' } = parseArgs({ options: { python: { type: 'string' } } }).values;
  const folder = await mkdtemp(join(tmpdir(), 'check-trackers-'));
  const run = (script: string, argument: string) =>
    JSON.parse(execFileSync(python, ['-c', script, argument], { encoding: 'utf8' }));
  const { url, server } = await startMlflow(python, folder);
  process.env.MLFLOW_TRACKING_URI = url;
  try {
    const opened = await openRunDirectory({ path: join(folder, 'a-run'), kind: 'train', versions: {} });
    await opened.run.writeConfig('model: micro\nsteps: 4\nrollout:\n  group: 8\n');
    const names = ['tensorboard', 'mlflow'] as const;
    const notices: string[] = [];
    const follow = () =>
      new RunFollower(
        opened.run,
        names.map((name) => ({ name, tracker: openTracker(name) })),
        (text) => notices.push(text),
      );
    const write = async (step: number) => {
      await opened.run.appendMetrics({ step, reward: step / 8, tasks: { 'T1 EM': { passRate: 1 / step } } });
      const rollouts = [{ text: `[Answer]\nMali ${step}`, score: 1, advantage: 0.5, tokens: 7 }];
      await opened.run.writeRollouts(step, [{ sample: 's', task: 'T1', gold: ['Mali'], rollouts }]);
    };
    await write(1);
    await write(2);
    await follow().sync();
    await write(3);
    await write(4);
    await opened.run.update({ status: 'done' });
    await follow().end();
    const reward = [1, 2, 3, 4].map((step) => [step, step / 8]);
    const task = [1, 2, 3, 4].map((step) => [step, Number((1 / step).toFixed(6))]);
    const board = run(readTensorboard, opened.run.file('tensorboard'));
    const server_ = run(readMlflow, url);
    const checks: [string, boolean][] = [
      ['no notice', notices.length === 0],
      ['TensorBoard: reward by step', JSON.stringify(board.reward) === JSON.stringify(reward)],
      ['TensorBoard: a task by step', JSON.stringify(board.task) === JSON.stringify(task)],
      [
        'TensorBoard: settings and rollouts as text',
        /group/.test(board.texts.settings) && /Mali 4/.test(board.texts.rollouts.at(-1)),
      ],
      ['MLflow: reward by step, none twice', JSON.stringify(server_.reward) === JSON.stringify(reward)],
      ['MLflow: a task by step', JSON.stringify(server_.task) === JSON.stringify(task)],
      ['MLflow: state and parameters', server_.status === 'FINISHED' && server_.parameters['rollout.group'] === '8'],
      ['MLflow: tables of rollouts', server_.artifacts.length === 4],
    ];
    for (const [what, holds] of checks) console.log(`${holds ? 'yes' : 'NO '}  ${what}`);
    for (const notice of notices) console.log(notice);
    if (checks.some(([, holds]) => !holds)) process.exitCode = 1;
  } finally {
    if (server.pid !== undefined) process.kill(-server.pid);
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
