/** @file A graph compiled for the device: some outputs come back, the others stay there. */
import type * as Ort from 'onnxruntime-common';
import {
  Graph,
  type GraphTarget,
  resolveDim,
  type Sizes,
  smallestAsZero,
  type TensorData,
  type Value,
} from '../graph/graph.ts';
import { ort } from '../runtime/onnxruntime.ts';
import { deviceError } from './device-errors.ts';
import { DeviceTensor, type LiveTensors } from './device-tensor.ts';

/** What an input takes: numbers of this machine, which are copied, or a tensor of the device. */
export type Feed = TensorData | DeviceTensor;

/** Outputs of a run. */
export interface DeviceOutputs {
  /** Those that came back. */
  readonly host: Readonly<Record<string, Float32Array>>;
  /** Those that stayed; the caller disposes of them. */
  readonly kept: Readonly<Record<string, DeviceTensor>>;
}

/** Which graph, and which of its outputs stay on the device. */
export interface ProgramSpec {
  /** The same key is the same program. */
  readonly key: string;
  readonly build: () => Graph;
  /** Default: all of them. */
  readonly kept?: (output: string) => boolean;
  /** Outputs that are kept for long, in the device's storage. Default: none. */
  readonly stored?: (output: string) => boolean;
  /** The runtime need not write to the terminal when it fails: somebody waits for the error. */
  readonly mayFail?: boolean;
}

/** A program of one output `y`, which stays. */
export const programOf = (key: string, body: (graph: Graph) => Value): ProgramSpec => ({
  key,
  build: () => {
    const graph = new Graph('webgpu');
    graph.output(body(graph), 'y');
    return graph;
  },
});

/** The optimizer would make one conversion of the many of a weight, and keep its result. */
const eachConversion = { disable_specified_optimizers: 'CommonSubexpressionElimination' };

/** How a device runs programs. */
export interface CompileOptions {
  readonly live: LiveTensors;
  readonly provider: GraphTarget;
  /** Whether what is stored is in half precision. */
  readonly halves: boolean;
  /** Inputs that are. */
  readonly halved: ReadonlySet<string>;
  /** Prefix of a file in which the runtime notes which provider ran each node. */
  readonly profile: string | undefined;
}

/** See the head of this file. */
export class DeviceProgram {
  private readonly session: Ort.InferenceSession;
  private readonly graph: Graph;
  private readonly kept: readonly string[];
  private readonly key: string;
  private readonly live: LiveTensors;

  private constructor(
    session: Ort.InferenceSession,
    graph: Graph,
    options: { key: string; kept: string[]; live: LiveTensors },
  ) {
    this.session = session;
    this.graph = graph;
    this.kept = options.kept;
    this.key = options.key;
    this.live = options.live;
  }

  static async compile(
    { key, build, kept = () => true, stored = () => false, mayFail = false }: ProgramSpec,
    { live, provider, profile, halves, halved }: CompileOptions,
  ): Promise<DeviceProgram> {
    const graph = build();
    graph.halve({ inputs: halved, outputs: new Set(halves ? graph.outputs.filter(stored) : []) });
    const model = graph.encode();
    const staying = graph.outputs.filter(kept);
    const locations = graph.outputs.map((name) => [name, staying.includes(name) ? 'gpu-buffer' : 'cpu'] as const);
    try {
      const session = await ort.InferenceSession.create(model, {
        executionProviders: [provider],
        ...(provider === 'webgpu' ? { preferredOutputLocation: Object.fromEntries(locations) } : {}),
        logSeverityLevel: mayFail ? 4 : 3,
        enableMemPattern: false,
        extra: { session: smallestAsZero, ...(halved.size > 0 ? { optimization: eachConversion } : {}) },
        ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
      });
      return new DeviceProgram(session, graph, { key, kept: staying, live });
    } catch (error) {
      throw deviceError(`Compiling ${key}`, error);
    }
  }

  /** @throws EngineError `device-*` */
  async run(sizes: Sizes, feeds: Readonly<Record<string, Feed>>): Promise<DeviceOutputs> {
    const tensors = this.tensors(sizes, feeds);
    try {
      const results = await this.session.run(tensors);
      const host: Record<string, Float32Array> = {};
      const kept: Record<string, DeviceTensor> = {};
      for (const [name, value] of Object.entries(results)) {
        if (this.kept.includes(name)) kept[name] = new DeviceTensor(value, this.live);
        else host[name] = floats(value);
      }
      return { host, kept };
    } catch (error) {
      throw deviceError(`Running ${this.key}`, error);
    }
  }

  private tensors(sizes: Sizes, feeds: Readonly<Record<string, Feed>>): Record<string, Ort.Tensor> {
    const tensors: Record<string, Ort.Tensor> = {};
    for (const [name, { type, dims }] of this.graph.inputs) {
      const feed = feeds[name];
      if (feed === undefined) throw new Error(`${this.key}: graph input "${name}" is not given.`);
      if (feed instanceof DeviceTensor) tensors[name] = feed.value;
      else tensors[name] = new ort.Tensor(type, feed, dims?.map((dim) => resolveDim(dim, sizes)) ?? [feed.length]);
    }
    for (const [name, dims] of this.graph.shapes) {
      const values = BigInt64Array.from(dims, (dim) => BigInt(resolveDim(dim, sizes)));
      tensors[name] = new ort.Tensor('int64', values, [dims.length]);
    }
    return tensors;
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  /** Writes the profile, if there is one. */
  endProfile(): void {
    this.session.endProfiling();
  }
}

/** Whole numbers of an operator's index output are exact in single precision up to 16 million. */
function floats({ data }: Ort.Tensor): Float32Array {
  if (data instanceof Float32Array) return data;
  if (data instanceof BigInt64Array) return Float32Array.from(data, Number);
  throw new Error(`An output holds a ${data.constructor.name}.`);
}
