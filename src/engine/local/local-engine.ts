/**
 * @file The embedded engine: onnxruntime-node in a process of its own, no Python, no network. See engine-core.ts for what it
 * does; this file starts the process and relays.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EngineError, ResourceError } from '../../errors.ts';
import type { Engine, SampleRequest } from '../engine.ts';
import type { LocalEngineOptions } from './engine-core.ts';
import { type EngineMethod, type EngineReply, type EngineRequest, fromWire } from './messages.ts';
import { requireRuntime } from './runtime/find-runtime.ts';
import { watchStall } from './stall-watch.ts';

export type { LocalEngineOptions } from './engine-core.ts';

let peakBytes = 0;

/** The most that an embedded engine of this process has held in memory so far, in bytes; 0 without one. */
export const enginePeakBytes = (): number => peakBytes;

/** Whether a call failed because the engine's process is no more. What it held is lost; another may be opened. */
export const isEngineGone = (error: unknown): boolean => error instanceof ResourceError && error.code === 'engine-gone';

/** Memory in large pages, where glibc allocates it and the user has not said otherwise: a training step takes a tenth less time. */
function largePages({ GLIBC_TUNABLES: given = '' }: NodeJS.ProcessEnv): Record<string, string> {
  if (process.platform !== 'linux' || given.includes('glibc.malloc.hugetlb')) return {};
  return { GLIBC_TUNABLES: [given, 'glibc.malloc.hugetlb=1'].filter((part) => part !== '').join(':') };
}

/** Starts the process from the compiled file, or from the source through tsx, which Node cannot run by itself. */
function startProcess(): ChildProcess {
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  // Vulkan's window system says on stderr that this is absent, which nothing here needs.
  const env = {
    ...process.env,
    XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? tmpdir(),
    ...largePages(process.env),
  };
  const start = (file: string, execArgv: string[]) =>
    fork(fileURLToPath(new URL(file, import.meta.url)), {
      serialization: 'advanced',
      stdio: [...stdio],
      // Each step's outputs are garbage of megabytes beside a small heap: V8's threads for it took a tenth of the processor time of sampling.
      execArgv: ['--single-threaded-gc', ...execArgv],
      env,
    });
  if (!import.meta.url.endsWith('.ts')) return start('./engine-process.js', []);
  const tsx = dirname(createRequire(import.meta.url).resolve('tsx/package.json'));
  return start('./engine-process.ts', ['--import', pathToFileURL(join(tsx, 'dist', 'loader.mjs')).href]);
}

