/** @file What computes the steps of sampling and holds its keys and values: the processor (host-stepper.ts) or a device. */
import type { SampleRequest } from '../../engine.ts';
import type { DecodeBatch } from './decode-batch.ts';
import type { SampleExtent } from './fixed-weights.ts';

/** A token for each row of a batch. */
export interface Drawn {
  readonly tokens: ArrayLike<number>;
  /** Of each token at temperature 1. */
  readonly probabilities: ArrayLike<number>;
  /** Of each row's distribution at temperature 1, nats; absent where only tokens come back. */
  readonly entropies?: ArrayLike<number>;
  /** New keys and values for `DecodeBatch.advance`, where they do not stay where they were computed. */
  readonly cache?: Float32Array;
}

/** What prefilling tells. */
export interface PrefillProgress {
  /** After each part, with its tokens; may throw to stop. */
  readonly onPart: (tokens: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A request in progress. */
export interface DecodeSession {
  readonly batch: DecodeBatch;
  /** Keys and values of prompts without their last token, for the slots from `first` on. */
  prefill(prompts: readonly Int32Array[], first: number, progress: PrefillProgress): Promise<void>;
  step(): Promise<Drawn>;
  /** Frees what the request held. */
  close(): void;
}

/** See the head of this file. */
export interface Stepper {
  open(request: SampleRequest, extent: SampleExtent): DecodeSession;
  /** To be called when weights have changed. */
  forget?(): Promise<void>;
  release(): Promise<void>;
}
