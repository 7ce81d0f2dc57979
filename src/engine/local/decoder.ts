/**
 * @file Sampling. All groups of a decode batch step together, one token a step; a group's rollouts share the prompt's keys
 * and values, which are computed once, with prompts packed. Finished rollouts are dropped when enough of them are.
 *
 * Each rollout draws from its own random stream, so its tokens do not depend on what else is in the batch (but for exact
 * ties: other batch shapes round differently in the last bit).
 */
import { EngineError } from '../../errors.ts';
import { type Random, random } from '../../random.ts';
import type { Completion, SampleRequest } from '../engine.ts';
import { Program } from './graph.ts';
import { type Cache, cacheFeeds, cacheStep, growCache, shrinkCache, writeCache } from './kv-cache.ts';
import type { ModelConfig } from './model-config.ts';
import { buildDecode, buildPrefill } from './model-graph.ts';
import { promptShape } from './packing.ts';
import type { Parameters } from './parameters.ts';
import { type RopeTables, ropeTables } from './rope-tables.ts';
import { chooseToken } from './sampler.ts';
import { paddingMask, segmentIndex } from './segment-index.ts';

export interface DecoderLimits {
  /** Most rollouts that step together. */
  readonly rows: number;
  /** Most prompt tokens (padded) in a prefill. */
  readonly prefillTokens: number;
  /** Most bytes of the prompts' keys and values in a decode batch (a single prompt may exceed it). */
  readonly cacheBytes: number;
}

export const defaultDecoderLimits: DecoderLimits = { rows: 256, prefillTokens: 2048, cacheBytes: 256e6 };

/** A rollout being sampled. */
interface Stream {
  readonly prompt: number;
  readonly rollout: number;
  readonly draw: Random;
  readonly tokens: number[];
  readonly logprobs: number[];
  done: boolean;
}

/** Streams that share a prompt. */
interface DecodeGroup {
  readonly prompt: number;
  readonly streams: readonly Stream[];
}

export class Decoder {
  private readonly config: ModelConfig;
  private readonly parameters: Parameters;
  private readonly threads: number;
  private readonly limits: DecoderLimits;
  private readonly tables: RopeTables;
  /** By number of chunks. */
  private readonly prefillPrograms = new Map<number, Program>();
  private decodeProgram: Program | undefined;

  constructor(options: { config: ModelConfig; parameters: Parameters; threads: number; limits?: DecoderLimits }) {
    this.config = options.config;
    this.parameters = options.parameters;
    this.threads = options.threads;
    this.limits = options.limits ?? defaultDecoderLimits;
    this.tables = ropeTables(options.config);
  }

  /** @throws EngineError for a request that cannot be met, or when the signal aborts. */
  async sample(request: SampleRequest): Promise<Completion[][]> {
    checkRequest(request, this.config);
    const out: Completion[][] = request.prompts.map(() => []);
    for (const batch of this.batches(request)) {
      await this.decodeBatch(batch, request);
      for (const stream of batch.flatMap((group) => group.streams)) {
        (out[stream.prompt] as Completion[])[stream.rollout] = {
          tokens: Int32Array.from(stream.tokens),
          logprobs: Float32Array.from(stream.logprobs),
          stopReason: request.stopTokens.includes(stream.tokens.at(-1) ?? -1) ? 'stop' : 'length',
        };
      }
    }
    return out;
  }

  async release(): Promise<void> {
    for (const program of this.prefillPrograms.values()) await program.release();
    await this.decodeProgram?.release();
    this.prefillPrograms.clear();
    this.decodeProgram = undefined;
  }

  /** Groups of like prompt lengths, within the limits. */
  private batches(request: SampleRequest): DecodeGroup[][] {
    const { rows, cacheBytes } = this.limits;
    const { layers, kvHeads, headDim } = this.config;
    const batchTokens = cacheBytes / (2 * 4 * layers * kvHeads * headDim);
    const length = (prompt: number) => (request.prompts[prompt] as Int32Array).length;
    const order = request.prompts.map((_, prompt) => prompt).sort((a, b) => length(a) - length(b) || a - b);
    const groups = order.flatMap((prompt) => {
      const streams = Array.from({ length: request.rolloutsPerPrompt }, (_, rollout): Stream => {
        const draw = random(request.seeds[prompt] as number, 'sample', rollout);
        return { prompt, rollout, draw, tokens: [], logprobs: [], done: false };
      });
      return chunk(streams, rows).map((part): DecodeGroup => ({ prompt, streams: part }));
    });
    const out: DecodeGroup[][] = [];
    for (const group of groups) {
      const bin = out.at(-1);
      const widest = Math.max(group.streams.length, ...(bin ?? []).map(({ streams }) => streams.length));
      const count = (bin?.length ?? 0) + 1;
      if (bin && widest * count <= rows && length(group.prompt) * count <= batchTokens) bin.push(group);
      else out.push([group]);
    }
    return out;
  }

