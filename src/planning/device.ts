/**
 * @file Accelerators by their data sheets, and the shares of a sheet's figures that a plan counts on.
 */

/** One GPU. */
export interface Device {
  readonly name: string;
  /** GiB. */
  readonly memory: number;
  /** Dense bf16 FLOPs a second. */
  readonly flops: number;
  /** Bytes a second. */
  readonly bandwidth: number;
}

/** Figures of the makers' data sheets, dense bf16 without sparsity. */
export const devices = {
  A100: { name: 'A100 80GB', memory: 80, flops: 312e12, bandwidth: 2.04e12 },
  H100: { name: 'H100 80GB', memory: 80, flops: 989e12, bandwidth: 3.35e12 },
  H200: { name: 'H200 141GB', memory: 141, flops: 989e12, bandwidth: 4.8e12 },
  B200: { name: 'B200 180GB', memory: 180, flops: 2250e12, bandwidth: 8e12 },
} as const satisfies Readonly<Record<string, Device>>;
/** What `--device` takes. */
export type DeviceName = keyof typeof devices;
/** In the order of the table above. */
export const deviceNames = Object.keys(devices) as DeviceName[];

/** Shares in [0, 1]; `overhead` is on top of the time of the other parts. */
export interface Efficiency {
  /** Share of the FLOPs that training reaches (model FLOPs utilisation, recomputation counted as work). */
  readonly training: number;
  /** The same for prefill. */
  readonly prefill: number;
  /** Share of the memory bandwidth that decoding reaches. */
  readonly decoding: number;
  /** Share of a step for weight transfer, offload, waiting for the longest response. */
  readonly overhead: number;
}

/** Usual figures of tuned dense training on these devices; long contexts over many GPUs reach less, experts much less. */
export const usualEfficiency: Efficiency = { training: 0.35, prefill: 0.4, decoding: 0.5, overhead: 0.2 };
/** Routed experts: small matrices and all-to-all traffic. */
export const expertEfficiency: Efficiency = { training: 0.15, prefill: 0.2, decoding: 0.4, overhead: 0.2 };

/** Share of the memory that a training process can fill: CUDA context, NCCL buffers and fragments take the rest. */
export const usableMemory = 0.9;
