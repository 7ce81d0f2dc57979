/**
 * @file A builder of ONNX graphs with symbolic dimensions, and `Program`, a graph compiled into a session.
 *
 * A reshape whose target has two or more unknown sizes reads its shape from a graph input that the program fills in from
 * the sizes of the run. One session therefore serves every batch shape, and nothing is compiled while training.
 */
import type * as Ort from 'onnxruntime-common';
import { onnx, ort } from '../runtime/onnxruntime.ts';

/** Name of a value in the graph. */
export type Value = string;

/** A size: a number, the name of a symbolic size, or a product of these. */
export type Dim = number | string | readonly (number | string)[];

/** Values of the symbolic sizes in one run. */
export type Sizes = Readonly<Record<string, number>>;

/** Types of elements that inputs and outputs may have; `float16` is for what lies on a device. */
export type ElementType = 'float32' | 'float16' | 'int32' | 'int64';

/** Elements of a feed in row-major order: float32, int32, int64. */
export type TensorData = Float32Array | Int32Array | BigInt64Array;

/**
 * What a graph is built for. WebGPU's provider has no transposed products of more than two axes, and leaves the second output of its
 * RMSNorm unwritten: graphs for it say both in other operators (`Graph.matmul`, `rmsNorm`).
 */
export type GraphTarget = 'cpu' | 'webgpu';

/**
 * Numbers below the normal ones count as zero. Softmax makes them of masked scores, and processors compute with them ten times as
 * slowly as with others; dense training takes a fifth less time without.
 *
 * On x86 the first session of a process decides it for the thread that makes it, whose JavaScript computes that way from then on (so that
 * `Math.fround(1e-38)` is 0), and for threads that this one starts; each session says it for the threads of its own. So every session says
 * it: else a run's last digits would depend on which thread took which rows. Nothing that the engine's process computes
 * needs such numbers: a moment of AdamW below 1e-38 moves no weight, and files are read and written by their bits.
 */
export const smallestAsZero = { set_denormal_as_zero: '1' } as const;

/** The least normal number in single precision, 1.18e-38, rounded up: what may be taken for zero is less. */
export const leastNormal = 1.2e-38;

/** Float inputs that do not change while a session lives, by name: the runtime lays out what a product reads once, when it is made. */
export type FixedInputs = Readonly<Record<string, Float32Array>>;

/** Integers stay integers; wrap a number as `float(x)` for a floating-point attribute. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

const onnxTypes = { float32: 1, int32: 6, int64: 7, float16: 10 } as const;

/** ONNX's number for constants outside of the model's bytes. */
const externalLocation = 1;

const symbolsOf = (dim: Dim): string[] =>
  (typeof dim === 'object' ? dim : [dim]).filter((factor): factor is string => typeof factor === 'string');

/** The number that a dimension stands for. */
export function resolveDim(dim: Dim, sizes: Sizes): number {
  const factors = typeof dim === 'object' ? dim : [dim];
  return factors.reduce<number>((product, factor) => {
    const size = typeof factor === 'number' ? factor : sizes[factor];
    if (size === undefined) throw new Error(`Graph size "${factor}" is not given.`);
    return product * size;
  }, 1);
}

const dimName = (dim: Dim): string => (typeof dim === 'object' ? dim.join('*') : String(dim));

interface GraphInput {
  readonly type: ElementType;
  /** Absent: any shape, which the tensor that is fed says. */
  readonly dims: readonly Dim[] | undefined;
}

interface Node {
  readonly opType: string;
  readonly input: readonly Value[];
  readonly output: readonly Value[];
  readonly attribute?: readonly object[];
  readonly domain?: string;
  readonly name: string;
}

const castTo = (type: number) => ({ opType: 'Cast', attribute: [{ name: 'to', type: 2, i: type }] });

/** A graph under construction. Values are names; equal constants and inputs of equal name are one value. */
export class Graph {
  readonly target: GraphTarget;
  readonly inputs = new Map<string, GraphInput>();
  /** Shape inputs: name to the symbolic shape that fills them. */
  readonly shapes = new Map<string, readonly Dim[]>();
  readonly outputs: string[] = [];
  private readonly outputTypes = new Map<string, ElementType>();
  private readonly nodes: Node[] = [];
  private readonly initializers: { name: string; dataType: number; dims: number[]; rawData: Uint8Array }[] = [];
  private readonly constants = new Map<string, Value>();
  /** From a reshaped value to what it was. */
  private readonly reshaped = new Map<Value, Value>();
  private counter = 0;
  private encoded: Uint8Array | undefined;

  constructor(target: GraphTarget = 'cpu') {
    this.target = target;
  }

  input(name: string, dims: readonly Dim[] | undefined, type: ElementType = 'float32'): Value {
    if (!this.inputs.has(name)) this.inputs.set(name, { type, dims });
    return name;
  }

