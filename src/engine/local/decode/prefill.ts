/**
 * @file Keys and values of prompts, computed with prompts packed. A prompt's last token is left out: it is the first one
 * decoded. A prompt too long for a part goes by itself, through the layered pass, whose memory grows with its length only.
 */
import { Program } from '../graph/graph.ts';
import { buildPrefill } from '../graph/model-graph.ts';
import { type RopeTables, ropeTables } from '../graph/rope-tables.ts';
import { LayeredPass } from '../train/layered/layered-pass.ts';
import type { PerHead } from '../train/layered/per-head.ts';
import { LayeredPrograms } from '../train/layered/programs.ts';
import { promptShape } from '../train/packing.ts';
import { segmentIndex } from '../train/segment-index.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import type { Parameters } from '../weights/parameters.ts';

/** Takes `values` [count, hd] of all tokens of a prompt: array 2 l is the keys of layer l, 2 l + 1 its values. */
export type PrefillSink = (at: { prompt: number; array: number; head: number }, values: Float32Array) => void;

/** What becomes of the keys and values of a run. */
export interface PrefillRun {
  readonly write: PrefillSink;
  /** After each part, with its tokens; may throw to stop. */
  readonly onPart: (tokens: number) => void;
  /** Also stops a long prompt in its middle. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs prompts through the model once; its graphs are compiled on first use and kept. */
export class Prefill {
  private readonly config: ModelConfig;
  private readonly parameters: Parameters;
  private readonly threads: number;
  /** Most prompt tokens (padded) in a part. */
  private readonly tokens: number;
  private readonly tables: RopeTables;
  /** By number of chunks. */
  private readonly programs = new Map<number, Program>();
  private readonly layeredPrograms: LayeredPrograms;

  constructor(options: { config: ModelConfig; parameters: Parameters; threads: number; tokens: number }) {
    this.config = options.config;
    this.parameters = options.parameters;
    this.threads = options.threads;
    this.tokens = options.tokens;
    this.tables = ropeTables(options.config);
    this.layeredPrograms = new LayeredPrograms(options.config, options.threads);
  }

  /** Prompts come without their last token; an empty one needs nothing. */
  async run(prompts: readonly Int32Array[], { write, onPart, signal }: PrefillRun): Promise<void> {
    const lengthOf = (n: number) => (prompts[n] as Int32Array).length;
    const filled = [...prompts.keys()].filter((n) => lengthOf(n) > 0 && lengthOf(n) <= this.tokens);
    const longest = Math.max(1, ...filled.map(lengthOf));
    const perRun = Math.max(1, Math.floor(this.tokens / longest));
    for (let start = 0; start < filled.length; start += perRun) {
      const part = filled.slice(start, start + perRun);
      const members = part.map((n) => prompts[n] as Int32Array);
      await this.runPart(members, (at, values) => write({ ...at, prompt: part[at.prompt] as number }, values));
      onPart(members.reduce((total, prompt) => total + prompt.length, 0));
    }
    for (const [prompt, tokens] of prompts.entries()) {
      if (tokens.length <= this.tokens) continue;
      await this.runLong(tokens, (at, values) => write({ ...at, prompt }, values), signal);
      onPart(tokens.length);
    }
  }

  private async runLong(tokens: Int32Array, write: PrefillSink, signal: AbortSignal | undefined): Promise<void> {
    const { config, parameters, tables, layeredPrograms: programs } = this;
    programs.signal = signal;
    const put = (array: number, { data, kvHeads, rows, width }: PerHead) => {
      for (let head = 0; head < kvHeads; head++) {
        write({ prompt: 0, array, head }, data.subarray(head * rows * width, (head + 1) * rows * width));
      }
    };
    const count = tokens.length;
    const positions = BigInt64Array.from({ length: count }, (_, i) => BigInt(i));
    const main = { start: 0, length: count };
    await new LayeredPass({ config, parameters, tables, programs }).forward(
      { tokens, positions, count, main, tails: [], outputFrom: count },
      {
        keep: false,
        onKeys(layer, { k, v }) {
          put(2 * layer, k);
          put(2 * layer + 1, v);
        },
      },
    );
  }

  private async runPart(members: readonly Int32Array[], write: PrefillSink): Promise<void> {
    const { config } = this;
    const { kvHeads, headDim, layers } = config;
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
    const program = this.programs.get(chunks) ?? (await Program.compile(buildPrefill(config, chunks), this.threads));
    this.programs.set(chunks, program);
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
    for (let array = 0; array < 2 * layers; array++) {
      const source = result[`${array % 2 === 0 ? 'keys' : 'values'}${array >> 1}`] as Float32Array;
      for (let head = 0; head < kvHeads; head++) {
        for (const [prompt, member] of members.entries()) {
          const from = (head * members.length + prompt) * length * headDim;
          write({ prompt, array, head }, source.subarray(from, from + member.length * headDim));
        }
      }
    }
  }

  async release(): Promise<void> {
    for (const program of this.programs.values()) await program.release();
    this.programs.clear();
    await this.layeredPrograms.release();
  }
}