  private async decodeBatch(all: DecodeGroup[], request: SampleRequest): Promise<void> {
    const { config } = this;
    const program = await this.decode();
    let slots = arrange(all);
    const cache = await this.prefill(
      all.map(({ prompt }) => (request.prompts[prompt] as Int32Array).subarray(0, -1)),
      slots.length,
      request,
    );
    const raw = request.temperature !== 0 && request.temperature !== 1;
    const outputs = ['probabilities', 'cache', ...(raw ? ['rawProbabilities'] : [])];
    const stop = new Set(request.stopTokens);
    let groups = all;
    let tokens: Int32Array = Int32Array.from(slots, (stream) => (stream ? lastToken(stream, request) : 0));
    for (let step = 0; step < request.maxTokens; step++) {
      throwIfAborted(request);
      if (step === cache.capacity) growCache(cache, config, cacheStep);
      const lengths = groups.map(({ prompt }) => (request.prompts[prompt] as Int32Array).length - 1);
      const perGroup = slots.length / groups.length;
      const result = await program.run(
        { B: slots.length, NG: groups.length, G: perGroup, P: cache.promptLength, T: cache.capacity },
        {
          ...this.parameters.views,
          ...this.tables,
          ...cacheFeeds(cache),
          tokens,
          rowPositions: BigInt64Array.from(slots, (_, b) =>
            BigInt((lengths[Math.floor(b / perGroup)] as number) + step),
          ),
          'prompt.padding': paddingMask(lengths, cache.promptLength),
          'own.padding': paddingMask([step], cache.capacity),
          inverseTemperature: Float32Array.of(request.temperature === 0 ? 1 : 1 / request.temperature),
        },
        outputs,
      );
      this.chooseTokens(slots, result, request, stop);
      if (slots.every((stream) => stream?.done !== false)) return;
      if (step + 1 < request.maxTokens) writeCache(cache, config, result.cache as Float32Array, step);
      const compacted = compact(groups, slots);
      if (compacted) {
        shrinkCache(cache, config, compacted);
        groups = compacted.groups;
        slots = compacted.slots;
      }
      tokens = Int32Array.from(slots, (stream) => (stream ? lastToken(stream, request) : 0));
    }
  }

  private chooseTokens(
    slots: readonly (Stream | undefined)[],
    result: Record<string, Float32Array>,
    request: SampleRequest,
    stop: ReadonlySet<number>,
  ): void {
    const { vocabSize } = this.config;
    const { temperature, topP = 1, topK, minP } = request;
    const options = { temperature, topP, topK, minP };
    const tempered = result.probabilities as Float32Array;
    const raw = result.rawProbabilities ?? tempered;
    for (const [b, stream] of slots.entries()) {
      if (!stream || stream.done) continue;
      const p = tempered.subarray(b * vocabSize, (b + 1) * vocabSize);
      const token = chooseToken(p, stream.draw.next(), options);
      stream.tokens.push(token);
      stream.logprobs.push(Math.log(Math.max(raw[b * vocabSize + token] as number, 1e-38)));
      stream.done = stop.has(token) || stream.tokens.length >= request.maxTokens;
    }
  }

  /** Keys and values of prompts (without their last token, which is the first one decoded). */
  private async prefill(prompts: readonly Int32Array[], rows: number, request: SampleRequest): Promise<Cache> {
    const { config } = this;
    const { kvHeads, headDim, layers } = config;
    // A batch of one-token prompts still has one slot, masked: no tensor is empty.
    const promptLength = Math.max(1, ...prompts.map((prompt) => prompt.length));
    const capacity = Math.min(cacheStep, request.maxTokens);
    const make = (size: number) => Array.from({ length: 2 * layers }, () => new Float32Array(size));
    const cache: Cache = {
      groups: prompts.length,
      rows,
      promptLength,
      capacity,
      prompt: make(kvHeads * prompts.length * promptLength * headDim),
      own: make(kvHeads * rows * capacity * headDim),
    };
    const filled = [...prompts.keys()].filter((n) => (prompts[n] as Int32Array).length > 0);
    const perRun = Math.max(1, Math.floor(this.limits.prefillTokens / promptLength));
    for (const part of chunk(filled, perRun)) {
      throwIfAborted(request);
      await this.prefillPart(part, prompts, cache);
    }
    return cache;
  }

