/** @file What a sampling request must satisfy before any work is done for it. */
import { EngineError } from '../../../errors.ts';
import type { SampleRequest } from '../../engine.ts';
import type { ModelConfig } from '../weights/model-config.ts';

/** Below it, logits divided by the temperature leave fp32, and no distribution is left to sample from. */
const leastTemperature = 1e-6;

/** @throws EngineError with code `aborted`, unlike `AbortSignal.throwIfAborted`, which throws the signal's reason. */
export function throwIfAborted({ signal }: SampleRequest): void {
  if (signal?.aborted) throw new EngineError('aborted', 'sample: aborted.');
}

/** @throws EngineError for a request that cannot be met. */
export function checkRequest(request: SampleRequest, config: ModelConfig): void {
  const fail = (text: string): never => {
    throw new EngineError('request-invalid', `sample: ${text}`);
  };
  const { prompts, rolloutsPerPrompt, maxTokens, temperature, topP = 1, topK = 0, minP = 0, seeds } = request;
  if (!Number.isInteger(rolloutsPerPrompt) || rolloutsPerPrompt < 1)
    fail(`rolloutsPerPrompt: got ${rolloutsPerPrompt}, expected a whole number from 1.`);
  if (!Number.isInteger(maxTokens) || maxTokens < 1)
    fail(`maxTokens: got ${maxTokens}, expected a whole number from 1.`);
  if (!(temperature === 0 || (temperature >= leastTemperature && Number.isFinite(temperature))))
    fail(`temperature: got ${temperature}, expected 0 (greedy) or a number from ${leastTemperature}.`);
  if (!(topP > 0 && topP <= 1)) fail(`topP: got ${topP}, expected a number in (0, 1].`);
  if (!Number.isInteger(topK) || topK < 0) fail(`topK: got ${topK}, expected a whole number; 0 is all tokens.`);
  if (!(minP >= 0 && minP <= 1)) fail(`minP: got ${minP}, expected a number in [0, 1].`);
  if (seeds.length !== prompts.length)
    fail(`seeds: got ${seeds.length}, expected one for each of ${prompts.length} prompts.`);
  if (request.stopStrings?.includes('')) fail('stopStrings: got an empty string, which every text contains.');
  for (const [index, prompt] of prompts.entries()) {
    if (prompt.length === 0) fail(`prompt ${index} is empty, expected at least one token.`);
    if (prompt.length + maxTokens > config.maxContext)
      fail(
        `prompt ${index}: ${prompt.length} tokens and ${maxTokens} new ones exceed the context of ${config.maxContext}.`,
      );
    const bad = prompt.find((token) => token < 0 || token >= config.vocabSize);
    if (bad !== undefined) fail(`prompt ${index}: token ${bad} is outside the vocabulary of ${config.vocabSize}.`);
  }
}
