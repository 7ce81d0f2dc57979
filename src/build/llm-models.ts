/**
 * @file The models that a configuration of the LLM track names, opened.
 */
import { workDirectory } from '../construction/llm/build-llm.ts';
import type { LlmTrackConfig } from '../construction/llm/config.ts';
import { endpointRecords } from '../construction/llm/work-directory.ts';
import type { PricedModel } from '../llm/cached-client.ts';
import type { OpenedModel } from '../llm/chat-model.ts';
import { type EndpointOptions, openEndpoint } from '../llm/endpoint.ts';
import type { BuildContext } from './build-report.ts';

/** Close them at the end: embedded ones hold an engine. */
export interface OpenModels {
  /** By the name of the endpoint. */
  readonly models: ReadonlyMap<string, PricedModel>;
  close(): Promise<void>;
}

type Endpoint = LlmTrackConfig['endpoints'][string];

function openAddress(name: string, endpoint: Endpoint, more: Pick<EndpointOptions, 'records' | 'onNotice'>) {
  const { url = '', model, apiKeyEnv, timeoutSeconds, idleSeconds, stream, thinkingTokens, extraBody, omit } = endpoint;
  const apiKey = process.env[apiKeyEnv];
  const [timeout, idle] = [timeoutSeconds * 1000, idleSeconds * 1000];
  const title = `endpoints.${name}`;
  const key = { apiKey, apiKeyEnv };
  return openEndpoint({
    url,
    model,
    place: name,
    title,
    ...key,
    timeout,
    stream,
    idle,
    thinkingTokens,
    extraBody,
    omit,
    ...more,
  });
}

/** @throws InputError when a folder holds no model. */
export async function openModels(
  config: LlmTrackConfig,
  { openModel, onEvent }: Pick<BuildContext, 'openModel' | 'onEvent'>,
): Promise<OpenModels> {
  const records = endpointRecords(workDirectory(config));
  const onNotice = (text: string): void => onEvent({ type: 'notice', text });
  const models = new Map<string, PricedModel>();
  const embedded: OpenedModel[] = [];
  for (const [name, endpoint] of Object.entries(config.endpoints)) {
    const { engine, price } = endpoint;
    const opened = engine === undefined ? undefined : await openModel(engine);
    if (opened !== undefined) embedded.push(opened);
    models.set(name, { model: opened?.model ?? openAddress(name, endpoint, { records, onNotice }), price });
  }
  return {
    models,
    close: async () => {
      for (const model of embedded) await model.close();
    },
  };
}
