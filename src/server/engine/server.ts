/** @file The engine server as a process: reads the model's limits, binds, serves, drains. */
import { deviceLine } from '../../engine/local/device-line.ts';
import { openLocalEngine } from '../../engine/local/local-engine.ts';
import { type Address, checkToken, listen } from '../listen.ts';
import { createEngineApp, type EngineAppOptions } from './app.ts';

/** The routes' options and an address; the address must be loopback's unless there is a token. */
export interface EngineServerOptions extends Omit<EngineAppOptions, 'maxContext'>, Partial<Address> {
  /** Largest prompt plus completion; default: the model's own. */
  readonly maxContext?: number | undefined;
  /** Told how a device compares with the processor, or why `auto` took the processor. */
  readonly onNotice?: (text: string) => void;
}

/** Milliseconds that a request may take to arrive; the largest are a quarter of a gigabyte. */
const arrivalDeadline = 300_000;

/** A server that listens; `url` has the port that it got. */
export interface EngineServer {
  readonly url: string;
  /** Answers what runs, fails what waits, ends the engines. */
  close(): Promise<void>;
}

/**
 * @throws InputError for a model that cannot be run, UsageError when bound beyond loopback without a token, ResourceError when the
 * port is taken.
 */
export async function startEngineServer(options: EngineServerOptions): Promise<EngineServer> {
  const { host = '127.0.0.1', port = 8000, token, hosts = [] } = options;
  checkToken(host, token, 'Set GOLONGRL_ENGINE_TOKEN=tml-... or give --token-file; clients send it as TINKER_API_KEY.');
  const probe = await openLocalEngine({ model: options.model, threads: 1, device: options.device }, options.onNotice);
  const { maxContext, device } = await probe.info().finally(() => probe.close());
  if (device) options.onNotice?.(deviceLine(device));
  const { app, close } = createEngineApp({
    ...options,
    hosts: [host, ...hosts],
    maxContext: options.maxContext ?? maxContext,
  });
  try {
    const server = await listen(app, { host, port }, arrivalDeadline);
    return {
      url: server.url,
      close: async () => {
        await close();
        await server.close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