interface Pending {
  readonly onEvent: SampleRequest['onEvent'];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Whether an engine failed for its device, by what it says or by a driver that took the process along. */
const isDeviceFailure = (error: unknown): boolean =>
  error instanceof EngineError ? error.code.startsWith('device-') : isEngineGone(error);

/**
 * Opens a model folder. A device is compared with the processor first, and `info` says how they differed.
 *
 * @param onNotice is told why `device: auto` computes on the processor
 * @throws EngineError `engine-missing` where `golongrl engine install` was never run; `device-*` for a device that is missing, fails
 * or differs
 * @throws InputError when the folder holds no model that this engine runs.
 * @example
 * const engine = await openLocalEngine({ model: 'models/micro' });
 * const [group] = await engine.sample({ prompts: [prompt], rolloutsPerPrompt: 8, maxTokens: 64, temperature: 1,
 *   stopTokens: tokenizer.stopTokens, seeds: [1] });
 * await engine.close();
 */
export async function openLocalEngine(
  options: LocalEngineOptions,
  onNotice: (text: string) => void = () => undefined,
): Promise<Engine> {
  requireRuntime();
  if (options.device !== 'auto') return openInProcess(options);
  try {
    return await openInProcess(options);
  } catch (error) {
    if (!isDeviceFailure(error)) throw error;
    onNotice(`Computing on the processor. ${(error as Error).message}`);
    return openInProcess({ ...options, device: 'cpu' });
  }
}

async function openInProcess(options: LocalEngineOptions): Promise<Engine> {
  const child = startProcess();
  const onDevice = options.device !== undefined && options.device !== 'cpu';
  const keepAlive = (wanted: boolean) => {
    for (const handle of [child, child.channel]) wanted ? handle?.ref() : handle?.unref();
  };
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (reply: EngineReply) => {
      if (reply.type === 'ready') resolve();
      else if (reply.type === 'failed') reject(fromWire(reply.error));
      else if (reply.type === 'event') pending.get(reply.id)?.onEvent?.(reply.event);
      else {
        const call = pending.get(reply.id);
        pending.delete(reply.id);
        if (pending.size === 0) keepAlive(false);
        if (reply.type === 'result') {
          peakBytes = Math.max(peakBytes, reply.peakBytes);
          call?.resolve(reply.value);
        } else call?.reject(fromWire(reply.error));
      }
    });
    const gone = (why: string, cause?: unknown) => {
      const error = new ResourceError(
        'engine-gone',
        `The engine's process ended: ${why}.`,
        'Resume from the last checkpoint.',
        { cause },
      );
      reject(error);
      end(error);
    };
    child.on('error', (error) => gone(error.message, error));
    child.on('exit', (code, signal) =>
      gone(
        signal === 'SIGKILL'
          ? 'it was killed, as systems do that run out of memory'
          : `${signal === null ? `exit code ${code}` : signal}${onDevice ? ', as when the driver of a device fails' : ''}`,
      ),
    );
  });
  const hangs = (): void => {
    end(
      new ResourceError(
        'engine-gone',
        "The engine's process hangs: it had work to do and used no processor time for five minutes. It was ended.",
        'Resume from the last checkpoint.',
      ),
    );
    child.kill('SIGKILL');
  };
  const endWatch = watchStall(child.pid ?? 0, () => pending.size > 0, hangs);
  child.on('exit', endWatch);
  // A message that does not get through is answered by the end of the process, which `exit` reports.
  const post = (message: EngineRequest) => child.send(message, () => undefined);
  try {
    post({ type: 'open', options });
    await ready;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  // Only a call in progress keeps the owner alive.
  keepAlive(false);

  const call = <T>(
    method: EngineMethod,
    args: readonly unknown[],
    { signal, onEvent }: Pick<SampleRequest, 'signal' | 'onEvent'> = {},
  ): Promise<T> => {
    if (ended) return Promise.reject(ended);
    const id = nextId++;
    // The engine stops at the end of a run of the graph, seconds later on a large model: the caller need not wait for it.
    const abort = () => {
      post({ type: 'abort', id });
      pending.get(id)?.reject(new EngineError('aborted', `${method}: aborted.`));
    };
    const result = new Promise<unknown>((resolve, reject) => {
      pending.set(id, { resolve, reject, onEvent });
      keepAlive(true);
      post({ type: 'call', id, method, args, events: onEvent !== undefined });
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
    return result.finally(() => signal?.removeEventListener('abort', abort)) as Promise<T>;
  };

  return {
    info: () => call('info', []),
    sample: ({ signal, onEvent, ...request }: SampleRequest) => call('sample', [request], { signal, onEvent }),
    forwardBackward: (batch, loss, signal) => call('forwardBackward', [batch, loss], { signal }),
    logprobs: (batch, { signal, ...options } = {}) => call('logprobs', [batch, options], { signal }),
    topLogprobs: (sequences, count, signal) => call('topLogprobs', [sequences, count], { signal }),
    optimStep: (params) => call('optimStep', [params]),
    save: (directory) => call('save', [directory]),
    load: (ref) => call('load', [ref]),
    async close() {
      if (ended) return;
      const closed = call<void>('close', []);
      ended = new EngineError('engine-closed', 'The engine is closed.');
      await closed.catch((error: unknown) => {
        // A process that was killed meanwhile is closed too.
        if (!isEngineGone(error)) throw error;
      });
      if (!child.connected) return;
      await new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        keepAlive(true);
        child.disconnect();
      });
    },
  };
}
