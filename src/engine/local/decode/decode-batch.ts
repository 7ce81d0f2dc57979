/**
 * @file What steps together: prompts with their keys and values, and the rows, one for each rollout in progress. Rows and
 * prompts come and go between steps; a prompt stays until all its rollouts have ended.
 */
import type { Random } from '../../../random.ts';
import type { Completion } from '../../engine.ts';
import type { Sizes, TensorData } from '../graph/graph.ts';
import { masked } from '../train/segment-index.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { type Caches, windowBound } from './layer-caches.ts';

/** Tokens by which the room of rollouts' own tokens grows. */
const growth = 32;

/** A rollout being sampled. */
export interface Stream {
  /** Index of the prompt in the request, and of the rollout in its group. */
  readonly prompt: number;
  readonly rollout: number;
  readonly draw: Random;
  readonly tokens: number[];
  readonly logprobs: number[];
  /** None where the stepper does not tell. */
  readonly entropies: number[];
  ended?: Completion['stopReason'];
}

/** A prompt with the rollouts that are still to start. */
export interface PromptGroup {
  readonly tokens: Int32Array;
  readonly waiting: Stream[];
}

interface Place extends PromptGroup {
  /** Rollouts in progress. */
  live: number;
}

/** What stays the same while nothing comes or goes. */
interface Arrangement {
  readonly sizes: Sizes & { readonly G: number };
  readonly feeds: Record<string, TensorData>;
  /** Where each row stands in the prompts' attention [NG, G]. */
  readonly seats: Int32Array;
}

interface Row {
  readonly stream: Stream;
  readonly place: Place;
}

/** Keys and values are kept of all tokens but the last, which the next step takes in. */
const cachedLength = ({ tokens }: PromptGroup): number => tokens.length - 1;

/** The state of sampling between two steps; `maxTokens` is R, the most that a rollout may grow to. */
export class DecodeBatch {
  private readonly config: ModelConfig;
  /** Most tokens that a rollout's cache ever holds. */
  private readonly ownLimit: number;
  readonly prompts: Caches;
  private readonly own: Caches;
  private readonly places: Place[] = [];
  private rows: Row[] = [];
  private arrangement: Arrangement | undefined;

  constructor(config: ModelConfig, options: { maxTokens: number }, caches: { prompts: Caches; own: Caches }) {
    this.config = config;
    this.ownLimit = Math.max(1, options.maxTokens - 1);
    this.prompts = caches.prompts;
    this.own = caches.own;
  }

  get streams(): readonly Stream[] {
    return this.rows.map(({ stream }) => stream);
  }

  /** Rollouts in progress. */
  get size(): number {
    return this.rows.length;
  }

  /** Whether no rollout is in progress or waiting. */
  get empty(): boolean {
    return this.places.length === 0;
  }

  /** Slots of `prompts` for groups, in order from the returned one; their keys and values are then to be written. */
  admit(groups: readonly PromptGroup[]): number {
    const first = this.places.length;
    this.prompts.add(groups.map(cachedLength));
    this.places.push(...groups.map((group) => ({ ...group, live: 0 })));
    this.arrangement = undefined;
    return first;
  }

  /** Starts waiting rollouts of the prompts at hand, up to so many rows. */
  fill(limit: number): void {
    const started: Row[] = [];
    for (const place of this.places) {
      const streams = place.waiting.splice(0, limit - this.rows.length - started.length);
      place.live += streams.length;
      started.push(...streams.map((stream) => ({ stream, place })));
    }
    if (started.length === 0) return;
    this.own.add(started.map(() => 0));
    this.rows.push(...started);
    this.arrangement = undefined;
  }

  /** Sizes and inputs of the next step, but for the parameters. */
  next(): { sizes: Sizes; feeds: Record<string, TensorData> } {
    const { rows, own, prompts } = this;
    this.arrangement ??= this.arrange();
    if (own.appendsInStep) this.makeRoom(own.lengths);
    const last = ({ stream, place }: Row) => stream.tokens.at(-1) ?? (place.tokens.at(-1) as number);
    const position = ({ place }: Row, b: number) => BigInt(cachedLength(place) + (own.lengths[b] as number));
    return {
      sizes: {
        ...this.arrangement.sizes,
        P: prompts.length,
        T: own.length,
        PW: prompts.boundedLength,
        TW: own.boundedLength,
      },
      feeds: {
        ...this.arrangement.feeds,
        ...prompts.feeds('prompt'),
        ...own.feeds('own'),
        ...this.windowFeeds(this.arrangement),
        tokens: Int32Array.from(rows, last),
        rowPositions: BigInt64Array.from(rows, position),
      },
    };
  }

