/**
 * @file A server process of the soak: the reward server or the engine server, with a hand on its threads and engines. A message
 * `kill` ends one of them at random, as a lack of memory would. Messages out: `url` at the start, `killed` each time.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Threads {
  readonly slots: { readonly thread?: { readonly worker: { terminate(): void } } }[];
}

/** The built package: threads that are started again and again should not be compiled each time. */
const built = async <T>(path: string): Promise<T> =>
  (await import(new URL(`../../dist/${path}`, import.meta.url).href)) as T;
const { startEngineServer } =
  await built<typeof import('../../src/server/engine/server.ts')>('server/engine/server.js');
const { startRewardServer } =
  await built<typeof import('../../src/server/rewards/server.ts')>('server/rewards/server.js');
const { SupervisedPool } =
  await built<typeof import('../../src/threads/supervised-pool.ts')>('threads/supervised-pool.js');

const pools: Threads[] = [];
const kind = process.argv[2];
const checkpoints = await mkdtemp(join(tmpdir(), 'golongrl-soak-'));

/** Every pool of this process tells of itself when it is first used. */
function watchPools(): void {
  const { run } = SupervisedPool.prototype;
  SupervisedPool.prototype.run = function (...args) {
    const pool = this as unknown as Threads;
    if (!pools.includes(pool)) pools.push(pool);
    return run.apply(this, args);
  };
}

async function killOne(): Promise<void> {
  if (kind === 'engine') {
    const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
    const pids = children.split(' ').filter(Boolean).map(Number);
    const pid = pids[Math.floor(Math.random() * pids.length)];
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    return;
  }
  const slots = pools.flatMap((pool) => pool.slots);
  slots[Math.floor(Math.random() * slots.length)]?.thread?.worker.terminate();
}

watchPools();
const model = fileURLToPath(new URL('../../models/micro', import.meta.url));
const server =
  kind === 'engine'
    ? await startEngineServer({ model, name: 'micro', checkpoints, port: 0, threads: 1, token: 'tml-soak' })
    : await startRewardServer({ port: 0, workers: 2, token: 'tml-soak' });
process.on('message', (message) => {
  if (message === 'kill') void killOne().then(() => process.send?.({ killed: 1 }));
});
process.once('disconnect', () => {
  void server
    .close()
    .then(() => rm(checkpoints, { recursive: true, force: true }))
    .then(() => process.exit());
});
process.send?.({ url: server.url });
