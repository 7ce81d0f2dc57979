/**
 * @file Keys and values of prompts, computed with prompts packed. A prompt's last token is left out: it is the first one
 * decoded. A prompt too long for a part goes by itself, through the layered pass, whose memory grows with its length only.
 */
import { forwardChunks } from '../graph/attention.ts';
import { Program } from '../graph/graph.ts';
import { buildPrefill } from '../graph/model-graph.ts';
import { type RopeTables, ropeTables } from '../graph/rope-tables.ts';
import { LayeredPass } from '../train/layered/layered-pass.ts';
import type { PerHead } from '../train/layered/per-head.ts';
import { LayeredPrograms } from '../train/layered/programs.ts';
import { plainRows } from '../train/token-rows.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import type { Parameters } from '../weights/parameters.ts';
import type { HeadRows } from './kv-cache.ts';
import { cutPrompts, promptSequence } from './prompt-parts.ts';
import type { PrefillProgress } from './stepper.ts';

/** Takes all tokens of a prompt: array 2 l is the keys of layer l, 2 l + 1 its values. */
export type PrefillSink = (at: { prompt: number; array: number; head: number }, values: HeadRows) => void;

/** What becomes of the keys and values of a run; the signal also stops a long prompt in its middle. */
export interface PrefillRun extends PrefillProgress {
  readonly write: PrefillSink;
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
    const numbered = prompts.map((tokens, prompt) => ({ prompt, tokens }));
    const { parts, long } = cutPrompts(numbered, this.tokens);
    for (const part of parts) {
      const members = part.map(({ tokens }) => tokens);
      await this.runPart(members, (at, values) => write({ ...at, prompt: part[at.prompt]?.prompt as number }, values));
      onPart(members.reduce((total, { length }) => total + length, 0));
    }
    for (const { prompt, tokens } of long) {
      await this.runLong(tokens, (at, values) => write({ ...at, prompt }, values), signal);
      onPart(tokens.length);
    }
  }

  private async runLong(tokens: Int32Array, write: PrefillSink, signal: AbortSignal | undefined): Promise<void> {
    const { config, parameters, tables, layeredPrograms: programs } = this;
    programs.signal = signal;
    const put = (array: number, { data, kvHeads, rows, width }: PerHead) => {
      for (let head = 0; head < kvHeads; head++) {
        const ofHead = data.subarray(head * rows * width, (head + 1) * rows * width);
        write({ prompt: 0, array, head }, { data: ofHead, count: tokens.length });
      }
    };
    await new LayeredPass({ config, parameters, tables, programs }).forward(promptSequence(tokens), {
      keep: false,
      onKeys(layer, { k, v }) {
        put(2 * layer, k);
        put(2 * layer + 1, v);
      },
    });
  }

  private async runPart(members: readonly Int32Array[], write: PrefillSink): Promise<void> {
    const { config } = this;
    const { kvHeads, headDim, layers } = config;
    const { chunks, query, sizes, feeds } = plainRows(members, config, forwardChunks);
    const length = chunks * query;
    const program = this.programs.get(chunks) ?? (await Program.compile(buildPrefill(config, chunks), this.threads));
    this.programs.set(chunks, program);
    const result = await program.run(sizes, { ...this.parameters.views, ...this.tables, ...feeds });
    for (let array = 0; array < 2 * layers; array++) {
      const source = result[`${array % 2 === 0 ? 'keys' : 'values'}${array >> 1}`] as Float32Array;
      for (let head = 0; head < kvHeads; head++) {
        for (const [prompt, member] of members.entries()) {
          const from = (head * members.length + prompt) * length * headDim;
          const data = source.subarray(from, from + length * headDim);
          write({ prompt, array, head }, { data, count: member.length, stride: length });
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