  output(value: Value, name: string, type: ElementType = 'float32'): void {
    this.outputs.push(name);
    this.outputTypes.set(name, type);
    // WebGPU's provider copies no int64: the value itself becomes the output.
    if (type === 'int64') this.rename(value, name);
    else this.nodes.push({ opType: 'Identity', input: [value], output: [name], name: `output-${name}` });
  }

  /**
   * Makes float32 inputs and outputs half precision, in a graph that is complete: they are converted where they are used, so what is
   * computed stays in single. Each use has a conversion of its own, lest one copy of all weights lives through the whole run.
   */
  halve({ inputs, outputs }: { inputs: ReadonlySet<string>; outputs: ReadonlySet<string> }): void {
    for (const name of inputs) {
      const input = this.inputs.get(name);
      if (input) this.inputs.set(name, { ...input, type: 'float16' });
    }
    for (const name of outputs) this.outputTypes.set(name, 'float16');
    const nodes = this.nodes.splice(0);
    for (const node of nodes) {
      const input = node.input.map((value) => (inputs.has(value) ? this.cast(value, onnxTypes.float32) : value));
      const stored = node.output.some((name) => outputs.has(name));
      if (stored) this.nodes.push({ ...node, ...castTo(onnxTypes.float16), input });
      else this.nodes.push({ ...node, input });
    }
  }

  private cast(value: Value, type: number): Value {
    const output = `v${this.counter++}`;
    this.nodes.push({ ...castTo(type), input: [value], output: [output], name: `Cast-${this.counter}` });
    return output;
  }

  private rename(value: Value, name: string): void {
    const renamed = (values: readonly Value[]) => values.map((other) => (other === value ? name : other));
    for (const [i, node] of this.nodes.entries())
      this.nodes[i] = { ...node, input: renamed(node.input), output: renamed(node.output) };
  }

  /** A node with one output. */
  op(opType: string, inputs: readonly Value[], attributes: Record<string, Attribute> = {}, domain = ''): Value {
    return this.multi(opType, inputs, 1, attributes, domain)[0] as Value;
  }

  /** A node with several outputs. */
  multi(
    opType: string,
    inputs: readonly Value[],
    count: number,
    attributes: Record<string, Attribute> = {},
    domain = '',
  ): Value[] {
    const output = Array.from({ length: count }, () => `v${this.counter++}`);
    const attribute = Object.entries(attributes).map(([name, value]) => {
      if (typeof value === 'number') return { name, type: 2, i: value };
      if (typeof value === 'string') return { name, type: 3, s: new TextEncoder().encode(value) };
      return 'float' in value ? { name, type: 1, f: value.float } : { name, type: 7, ints: [...value] };
    });
    this.nodes.push({ opType, input: [...inputs], output, attribute, domain, name: `${opType}-${this.counter}` });
    return output;
  }

  private constant(key: string, dataType: number, dims: readonly number[], bytes: ArrayBufferLike): Value {
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const name = `c${this.counter++}`;
    this.initializers.push({ name, dataType, dims: [...dims], rawData: new Uint8Array(bytes) });
    this.constants.set(key, name);
    return name;
  }

  integers(values: readonly number[]): Value {
    const data = BigInt64Array.from(values, BigInt);
    return this.constant(`i${values.join(',')}`, onnxTypes.int64, [values.length], data.buffer);
  }

  float(value: number, dims: readonly number[] = []): Value {
    const count = dims.reduce((a, b) => a * b, 1);
    const data = new Float32Array(count).fill(value);
    return this.constant(`f${value}:${dims.join(',')}`, onnxTypes.float32, dims, data.buffer);
  }

  /** A vector of constants. */
  floats(values: Float32Array): Value {
    const name = `c${this.counter++}`;
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.initializers.push({ name, dataType: onnxTypes.float32, dims: [values.length], rawData });
    return name;
  }

  /** A one-dimensional int64 value that holds `dims`: a constant where possible, else an input filled for each run. */
  shape(dims: readonly Dim[]): Value {
    const unknown = dims.filter((dim) => symbolsOf(dim).length > 0);
    if (unknown.length === 0) return this.integers(dims.map((dim) => resolveDim(dim, {})));
    const name = `shape:${dims.map(dimName).join(',')}`;
    this.shapes.set(name, dims);
    return name;
  }

  /** Of a value that is reshaped already, what was there before: nobody need run the first one. */
  reshape(value: Value, dims: readonly Dim[]): Value {
    const x = this.reshaped.get(value) ?? value;
    const unknown = dims.filter((dim) => symbolsOf(dim).length > 0);
    const target =
      unknown.length === 1
        ? this.integers(dims.map((dim) => (symbolsOf(dim).length > 0 ? -1 : resolveDim(dim, {}))))
        : this.shape(dims);
    const y = this.op('Reshape', [x, target]);
    this.reshaped.set(y, x);
    return y;
  }

