/**
 * @file AdamW (Loshchilov and Hutter 2019, algorithm 2, in the arithmetic order of PyTorch's) with a clip of the global
 * gradient norm, in place over flat arrays. A plain loop: measured faster here than an ONNX graph, which must copy outputs.
 * Weight decay applies to every parameter, norms included, as the reference launch scripts have it.
 */
import { EngineError } from '../../../errors.ts';
import type { AdamParams, OptimMetrics } from '../../engine.ts';

/** Flat arrays in the layout of the trained parameters; `step` counts updates, for the bias correction. */
export interface OptimizerState {
  /** First and second moments. */
  readonly m: Float32Array;
  readonly v: Float32Array;
  step: number;
}

/** The state before the first update; `size` counts trained parameters. */
export const makeOptimizer = (size: number): OptimizerState => ({
  m: new Float32Array(size),
  v: new Float32Array(size),
  step: 0,
});

/** Euclidean norm, accumulated in double precision. */
export function gradientNorm(gradient: Float32Array): number {
  let a = 0;
  let b = 0;
  const even = gradient.length & ~1;
  for (let i = 0; i < even; i += 2) {
    const x = gradient[i] as number;
    const y = gradient[i + 1] as number;
    a += x * x;
    b += y * y;
  }
  if (even < gradient.length) a += (gradient[even] as number) ** 2;
  return Math.sqrt(a + b);
}

/**
 * One step: m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; p = p (1 - lr wd) - lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps),
 * where g is scaled by min(1, clip / norm). The caller clears the gradient.
 *
 * @throws EngineError when the norm is not finite, and nothing has changed then; or when a parameter no longer is, and
 * only a checkpoint helps then.
 */
export function adamStep(
  parameters: Float32Array,
  gradient: Float32Array,
  state: OptimizerState,
  options: AdamParams,
): OptimMetrics {
  const { learningRate, beta1, beta2, epsilon, weightDecay, gradientClip } = options;
  const norm = gradientNorm(gradient);
  if (!Number.isFinite(norm)) {
    throw new EngineError('not-finite', `optimStep: the gradient norm is ${norm}; parameters are unchanged.`);
  }
  const scale = gradientClip > 0 && norm > gradientClip ? gradientClip / (norm + 1e-6) : 1;
  state.step++;
  const stepSize = learningRate / (1 - beta1 ** state.step);
  const rootCorrection = 1 / Math.sqrt(1 - beta2 ** state.step);
  const decay = 1 - learningRate * weightDecay;
  const { m, v } = state;
  let broken = 0;
  for (let i = 0; i < parameters.length; i++) {
    const g = (gradient[i] as number) * scale;
    const mi = beta1 * (m[i] as number) + (1 - beta1) * g;
    const vi = beta2 * (v[i] as number) + (1 - beta2) * g * g;
    m[i] = mi;
    v[i] = vi;
    const p = (parameters[i] as number) * decay - (stepSize * mi) / (Math.sqrt(vi) * rootCorrection + epsilon);
    parameters[i] = p;
    broken += p * 0;
  }
  if (broken !== 0) {
    throw new EngineError(
      'not-finite',
      `optimStep: parameters are not finite after step ${state.step}.`,
      'Resume from the last checkpoint, with a lower learning rate if the run was sound until then.',
    );
  }
  return { gradientNorm: norm, step: state.step };
}
