/** @file Sampling requests of the Tinker protocol on the embedded engine: stop strings, log-probabilities of the prompt. */
import type { Completion, Engine } from '../../engine/engine.ts';
import { concatenate } from '../../engine/tinker/wire.ts';
import type { SampleResult, TargetLogprobs } from '../../engine/tinker/wire-results.ts';
import type { Tokenizer } from '../../engine/tokenizer.ts';
import { UsageError } from '../../errors.ts';
import type { WeightsState } from './hosted/weights-states.ts';
import type { ModelHost } from './models.ts';
import { dense, type SampleBody, type Tensor } from './requests.ts';

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

/** What a request wants to know of its prompt; undefined where that is nothing. */
type PromptScores = Pick<SampleResult, 'promptLogprobs' | 'promptTop' | 'targetLogprobs'>;

/** Nothing before the last `count` positions. */
function keepLast(values: Float32Array, count: number, width = 1): Float32Array {
  values.fill(Number.NaN, 0, Math.max(width, values.length - count * width));
  return values;
}

/** Log-probabilities of the tokens that a request names at each position but the first. */
async function scoreTargets(engine: Engine, prompt: Int32Array, asked: Tensor): Promise<TargetLogprobs> {
  const positions = prompt.length - 1;
  const { shape, sparse_crow_indices: rows, sparse_col_indices: columns } = asked;
  const wanted = dense(asked, true, -1);
  const fan = wanted.length / Math.max(1, positions);
  if (!(Number.isInteger(fan) && fan > 0))
    throw new UsageError(
      'targets-invalid',
      `target_prompt_logprobs: got ${wanted.length} values, expected as many for each of ${positions} positions.`,
    );
  const targets = new Int32Array(prompt.length * fan);
  for (const [at, token] of wanted.entries()) targets[fan + at] = Math.max(0, token);
  const [[found = new Float32Array()] = []] =
    (await engine.logprobs?.([{ prompt: new Int32Array(), rollouts: [{ tokens: prompt, targets }] }])) ?? [];
  const values = found.subarray(fan).map((value, at) => ((wanted[at] ?? -1) < 0 ? 0 : value));
  if (!(rows && columns)) return { values, shape: shape ?? [positions, fan] };
  const places = Array.from({ length: positions }, (_, row) =>
    columns.slice(rows[row], rows[row + 1]).map((column) => row * fan + column),
  ).flat();
  return { values: Float32Array.from(places, (at) => values[at] ?? 0), shape: shape ?? [], sparse: { rows, columns } };
}

async function scorePrompt(engine: Engine, body: SampleBody): Promise<PromptScores> {
  const { prompt, prompt_logprobs_last_n: last, topk_prompt_logprobs: count } = body;
  const kept = last ?? prompt.length;
  const out: { -readonly [Key in keyof PromptScores]: PromptScores[Key] } = {};
  if (body.prompt_logprobs) {
    const values = await engine.logprobs?.([{ prompt: new Int32Array(), rollouts: [{ tokens: prompt }] }]);
    out.promptLogprobs = keepLast(Float32Array.from(values?.[0]?.[0] ?? []), kept);
  }
  if (count) {
    const [top] = (await engine.topLogprobs?.([prompt], count)) ?? [];
    if (top) out.promptTop = { ...top, logprobs: keepLast(top.logprobs, kept, count) };
  }
  if (body.target_prompt_logprobs) out.targetLogprobs = await scoreTargets(engine, prompt, body.target_prompt_logprobs);
  return out;
}

/** Adds the most likely tokens at each of the sequences' positions. */
async function withTop(
  engine: Engine,
  { prompt, topk_sample_logprobs: count }: SampleBody,
  sequences: readonly Completion[],
): Promise<SampleResult['sequences']> {
  if (!count) return sequences;
  const whole = sequences.map(({ tokens }) => concatenate([prompt, tokens]));
  const tops = (await engine.topLogprobs?.(whole, count)) ?? [];
  const from = prompt.length * count;
  return sequences.map((sequence, s) => {
    const top = tops[s];
    if (top === undefined) return sequence;
    return { ...sequence, top: { count, tokens: top.tokens.subarray(from), logprobs: top.logprobs.subarray(from) } };
  });
}

const wantsScores = (body: SampleBody): boolean =>
  Boolean(body.prompt_logprobs || body.topk_prompt_logprobs || body.target_prompt_logprobs);

/** Completions cut at stop strings, and what was asked of the prompt's log-probabilities. */
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
  const wanted = wantsScores(body)
    ? host.scheduler.work(() => host.read(state, (engine) => scorePrompt(engine, body)))
    : undefined;
  // Whoever waits for the completions hears of it; until then nobody listens.
  wanted?.catch(() => undefined);
  const tokenizer = stopStrings.length > 0 ? await options.tokenizer : undefined;
  const sequences = await drawn;
  const cut = tokenizer
    ? await Promise.all(sequences.map((sequence) => cutAtStrings(sequence, stopStrings, tokenizer)))
    : sequences;
  const told = body.topk_sample_logprobs
    ? await host.scheduler.work(() => host.read(state, (engine) => withTop(engine, body, cut)))
    : cut;
  return { sequences: told, ...(await wanted) };
}