  add(a: Value, b: Value): Value {
    return this.op('Add', [a, b]);
  }

  sub(a: Value, b: Value): Value {
    return this.op('Sub', [a, b]);
  }

  mul(a: Value, b: Value): Value {
    return this.op('Mul', [a, b]);
  }

  /** `alpha op(a) op(b)`; `heads` says that both have four axes, and the product is batched over the first two. */
  matmul(
    a: Value,
    b: Value,
    options: { transA?: boolean; transB?: boolean; alpha?: number; heads?: boolean } = {},
  ): Value {
    const { transA = false, transB = false, alpha = 1, heads = false } = options;
    if (!transA && !transB && alpha === 1) return this.op('MatMul', [a, b]);
    const attributes = { transA: Number(transA), transB: Number(transB), alpha: { float: alpha } };
    if (this.target === 'webgpu') {
      if (!heads) return this.op('Gemm', [a, b], attributes);
      const turned = (x: Value, turn: boolean) => (turn ? this.op('Transpose', [x], { perm: [0, 1, 3, 2] }) : x);
      const product = this.op('MatMul', [turned(a, transA), turned(b, transB)]);
      return alpha === 1 ? product : this.mul(product, this.float(alpha));
    }
    return this.op('FusedMatMul', [a, b], attributes, 'com.microsoft');
  }

  /** Rows of `x` [M, d] at `index` (int32): [count, d]. */
  gather(x: Value, index: Value): Value {
    return this.op('Gather', [x, index], { axis: 0 });
  }

  concat(values: readonly Value[], axis: number): Value {
    return this.op('Concat', values, { axis });
  }

  split(x: Value, axis: number, sizes: readonly Dim[]): Value[] {
    // WebGPU's operator takes constant sizes only.
    if (this.target === 'webgpu' && sizes.length === 2 && sizes.some((dim) => symbolsOf(dim).length > 0)) {
      const at = this.shape([sizes[0] as Dim]);
      const cut = (start: Value, end: Value) => this.op('Slice', [x, start, end, this.integers([axis])]);
      return [cut(this.integers([0]), at), cut(at, this.integers([2 ** 31 - 1]))];
    }
    return this.multi('Split', [x, this.shape(sizes)], sizes.length, { axis });
  }

  reduceSum(x: Value, axis: number, keepDims = true): Value {
    return this.op('ReduceSum', [x, this.integers([axis])], { keepdims: Number(keepDims) });
  }

  /** Nodes that an output depends on, in order: builders may append more than a graph needs. */
  private liveNodes(): { nodes: Node[]; used: Set<string> } {
    const used = new Set<string>(this.outputs);
    const nodes = this.nodes.toReversed().filter((node) => {
      if (!node.output.some((value) => used.has(value))) return false;
      for (const value of node.input) used.add(value);
      return true;
    });
    return { nodes: nodes.reverse(), used };
  }

  /**
   * The model in ONNX's wire format. Inputs that nothing uses are dropped, here and from `inputs` and `shapes`; those in `fixed` become
   * constants, whose numbers the session is made with. The graph is complete then: it is encoded once.
   */
  encode(fixed: FixedInputs = {}): Uint8Array {
    this.encoded ??= this.encodeNew(fixed);
    return this.encoded;
  }

