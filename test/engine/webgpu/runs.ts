/** @file Whole runs on the device: a quickstart beside the processor's, and a training that is killed, or whose driver dies. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { deviceLine } from '../../../src/engine/local/device-line.ts';
import { openLocalEngine } from '../../../src/engine/local/local-engine.ts';
import { quickstart } from '../../../src/experiment/quickstart.ts';
import { childrenOf } from '../faults/engine-killed.ts';
import { checkRecorded, compare, expectThat, finishTraining, startTraining, stepsDone } from '../faults/training.ts';
import type { WebgpuCheck } from './main.ts';

export const micro: WebgpuCheck = async () => {
  const engine = await openLocalEngine({ model: 'models/micro', threads: 2, device: 'webgpu' });
  const { device } = await engine.info();
  await engine.close();
  expectThat(device !== undefined && device.equalTokens === device.tokens, `It says: ${JSON.stringify(device)}`);
  return device ? deviceLine(device) : '';
};

/** Rewards of each step, as text. */
async function rewardsOf(run: string): Promise<string[]> {
  const lines = (await readFile(join(run, 'metrics.jsonl'), 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const { reward } = JSON.parse(line) as { reward: number };
    return String(reward);
  });
}

export const fiveSteps: WebgpuCheck = async ({ root }) => {
  const sizes = { train: 9, heldout: 9, long: 9 };
  const run = (device: 'cpu' | 'webgpu') =>
    quickstart({
      out: join(root, `quickstart-${device}`),
      sizes,
      change: { device, steps: 5, ...smallRun },
      onEvent: () => undefined,
    });
  const results = [await run('cpu'), await run('webgpu')];
  const [expected, got] = [
    await rewardsOf(join(root, 'quickstart-cpu')),
    await rewardsOf(join(root, 'quickstart-webgpu')),
  ];
  expectThat(expected.length === 5 && expected.some((reward) => Number(reward) > 0), `The processor's: ${expected}`);
  for (const [i, line] of expected.entries()) expectThat(got[i] === line, `Rewards are ${got[i]}, expected ${line}.`);
  expectThat(
    results.every(({ report }) => report !== undefined),
    'A run has no report.',
  );
  return `5 steps, their rewards equal the processor's: ${expected.join(', ')}`;
};

/** Small: a software device samples some tens of tokens a second. */
const smallRun = {
  rollout: { prompts: 2, group: 4 },
  dynamicSampling: { enabled: false, draw: 1, maxDraws: 1 },
  evaluation: { samplesPerTask: 1, greedy: false },
};

const variant = { device: 'webgpu', steps: 6 } as const;

export const killAndResume: WebgpuCheck = async ({ root, model }) => {
  const [whole, broken, processor] = ['whole', 'broken', 'processor'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  await finishTraining(whole, model, variant);
  await finishTraining(processor, model, { ...variant, device: 'cpu' });
  const [rewards, expected] = [await rewardsOf(whole), await rewardsOf(processor)];
  expectThat(String(rewards) === String(expected), `Rewards are ${rewards}, on the processor ${expected}.`);
  await mkdir(broken);
  const said = [`rewards of ${rewards.length} steps equal the processor's: ${rewards.join(', ')}`];
  for (const [after, signal] of [
    [2, 'SIGKILL'],
    [4, 'SIGSEGV'],
  ] as const) {
    const { process: training, ended } = startTraining(broken, model, undefined, variant);
    while ((await stepsDone(broken)) < after) {
      expectThat(training.exitCode === null, 'The training ended before it was killed.');
      await delay(20);
    }
    if (signal === 'SIGKILL') training.kill(signal);
    else for (const pid of await childrenOf(training.pid as number)) process.kill(pid, signal);
    const { code, said: text } = await ended;
    const message = /The engine's process ended: [^\n]*/.exec(text)?.[0];
    expectThat(signal === 'SIGKILL' || (code === 1 && message !== undefined), `It ended with ${code}: ${text}`);
    const recorded = await checkRecorded(broken);
    said.push(
      signal === 'SIGKILL' ? `killed, with checkpoints of steps ${recorded}` : `"${message}", with ${recorded}`,
    );
  }
  await finishTraining(broken, model, variant);
  await compare(whole, broken);
  return `${said.join('; ')}; resumed, equal to the unbroken run byte for byte`;
};
