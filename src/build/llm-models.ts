/**
 * @file The models that a configuration of the LLM track names, opened, and asked beforehand whether they are there.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { workDirectory } from '../construction/llm/build-llm.ts';
import type { LlmTrackConfig } from '../construction/llm/config.ts';
import { ResourceError } from '../errors.ts';
import type { PricedModel } from '../llm/cached-client.ts';
import type { OpenedModel } from '../llm/chat-model.ts';
import { openEndpoint } from '../llm/endpoint.ts';
import { patientFetch } from '../llm/patient-fetch.ts';
import type { BuildContext } from './build-report.ts';

/** Close them at the end: embedded ones hold an engine. */
export interface OpenModels {
  /** By the name of the endpoint. */
  readonly models: ReadonlyMap<string, PricedModel>;
  close(): Promise<void>;
}

type Endpoint = LlmTrackConfig['endpoints'][string];

function openAddress(name: string, { url = '', model, apiKeyEnv, timeoutSeconds, idleSeconds, stream }: Endpoint) {
  const apiKey = process.env[apiKeyEnv];
  const [timeout, idle] = [timeoutSeconds * 1000, idleSeconds * 1000];
  return openEndpoint({ url, model, place: name, apiKey, timeout, stream, idle });
}

/** @throws InputError when a folder holds no model. */
export async function openModels(
  { endpoints }: LlmTrackConfig,
  { openModel }: Pick<BuildContext, 'openModel'>,
): Promise<OpenModels> {
  const models = new Map<string, PricedModel>();
  const embedded: OpenedModel[] = [];
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const { engine, price } = endpoint;
    const opened = engine === undefined ? undefined : await openModel(engine);
    if (opened !== undefined) embedded.push(opened);
    models.set(name, { model: opened?.model ?? openAddress(name, endpoint), price });
  }
  return {
    models,
    close: async () => {
      for (const model of embedded) await model.close();
    },
  };
}

/** A server that is busy is there. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && ['TimeoutError', 'AbortError'].includes(error.name);

function unreachable(name: string, url: string, cause: unknown): ResourceError {
  const why = cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : String(cause);
  const message = `endpoints.${name}: nothing answers at ${url} (${why})`;
  return new ResourceError('endpoint-unreachable', message, 'Start the server, or correct `url`.', { cause });
}

/**
 * A wrong address is told before anything is tried for a minute. Replies on disk may suffice, so a build that goes on is not stopped.
 *
 * @throws ResourceError naming the endpoint.
 */
export async function checkReachable(config: LlmTrackConfig): Promise<void> {
  if (existsSync(path.join(workDirectory(config), 'replies.jsonl'))) return;
  for (const [name, { url }] of Object.entries(config.endpoints)) {
    if (url === undefined) continue;
    try {
      const reply = await patientFetch(`${url.replace(/\/+$/, '')}/models`, { signal: AbortSignal.timeout(2000) });
      await reply.body?.cancel();
    } catch (error) {
      if (!isBusy(error)) throw unreachable(name, url, error);
    }
  }
}