  private encodeNew(fixed: FixedInputs): Uint8Array {
    const { nodes, used } = this.liveNodes();
    const constants = this.fix(fixed, used);
    for (const name of this.inputs.keys()) if (!used.has(name)) this.inputs.delete(name);
    for (const name of this.shapes.keys()) if (!used.has(name)) this.shapes.delete(name);
    const dimOf = (dim: Dim) =>
      symbolsOf(dim).length > 0 ? { dimParam: dimName(dim) } : { dimValue: resolveDim(dim, {}) };
    const valueInfo = (name: string, type: ElementType, dims: readonly Dim[] | undefined) => ({
      name,
      type: { tensorType: { elemType: onnxTypes[type], ...(dims ? { shape: { dim: dims.map(dimOf) } } : {}) } },
    });
    const model = onnx.ModelProto.create({
      irVersion: 9,
      opsetImport: [
        { domain: '', version: 17 },
        { domain: 'com.microsoft', version: 1 },
      ],
      graph: {
        name: 'graph',
        node: nodes.map((node) => ({ ...node, input: [...node.input], output: [...node.output] }) as object),
        input: [
          ...[...this.inputs].map(([name, { type, dims }]) => valueInfo(name, type, dims)),
          ...[...this.shapes].map(([name, dims]) => valueInfo(name, 'int64', [dims.length])),
        ],
        output: this.outputs.map((name) => ({
          name,
          type: { tensorType: { elemType: onnxTypes[this.outputTypes.get(name) ?? 'float32'] } },
        })),
        initializer: [...this.initializers.filter(({ name }) => used.has(name)), ...constants],
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }

  /** Takes inputs out and gives them as constants that lie outside of the model's bytes, by their names. */
  private fix(fixed: FixedInputs, used: ReadonlySet<string>): object[] {
    return Object.entries(fixed).flatMap(([name, values]) => {
      const input = this.inputs.get(name);
      if (input === undefined || !used.has(name)) return [];
      this.inputs.delete(name);
      const dims = (input.dims ?? [values.length]).map((dim) => resolveDim(dim, {}));
      const at = { location: name, offset: '0', length: String(values.byteLength) };
      const externalData = Object.entries(at).map(([key, value]) => ({ key, value }));
      return [{ name, dataType: onnxTypes[input.type], dims, dataLocation: externalLocation, externalData }];
    });
  }
}

/** A compiled graph. All outputs are float32. */
export class Program {
  private readonly session: Ort.InferenceSession;
  private readonly inputs: Graph['inputs'];
  private readonly shapes: Graph['shapes'];
  private readonly shapeTensors = new Map<string, { values: readonly number[]; tensor: Ort.Tensor }>();

  private constructor(session: Ort.InferenceSession, graph: Graph) {
    this.session = session;
    this.inputs = graph.inputs;
    this.shapes = graph.shapes;
  }

  /** @param fixed inputs with the numbers that they keep; they are read once, here, and take as much memory again. */
  static async compile(graph: Graph, threads: number, fixed: FixedInputs = {}): Promise<Program> {
    const session = await ort.InferenceSession.create(graph.encode(fixed), {
      // What is made again for every policy is to be made soon: the rest of the optimisations gains nothing here.
      graphOptimizationLevel: Object.keys(fixed).length > 0 ? 'basic' : 'all',
      externalData: Object.entries(fixed).map(([path, data]) => ({ path, data: bytesOf(data) })),
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      // Sizes change from run to run: a memory plan per shape would be kept for every shape ever seen.
      enableMemPattern: false,
      // Threads that wait by spinning take the cores from other sessions, and from whoever else computes: beside two busy
      // processes on two cores a training step took 2.5 times as long.
      extra: { session: { ...smallestAsZero, intra_op: { allow_spinning: '0' } } },
    });
    return new Program(session, graph);
  }

  /** Runs the graph. Feeds are read in place, never copied; outputs are fresh arrays. */
  async run(
    sizes: Sizes,
    feeds: Readonly<Record<string, TensorData>>,
    outputs?: readonly string[],
  ): Promise<Record<string, Float32Array>> {
    const tensors: Record<string, Ort.Tensor> = {};
    for (const [name, { type, dims }] of this.inputs) {
      const data = feeds[name];
      if (data === undefined) throw new Error(`Graph input "${name}" is not given.`);
      const shape = dims?.map((dim) => resolveDim(dim, sizes)) ?? [data.length];
      tensors[name] = tensor(type, data, shape);
    }
    for (const [name, dims] of this.shapes) tensors[name] = this.shapeTensor(name, dims, sizes);
    const results = await (outputs ? this.session.run(tensors, outputs) : this.session.run(tensors));
    return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, value.data as Float32Array]));
  }

  /** The tensor of a shape input, from the last run where it is the same. */
  private shapeTensor(name: string, dims: readonly Dim[], sizes: Sizes): Ort.Tensor {
    const values = dims.map((dim) => resolveDim(dim, sizes));
    const last = this.shapeTensors.get(name);
    if (last && sameNumbers(last.values, values)) return last.tensor;
    const tensor = new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [dims.length]);
    this.shapeTensors.set(name, { values, tensor });
    return tensor;
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/** Tensors of data that is fed again: a step of sampling has dozens of inputs, and making a tensor takes as long as a small operator. */
const madeTensors = new WeakMap<TensorData, Ort.Tensor>();

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function tensor(type: ElementType, data: TensorData, dims: readonly number[]): Ort.Tensor {
  const made = madeTensors.get(data);
  if (made && made.type === type && sameNumbers(made.dims, dims)) return made;
  const tensor = newTensor(type, data, dims);
  madeTensors.set(data, tensor);
  return tensor;
}

function newTensor(type: ElementType, data: TensorData, dims: readonly number[]): Ort.Tensor {
  if (type === 'float32' && data instanceof Float32Array) return new ort.Tensor('float32', data, dims);
  if (type === 'int32' && data instanceof Int32Array) return new ort.Tensor('int32', data, dims);
  if (type === 'int64' && data instanceof BigInt64Array) return new ort.Tensor('int64', data, dims);
  throw new Error(`Graph input of type ${type} got a ${data.constructor.name}.`);
}
