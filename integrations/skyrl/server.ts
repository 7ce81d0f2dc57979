/** @file A SkyRL server as a child process: started from a virtual environment, killed and started again on the same data. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('start_server.py', import.meta.url));
const startLimit = 300_000;

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export interface SkyrlServer {
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL to the server and its engine, as when a machine goes. */
  kill(): Promise<void>;
  /** The last that it said, and how it ended where it did so by itself. */
  lastWords(): string;
}

/** @param options.venv virtual environment with skyrl; `data` keeps database, checkpoints and compiled code. */
export async function skyrlServer(options: { venv: string; model: string; data: string }): Promise<SkyrlServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let log = '';
  const kill = async () => {
    const { pid, exitCode } = child ?? {};
    if (pid === undefined || exitCode !== null) return;
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    // The engine is a process of the server's group.
    process.kill(-pid, 'SIGKILL');
    await gone;
  };
  return {
    url,
    kill,
    lastWords: () => (child?.exitCode === null ? log : `${log}\nended with exit code ${child?.exitCode}`),
    async start() {
      const { venv, model, data } = options;
      const flags = ['--base-model', model, '--data', data, '--port', String(port)];
      const started = spawn(join(venv, 'bin', 'python'), [script, ...flags], {
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, JAX_COMPILATION_CACHE_DIR: join(data, 'compiled') },
      });
      child = started;
      for (const stream of [started.stdout, started.stderr])
        stream?.on('data', (text: Buffer) => {
          log = (log + text.toString()).slice(-4000);
        });
      const end = performance.now() + startLimit;
      while (performance.now() < end) {
        if (started.exitCode !== null) throw new Error(`The SkyRL server ended with ${started.exitCode}:\n${log}`);
        const ready = await fetch(`${url}/api/v1/healthz`).then(
          ({ ok }) => ok,
          () => false,
        );
        if (ready) return;
        await delay(500);
      }
      await kill();
      throw new Error(`The SkyRL server did not answer within ${startLimit / 1000} s:\n${log}`);
    },
  };
}
