/**
 * @file Where the micro policy's weights begin: not at noise, but at the circuit that every language model finds first.
 *
 * Copying what followed the same words before (an induction circuit: Elhage et al. 2021, Olsson et al. 2022) takes a model of
 * this size millions of tokens to find, and until then it learns nothing else. The circuit is well understood, so it is
 * written into the first three layers as a rough start, and gradient descent does the rest; every weight is trained.
 *
 * Residual stream (width 128): code 0..15 (a random unit vector a token), identity 16..55, the codes of the three tokens
 * before 56..103, the code of the line 104..119, a constant 127.
 *   Layer 0, heads 0..2: attend 1, 2 and 3 tokens back (a matter of RoPE angles alone) and copy the code.
 *   Layer 1, heads 0..2: attend to the 1st, 2nd and 3rd token of the current line, and add their codes: the line's code.
 *   Layer 2, heads 0..1: attend to the token whose predecessors and line match the present ones, and copy what it is.
 */
import type { ModelConfig } from '../../src/engine/local/model-config.ts';
import { initModel, type Parameters } from '../../src/engine/local/parameters.ts';
import { type Random, random } from '../../src/random.ts';

const code = { start: 0, size: 16 };
const identity = { start: 0, size: 56 };
const previous = [56, 72, 88];
const line = 104;
const constant = 127;
/** Size of an identity coordinate in the embedding; a code has four times that length. */
const scale = 0.15;

/** A view of one weight matrix [rows, columns]. */
class Matrix {
  constructor(
    private readonly data: Float32Array,
    private readonly columns: number,
  ) {}
  static of(parameters: Parameters, key: string, columns: number): Matrix {
    const data = parameters.views[key];
    if (data === undefined) throw new Error(`no tensor ${key}`);
    return new Matrix(data, columns);
  }
  set(row: number, column: number, value: number): void {
    this.data[row * this.columns + column] = value;
  }
  clearRows(start: number, count: number): void {
    this.data.fill(0, start * this.columns, (start + count) * this.columns);
  }
  clearColumns(start: number, count: number): void {
    for (let at = start; at < this.data.length; at += this.columns) this.data.fill(0, at, at + count);
  }
}

/** `rows` orthonormal vectors of length `size` (Gram-Schmidt on normal draws). */
function orthonormal(rows: number, size: number, rng: Random): number[][] {
  const basis: number[][] = [];
  while (basis.length < rows) {
    const vector = Array.from({ length: size }, () => rng.next() + rng.next() + rng.next() - 1.5);
    for (const other of basis) {
      const dot = vector.reduce((sum, x, i) => sum + x * (other[i] ?? 0), 0);
      for (let i = 0; i < size; i++) vector[i] = (vector[i] ?? 0) - dot * (other[i] ?? 0);
    }
    const length = Math.hypot(...vector);
    if (length > 1e-3) basis.push(vector.map((x) => x / length));
  }
  return basis;
}

