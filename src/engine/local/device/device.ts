/**
 * @file The WebGPU device of this process: programs and tensors on it.
 *
 * What the binding of onnxruntime-node 1.30 can do, found by trying: an output named in `preferredOutputLocation` stays on the
 * device and can be fed to any session; `dispose` frees it. A tensor gets there, and back, through a program that copies it.
 * `getData` of such a tensor ends the process, and tensors given as fetches are not written to: so nothing is updated in place,
 * and an update makes a new tensor beside the old one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphTarget, Sizes } from '../graph/graph.ts';
import { type DeviceOutputs, DeviceProgram, type Feed, type ProgramSpec, programOf } from './device-program.ts';
import { DeviceTensor, type LiveTensors } from './device-tensor.ts';
import { type Fallback, readFallbacks } from './fallbacks.ts';

/** Copies a tensor of any shape from the device. */
const downloadSpec: ProgramSpec = {
  ...programOf('download', (graph) => graph.input('x', undefined)),
  kept: () => false,
};

/** Formats of what a device stores. */
export type DeviceStorage = 'fp32' | 'fp16';

const isHalved = (feed: Feed | undefined): boolean => feed instanceof DeviceTensor && feed.halved;

/** Programs are compiled on first use and kept until `release`. */
export class Device {
  readonly live: LiveTensors = new Set();
  readonly storage: DeviceStorage;
  private readonly programs = new Map<string, DeviceProgram>();
  private readonly profiles: string | undefined;
  private readonly provider: GraphTarget;

  /**
   * @param options.profile notes which provider runs each node, for `fallbacks`; runs are slower then.
   * @param options.storage what weights that are not trained, and keys and values, are stored in; arithmetic is in single precision.
   * @param options.provider the processor stands in for the device: the same programs, for tests where there is none.
   */
  constructor({
    profile = false,
    provider = 'webgpu',
    storage = 'fp32',
  }: { profile?: boolean; provider?: GraphTarget; storage?: DeviceStorage } = {}) {
    this.provider = provider;
    this.storage = storage;
    this.profiles = profile ? mkdtempSync(join(tmpdir(), 'golongrl-profile-')) : undefined;
  }

  /** @throws EngineError `device-missing`, `device-memory`, `device-lost`, `device-failed` */
  async run(spec: ProgramSpec, sizes: Sizes, feeds: Readonly<Record<string, Feed>>): Promise<DeviceOutputs> {
    const halved = Object.keys(feeds).filter((name) => isHalved(feeds[name]));
    const key = `${spec.key} ${halved.join()}`;
    const program = this.programs.get(key) ?? (await this.compile(spec, new Set(halved)));
    this.programs.set(key, program);
    return program.run(sizes, feeds);
  }

  private compile(spec: ProgramSpec, halved: ReadonlySet<string>): Promise<DeviceProgram> {
    const { live, profiles, provider, storage } = this;
    const profile = profiles && join(profiles, `p${this.programs.size}`);
    return DeviceProgram.compile(spec, { live, provider, profile, halved, halves: storage === 'fp16' });
  }

  /** The one output of a program that stays on the device. */
  async make(spec: ProgramSpec, sizes: Sizes, feeds: Readonly<Record<string, Feed>>): Promise<DeviceTensor> {
    const { kept } = await this.run(spec, sizes, feeds);
    return Object.values(kept)[0] as DeviceTensor;
  }

  /** Copies numbers to the device; with `stored` they lie there in its storage. */
  upload(data: Float32Array, dims: readonly number[], { stored = false } = {}): Promise<DeviceTensor> {
    const names = dims.map((_, i) => `D${i}`);
    const sizes = Object.fromEntries(names.map((name, i) => [name, dims[i] as number]));
    const program = programOf(`upload ${dims.length} ${stored}`, (graph) => graph.input('x', names));
    return this.make({ ...program, stored: () => stored }, sizes, { x: data });
  }

  /** Copies a tensor from the device. */
  async download(tensor: DeviceTensor): Promise<Float32Array> {
    const { host } = await this.run(downloadSpec, {}, { x: tensor });
    return host.y as Float32Array;
  }

  /** Does some work; if it fails, the tensors that it has left behind are disposed of. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    const before = new Set(this.live);
    try {
      return await work();
    } catch (error) {
      for (const tensor of [...this.live]) if (!before.has(tensor)) tensor.dispose();
      throw error;
    }
  }

  /** Nodes that did not run on the device so far; needs `profile`, and ends it. */
  fallbacks(): Fallback[] {
    if (this.profiles === undefined) return [];
    for (const program of this.programs.values()) program.endProfile();
    return readFallbacks(this.profiles);
  }

  async release(): Promise<void> {
    for (const program of this.programs.values()) await program.release();
    this.programs.clear();
    if (this.profiles !== undefined) rmSync(this.profiles, { recursive: true, force: true });
  }
}