  /** Room for one more token after each of the longest of `lengths`. */
  private makeRoom(lengths: readonly number[]): void {
    const needed = 1 + Math.max(...lengths);
    if (needed <= this.own.length) return;
    const ahead = Math.max(growth, this.own.length >> 2);
    this.own.resize(Math.max(needed, Math.min(this.ownLimit, this.own.length + ahead)));
  }

  /** Takes in the step's keys and values, [layers, 2, B, KV, hd]; rollouts that have ended leave, and their prompts. */
  advance(keysAndValues: Float32Array | undefined): void {
    const ended = new Set([...this.rows.keys()].filter((b) => this.rows[b]?.stream.ended !== undefined));
    if (ended.size < this.rows.length) {
      this.makeRoom(this.own.lengths.filter((_, b) => !ended.has(b)));
      this.own.append(keysAndValues, ended);
    }
    if (ended.size > 0) this.drop([...ended]);
  }

  private drop(ended: readonly number[]): void {
    for (const b of ended.toReversed()) {
      const row = this.rows[b] as Row;
      row.place.live--;
      this.own.remove(b);
      const last = this.rows.pop() as Row;
      if (b < this.rows.length) this.rows[b] = last;
    }
    for (const [slot, { live, waiting }] of [...this.places.entries()].reverse()) {
      if (live > 0 || waiting.length > 0) continue;
      this.prompts.remove(slot);
      const last = this.places.pop() as Place;
      if (slot < this.places.length) this.places[slot] = last;
    }
    this.tighten();
    this.arrangement = undefined;
  }

  /** Gives back the room of long prompts and rollouts that have gone: a step pays for all of it. */
  private tighten(): void {
    const { prompts, own } = this;
    const prompt = Math.max(1, ...prompts.lengths);
    if (prompts.length > 1.25 * prompt) prompts.resize(prompt);
    const rollout = growth * (1 + Math.floor(Math.max(0, ...own.lengths) / growth));
    if (own.length >= 2 * rollout) own.resize(rollout);
  }

  /** `prompt.bounded` [NG, G, PW] of each place: what its row has left behind is masked, besides padding. */
  private windowFeeds({ sizes, seats }: Arrangement): Record<string, TensorData> {
    const { prompts, own, places } = this;
    const bound = windowBound(this.config);
    if (bound === undefined) return {};
    const length = prompts.boundedLength;
    const mask = new Float32Array(places.length * sizes.G * length).fill(masked);
    for (const [b, seat] of seats.entries()) {
      const at = seat * length;
      const held = Math.min(prompts.lengths[Math.floor(seat / sizes.G)] as number, bound);
      // The new token sees `bound` tokens before it, first its own.
      const seen = Math.min(held, Math.max(0, bound - (own.lengths[b] as number)));
      mask.fill(0, at + held - seen, at + held);
    }
    return { 'prompt.bounded': mask };
  }

  /** Where rows stand in the prompts' attention; see decode-graph.ts. */
  private arrange(): Arrangement {
    const { rows, places } = this;
    const { kvHeads } = this.config;
    const perPrompt = Math.max(1, ...places.map(({ live }) => live));
    // An unused place computes with row 0; nothing reads it.
    const promptRows = new Int32Array(places.length * kvHeads * perPrompt);
    const rowPlaces = new Int32Array(rows.length * kvHeads);
    const seats = new Int32Array(rows.length);
    const slots = new Map(places.map((place, slot) => [place, slot]));
    const filled = new Int32Array(places.length);
    for (const [b, { place }] of rows.entries()) {
      const slot = slots.get(place) as number;
      const g = filled[slot] as number;
      filled[slot] = g + 1;
      seats[b] = slot * perPrompt + g;
      for (let head = 0; head < kvHeads; head++) {
        const at = (slot * kvHeads + head) * perPrompt + g;
        promptRows[at] = b * kvHeads + head;
        rowPlaces[b * kvHeads + head] = at;
      }
    }
    return { sizes: { B: rows.length, NG: places.length, G: perPrompt }, feeds: { promptRows, rowPlaces }, seats };
  }
}
