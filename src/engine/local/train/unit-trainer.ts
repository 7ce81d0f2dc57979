/** @file What computes gradients of the pieces of a batch and holds their sum: on the processor (host-units.ts) or on a device. */
import type { LossSpec } from '../../engine.ts';
import type { LossResult } from '../../losses.ts';
import type { ExpertLoad } from './expert-load.ts';
import type { ByRollout } from './gate-feeds.ts';
import type { HeadRows, MicroBatch } from './packing.ts';
import type { Unit } from './units.ts';

/** The loss of some rows. */
export interface UnitLoss {
  readonly result: LossResult;
  /** Sum over the rows. */
  readonly entropy: number;
}

/** The loss as a piece of a batch takes it. */
export interface PieceLoss {
  readonly spec: LossSpec;
  readonly byRollout: ByRollout;
  readonly load: ExpertLoad;
}

/** Between `begin` and `keep` or `drop` lies a batch; `drop` leaves the gradients as `begin` found them. */
export interface UnitTrainer {
  begin(): void;
  /** One graph of the whole model. @throws EngineError when a number is not finite */
  packed(micro: MicroBatch, loss: PieceLoss): Promise<UnitLoss>;
  /** The layered pass. @throws EngineError when a number is not finite, or the signal aborts */
  layered(unit: Unit, loss: PieceLoss, signal: AbortSignal | undefined): Promise<UnitLoss & { rows: HeadRows }>;
  keep(): Promise<void>;
  drop(): void;
  /** Forgets the accumulated gradients. */
  clear(): void;
  release(): Promise<void>;
}