/** Weights for a Llama model of width 128 with heads of size 64; `newline` is the token that ends a line. */
export function inductionInit(config: ModelConfig, newline: number, seed: number): Parameters {
  if (config.hiddenSize !== 128 || config.headDim !== 64 || config.layers < 3 || config.kvHeads !== config.heads || config.heads < 3) {
    throw new Error('inductionInit: written for width 128, at least 3 layers and 3 heads of size 64');
  }
  const parameters = initModel(config, seed);
  const rng = random(seed, 'induction-init');
  const d = config.hiddenSize;
  const hd = config.headDim;
  const half = hd / 2;
  const angle = (pair: number): number => config.ropeTheta ** (-pair / half);
  const codeLength = 4 * scale;

  const embedding = Matrix.of(parameters, 'embedding', d);
  const newlineCode: number[] = [];
  for (let token = 0; token < config.vocabSize; token++) {
    const [unit = []] = orthonormal(1, code.size, rng);
    unit.forEach((x, i) => {
      embedding.set(token, code.start + i, x * codeLength);
      if (token === newline) newlineCode.push(x * codeLength);
    });
    for (let i = code.size; i < identity.size; i++) embedding.set(token, i, scale * (rng.next() + rng.next() + rng.next() - 1.5) * 2);
    embedding.set(token, constant, 3 * scale);
  }
  // Root mean square of the residual stream before each layer: what its RMSNorm divides by, and the weights multiply back.
  const squares = 16 + (identity.size - code.size) + 9;
  const rms = [squares, squares + 48, squares + 65].map((sum) => scale * Math.sqrt(sum / d));

  const head = (layer: number, index: number) => {
    const at = index * hd;
    const matrices = {
      query: Matrix.of(parameters, `layer${layer}.query`, d),
      key: Matrix.of(parameters, `layer${layer}.key`, d),
      value: Matrix.of(parameters, `layer${layer}.value`, d),
      output: Matrix.of(parameters, `layer${layer}.output`, config.heads * hd),
    };
    for (const matrix of [matrices.query, matrices.key, matrices.value]) matrix.clearRows(at, hd);
    matrices.output.clearColumns(at, hd);
    const norm = rms[layer] ?? 1;
    /** Copies `size` coordinates of what is attended to. */
    const copy = (from: number, to: number, size: number, gain: number): void => {
      for (let i = 0; i < size; i++) {
        matrices.value.set(at + i, from + i, norm);
        matrices.output.set(to + i, at + i, gain);
      }
    };
    return { ...matrices, at, norm, fromConstant: norm / (3 * scale), copy };
  };

  // Layer 0: sum over the fastest pairs of cos(angle (distance - back)) peaks at distance `back`.
  previous.forEach((to, index) => {
    const { query, key, at, fromConstant, copy } = head(0, index);
    const gain = Math.sqrt((40 * Math.sqrt(hd)) / 6);
    for (let pair = 0; pair < 6; pair++) {
      const turn = -angle(pair) * (index + 1);
      query.set(at + pair, constant, gain * Math.cos(turn) * fromConstant);
      query.set(at + pair + half, constant, gain * Math.sin(turn) * fromConstant);
      key.set(at + pair, constant, gain * fromConstant);
    }
    copy(code.start, to, code.size, 1);
  });

  // Layer 1: a key is large where the token `index + 1` before is a newline; slow pairs prefer the nearest such place.
  previous.forEach((from, index) => {
    const { query, key, at, norm, fromConstant, copy } = head(1, index);
    query.set(at + half - 1, constant, ((40 * Math.sqrt(hd)) / codeLength ** 2) * fromConstant);
    newlineCode.forEach((x, i) => {
      key.set(at + half - 1, from + i, x * norm);
    });
    const gain = Math.sqrt((150 * Math.sqrt(hd)) / 4);
    for (let pair = 8; pair < 12; pair++) {
      query.set(at + pair, constant, gain * Math.cos(0.6) * fromConstant);
      query.set(at + pair + half, constant, gain * Math.sin(0.6) * fromConstant);
      key.set(at + pair, constant, gain * fromConstant);
    }
    copy(code.start, line, code.size, 0.6);
  });

  // Layer 2: three comparisons in the pairs that RoPE hardly turns: this token with the one before the candidate, the one
  // before this with the one before that, and line with line.
  const comparisons = [
    { pairs: [14, 21], gain: 20, mine: code.start, theirs: previous[0] ?? 0 },
    { pairs: [21, 25], gain: 15, mine: previous[0] ?? 0, theirs: previous[1] ?? 0 },
    { pairs: [25, 32], gain: 6, mine: line, theirs: line },
  ];
  for (const index of [0, 1]) {
    const { query, key, at, norm, copy } = head(2, index);
    for (const { pairs, gain, mine, theirs } of comparisons) {
      const [low = 0, high = 0] = pairs;
      const rows = Array.from({ length: high - low }, (_, i) => low + i).flatMap((pair) => [pair, pair + half]);
      const weight = Math.sqrt((gain * Math.sqrt(hd) * code.size) / rows.length) / codeLength;
      orthonormal(rows.length, code.size, rng).forEach((vector, r) => {
        vector.forEach((x, i) => {
          query.set(at + (rows[r] ?? 0), mine + i, x * weight * norm);
          key.set(at + (rows[r] ?? 0), theirs + i, x * weight * norm);
        });
      });
    }
    const part = identity.size / 2;
    copy(identity.start + index * part, identity.start + index * part, part, 2);
  }
  return parameters;
}
