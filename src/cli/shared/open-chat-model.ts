/** @file A chat model by what a user names: an OpenAI-compatible address, or the folder of a model for the embedded engine. */
import type { ComputeDevice } from '../../engine/local/compute.ts';
import type { OpenedModel } from '../../llm/chat-model.ts';
import { type EndpointOptions, openEndpoint } from '../../llm/endpoint.ts';
import { ensureEngine } from './ensure-engine.ts';
import type { Terminal } from './terminal.ts';

/**
 * `directory`: whatever `modelFolder` takes, `micro` included. Close the model to end its engine.
 *
 * @throws InputError
 */
export async function openEmbedded(
  directory: string,
  terminal: Terminal,
  device?: ComputeDevice,
): Promise<OpenedModel> {
  const { openLocalEngine } = await import('../../engine/local/local-engine.ts');
  const { deviceLine } = await import('../../engine/local/device-line.ts');
  const { loadTokenizer } = await import('../../engine/tokenizer.ts');
  const { engineModel } = await import('../../evaluation/engine-model.ts');
  const { modelFolder } = await import('../../experiment/model-folder.ts');
  const folder = await modelFolder(directory);
  await ensureEngine(terminal);
  const say = (text: string) => terminal.err(`${text}\n`);
  const engine = await openLocalEngine({ model: folder, device }, say);
  const info = await engine.info();
  if (info.device) say(deviceLine(info.device));
  return { model: await engineModel(engine, await loadTokenizer(folder), directory), close: () => engine.close() };
}

/** `http://...` is an endpoint, anything else a folder or a name on the hub. */
export async function openChatModel(
  target: string,
  options: Omit<EndpointOptions, 'url'>,
  terminal: Terminal,
  device?: ComputeDevice,
): Promise<OpenedModel> {
  if (!/^https?:\/\//.test(target)) return await openEmbedded(target, terminal, device);
  return { model: openEndpoint({ ...options, url: target }), close: async () => undefined };
}
