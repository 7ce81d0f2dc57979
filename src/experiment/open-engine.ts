/**
 * @file The policy that a configuration asks for: embedded, or on a Tinker server. The tokenizer is read from the model folder in
 * both cases, because servers speak tokens.
 */
import type { Engine } from '../engine/engine.ts';
import { deviceLine } from '../engine/local/device-line.ts';
import { loadTokenizer, type Tokenizer } from '../engine/tokenizer.ts';
import { UsageError } from '../errors.ts';
import { versions } from '../runs/versions.ts';
import type { TrainingConfig } from '../training/config.ts';

/** Opens the policy of a model folder. `onNotice` is told what a person should know meanwhile. */
export type OpenEngine = (
  model: string,
  config: TrainingConfig,
  onNotice?: (text: string) => void,
) => Promise<{ engine: Engine; tokenizer: Tokenizer }>;

const hostedUrl = 'https://tinker.thinkingmachines.dev/services/tinker-prod';

/** `tinker:` without an address is TINKER_BASE_URL, or hosted Tinker. */
function tinkerUrl(spec: string): string {
  const url = spec.slice('tinker:'.length) || process.env.TINKER_BASE_URL || hostedUrl;
  if (url.startsWith(hostedUrl) && !process.env.TINKER_API_KEY)
    throw new UsageError('key-missing', 'Hosted Tinker needs a key.', 'Set TINKER_API_KEY.');
  return url;
}

/** The default of every run; the embedded engine is loaded only where it is asked for. @throws InputError */
export const openEngine: OpenEngine = async (model, { engine: spec, device, tinker, lora, seed }, onNotice) => {
  const tokenizer = await loadTokenizer(model);
  if (spec === 'local') {
    const { openLocalEngine } = await import('../engine/local/local-engine.ts');
    const engine = await openLocalEngine({ model, device, ...(lora ? { lora: { ...lora, seed } } : {}) }, onNotice);
    const info = await engine.info();
    if (info.device) onNotice?.(deviceLine(info.device));
    return { engine, tokenizer };
  }
  const { openTinkerEngine } = await import('../engine/tinker/tinker-engine.ts');
  const engine = await openTinkerEngine({
    url: tinkerUrl(spec),
    ...tinker,
    rank: lora?.rank ?? 0,
    seed,
    version: versions().golongrl ?? '',
    onNotice,
  });
  return { engine, tokenizer };
};
