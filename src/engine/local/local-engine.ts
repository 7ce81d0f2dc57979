/**
 * @file The embedded engine: onnxruntime-node in one worker thread, no Python, no network. See engine-core.ts for what it
 * does; this file starts the worker and relays.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { EngineError, ResourceError } from '../../errors.ts';
import type { Engine, SampleRequest } from '../engine.ts';
import type { LocalEngineOptions } from './engine-core.ts';
import { type EngineMethod, fromWire, type WorkerData, type WorkerReply, type WorkerRequest } from './messages.ts';

export type { LocalEngineOptions } from './engine-core.ts';

/** Starts the worker from the compiled file, or from the source through tsx, which Node cannot run by itself. */
function startWorker(options: LocalEngineOptions): Worker {
  const workerData: WorkerData = { options };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker.js', import.meta.url), { workerData });
  const require = createRequire(import.meta.url);
  // The CommonJS twin of this file cannot register hooks from within a worker.
  const tsx = pathToFileURL(require.resolve('tsx/esm/api').replace(/\.cjs$/, '.mjs')).href;
  const entry = new URL('./worker.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(entry)}); });`;
  return new Worker(code, { eval: true, workerData });
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens a model folder.
 *
 * @throws InputError when the folder holds no model that this engine runs.
 * @example
 * const engine = await openLocalEngine({ model: 'models/micro' });
 * const [group] = await engine.sample({ prompts: [prompt], rolloutsPerPrompt: 8, maxTokens: 64, temperature: 1,
 *   stopTokens: tokenizer.stopTokens, seeds: [1] });
 * await engine.close();
 */
export async function openLocalEngine(options: LocalEngineOptions): Promise<Engine> {
  const worker = startWorker(options);
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (reply: WorkerReply) => {
      if (reply.type === 'ready') resolve();
      else if (reply.type === 'failed') reject(fromWire(reply.error));
      else {
        const call = pending.get(reply.id);
        pending.delete(reply.id);
        if (pending.size === 0) worker.unref();
        if (reply.type === 'result') call?.resolve(reply.value);
        else call?.reject(fromWire(reply.error));
      }
    });
    const gone = (cause: unknown) => {
      const error = new ResourceError(
        'engine-gone',
        'The engine worker ended unexpectedly.',
        'Resume from the last checkpoint.',
        {
          cause,
        },
      );
      reject(error);
      end(error);
    };
    worker.on('error', gone);
    worker.on('exit', (code) => gone(new Error(`exit code ${code}`)));
  });
  try {
    await ready;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  // Only a call in progress keeps the process alive.
  worker.unref();

  const post = (message: WorkerRequest) => worker.postMessage(message);
  const call = <T>(method: EngineMethod, args: readonly unknown[], signal?: AbortSignal): Promise<T> => {
    if (ended) return Promise.reject(ended);
    const id = nextId++;
    // The worker stops at the end of a run of the graph, seconds later on a large model: the caller need not wait for it.
    const abort = () => {
      post({ type: 'abort', id });
      pending.get(id)?.reject(new EngineError('aborted', `${method}: aborted.`));
    };
    const result = new Promise<unknown>((resolve, reject) => {
      pending.set(id, { resolve, reject });
      worker.ref();
      post({ type: 'call', id, method, args });
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
    return result.finally(() => signal?.removeEventListener('abort', abort)) as Promise<T>;
  };

  return {
    info: () => call('info', []),
    sample: ({ signal, ...request }: SampleRequest) => call('sample', [request], signal),
    forwardBackward: (batch, loss, signal) => call('forwardBackward', [batch, loss], signal),
    logprobs: (batch, { signal, ...options } = {}) => call('logprobs', [batch, options], signal),
    optimStep: (params) => call('optimStep', [params]),
    save: (directory) => call('save', [directory]),
    load: (ref) => call('load', [ref]),
    async close() {
      if (ended) return;
      const closed = call<void>('close', []);
      ended = new EngineError('engine-closed', 'The engine is closed.');
      await closed;
      await worker.terminate();
    },
  };
}
