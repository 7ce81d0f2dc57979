/** @file Sampling requests of the Tinker protocol on the embedded engine: stop strings, log-probabilities of the prompt. */
import type { Completion } from '../../engine/engine.ts';
import type { SampleResult } from '../../engine/tinker/wire.ts';
import type { Tokenizer } from '../../engine/tokenizer.ts';
import type { ModelHost, WeightsState } from './models.ts';
import type { SampleBody } from './requests.ts';

interface DrawOptions {
  readonly host: ModelHost;
  readonly state: WeightsState;
  readonly body: SampleBody;
  readonly maxTokens: number;
  readonly seed: number;
  readonly tokenizer: Promise<Tokenizer>;
}

let states = 0;
const stateIds = new WeakMap<WeightsState, number>();
/** A number for each state of weights: requests of one state can run together. */
function stateId(state: WeightsState): number {
  const id = stateIds.get(state) ?? ++states;
  stateIds.set(state, id);
  return id;
}

/** The completion up to the first of the strings, with the token that completes it. */
async function cutAtStrings(
  completion: Completion,
  stops: readonly string[],
  tokenizer: Tokenizer,
): Promise<Completion> {
  const { tokens, logprobs } = completion;
  const has = async (length: number) => {
    const [text = ''] = await tokenizer.decode([tokens.subarray(0, length)]);
    return stops.some((stop) => text.includes(stop));
  };
  if (!(await has(tokens.length))) return completion;
  // Text grows with the tokens, so the shortest prefix with a stop string can be halved for.
  let [low, high] = [1, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (await has(middle)) high = middle;
    else low = middle + 1;
  }
  return { tokens: tokens.subarray(0, low), logprobs: logprobs.subarray(0, low), stopReason: 'stop' };
}

/** [P] log-probabilities of the prompt's tokens; the first has none. */
async function promptLogprobs({ host, state, body }: DrawOptions): Promise<Float32Array> {
  const groups = [{ prompt: new Int32Array(), rollouts: [{ tokens: body.prompt }] }];
  return await host.scheduler.work(async () => {
    const values = await host.read(state, async (engine) => engine.logprobs?.(groups));
    const out = Float32Array.from(values?.[0]?.[0] ?? []);
    out[0] = Number.NaN;
    return out;
  });
}

/** Completions cut at stop strings, and the prompt's log-probabilities [P] where they were asked for. */
export async function drawSamples(options: DrawOptions): Promise<SampleResult> {
  const { host, state, body, maxTokens, seed } = options;
  const { stop, temperature, top_k: topK, top_p: topP } = body.sampling_params;
  const listed = typeof stop === 'string' ? [stop] : (stop ?? []);
  const stopTokens = listed.filter((item) => typeof item === 'number');
  const stopStrings = listed.filter((item) => typeof item === 'string');
  const settings = {
    rolloutsPerPrompt: body.num_samples,
    maxTokens,
    temperature,
    topP,
    topK: Math.max(0, topK),
    stopTokens,
  };
  const job = { key: JSON.stringify([stateId(state), settings]), prompt: body.prompt, seed };
  const drawn = host.scheduler.sample(job, (jobs) => {
    const [prompts, seeds] = [jobs.map((one) => one.prompt), jobs.map((one) => one.seed)];
    return host.read(state, (engine) => engine.sample({ ...settings, prompts, seeds }));
  });
  const wanted = body.prompt_logprobs ? promptLogprobs(options) : undefined;
  const tokenizer = stopStrings.length > 0 ? await options.tokenizer : undefined;
  const sequences = await drawn;
  const cut = tokenizer
    ? await Promise.all(sequences.map((sequence) => cutAtStrings(sequence, stopStrings, tokenizer)))
    : sequences;
  return { sequences: cut, ...(wanted ? { promptLogprobs: await wanted } : {}) };
}