  private async prefillPart(part: readonly number[], prompts: readonly Int32Array[], cache: Cache): Promise<void> {
    const { config } = this;
    const { kvHeads, headDim } = config;
    const members = part.map((n) => prompts[n] as Int32Array);
    const { chunks, query } = promptShape(members.map((prompt) => prompt.length));
    const length = chunks * query;
    const count = members.reduce((total, prompt) => total + prompt.length, 0);
    const tokens = new Int32Array(count);
    const positions = new BigInt64Array(count);
    let row = 0;
    const spans = members.map((prompt) => {
      tokens.set(prompt, row);
      for (let i = 0; i < prompt.length; i++) positions[row + i] = BigInt(i);
      const span = { start: row, length: prompt.length };
      row += prompt.length;
      return span;
    });
    const program =
      this.prefillPrograms.get(chunks) ?? (await Program.compile(buildPrefill(config, chunks), this.threads));
    this.prefillPrograms.set(chunks, program);
    const result = await program.run(
      { N: count, Np: count, NG: members.length, Q: query },
      {
        ...this.parameters.views,
        ...this.tables,
        tokens,
        positions,
        ...segmentIndex('prompt', spans, config, { query, chunks, firstRow: 0 }),
      },
    );
    for (const [index, target] of cache.prompt.entries()) {
      const source = result[`${index % 2 === 0 ? 'keys' : 'values'}${index >> 1}`] as Float32Array;
      for (let kv = 0; kv < kvHeads; kv++) {
        for (const [i, n] of part.entries()) {
          const from = (kv * members.length + i) * length * headDim;
          const size = (members[i] as Int32Array).length * headDim;
          target.set(source.subarray(from, from + size), (kv * cache.groups + n) * cache.promptLength * headDim);
        }
      }
    }
  }

  private async decode(): Promise<Program> {
    this.decodeProgram ??= await Program.compile(buildDecode(this.config), this.threads);
    return this.decodeProgram;
  }
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const out: T[][] = [];
  for (let start = 0; start < items.length; start += size) out.push(items.slice(start, start + size));
  return out;
}

const lastToken = (stream: Stream, request: SampleRequest): number =>
  stream.tokens.at(-1) ?? ((request.prompts[stream.prompt] as Int32Array).at(-1) as number);

/** Rows of a batch: every group has as many slots as the widest. */
function arrange(groups: readonly DecodeGroup[]): (Stream | undefined)[] {
  const width = Math.max(...groups.map(({ streams }) => streams.length));
  return groups.flatMap(({ streams }) => Array.from({ length: width }, (_, g) => streams[g]));
}

interface Compaction {
  readonly groups: DecodeGroup[];
  readonly slots: (Stream | undefined)[];
  /** Old index of each new group and row; -1 for an empty slot. */
  readonly oldGroups: number[];
  readonly oldRows: number[];
}

/** A smaller arrangement without finished rollouts, when it saves at least a quarter of the rows. */
function compact(groups: readonly DecodeGroup[], slots: readonly (Stream | undefined)[]): Compaction | undefined {
  const left = groups.map(({ prompt, streams }) => ({ prompt, streams: streams.filter((stream) => !stream.done) }));
  const oldGroups = left.flatMap(({ streams }, n) => (streams.length > 0 ? [n] : []));
  const kept = oldGroups.map((n) => left[n] as DecodeGroup);
  const next = arrange(kept);
  if (next.length > 0.75 * slots.length) return undefined;
  const oldRows = next.map((stream) => (stream ? slots.indexOf(stream) : -1));
  return { groups: kept, slots: next, oldGroups, oldRows };
}

function throwIfAborted({ signal }: SampleRequest): void {
  if (signal?.aborted) throw new EngineError('aborted', 'sample: aborted.');
}

function checkRequest(request: SampleRequest, config: ModelConfig): void {
  const fail = (text: string): never => {
    throw new EngineError('request-invalid', `sample: ${text}`);
  };
  const { prompts, rolloutsPerPrompt, maxTokens, temperature, topP = 1, topK = 0, minP = 0, seeds } = request;
  if (!Number.isInteger(rolloutsPerPrompt) || rolloutsPerPrompt < 1)
    fail(`rolloutsPerPrompt: got ${rolloutsPerPrompt}, expected a whole number from 1.`);
  if (!Number.isInteger(maxTokens) || maxTokens < 1)
    fail(`maxTokens: got ${maxTokens}, expected a whole number from 1.`);
  if (!(temperature >= 0 && Number.isFinite(temperature))) fail(`temperature: got ${temperature}, expected 0 or more.`);
  if (!(topP > 0 && topP <= 1)) fail(`topP: got ${topP}, expected a number in (0, 1].`);
  if (!Number.isInteger(topK) || topK < 0) fail(`topK: got ${topK}, expected a whole number; 0 is all tokens.`);
  if (!(minP >= 0 && minP <= 1)) fail(`minP: got ${minP}, expected a number in [0, 1].`);
  if (seeds.length !== prompts.length)
    fail(`seeds: got ${seeds.length}, expected one for each of ${prompts.length} prompts.`);
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
