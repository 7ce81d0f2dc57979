/**
 * @file What the engine's process and its owner say to each other, and errors on the wire: a structured clone keeps neither
 * class nor code, so they travel as plain fields.
 */
import { EngineError, GolongrlError, InputError, ResourceError, UsageError } from '../../errors.ts';
import type { SampleEvent } from '../engine.ts';
import type { LocalEngineOptions } from './engine-core.ts';

/** What of the `Engine` interface can be called across processes. */
export const engineMethods = [
  'info',
  'sample',
  'forwardBackward',
  'logprobs',
  'topLogprobs',
  'optimStep',
  'save',
  'load',
  'close',
] as const;
/** A method's name on the wire. */
export type EngineMethod = (typeof engineMethods)[number];

/** From the owner to the engine's process. `abort` names the call that is to stop. */
export type EngineRequest =
  /** The first. */
  | { readonly type: 'open'; readonly options: LocalEngineOptions }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly method: EngineMethod;
      readonly args: readonly unknown[];
      /** Whether the caller listens. */
      readonly events: boolean;
    }
  | { readonly type: 'abort'; readonly id: number };

/** From the engine's process to its owner. `ready` and `failed` answer `open`; the others name their call. */
export type EngineReply =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly error: WireError }
  | { readonly type: 'event'; readonly id: number; readonly event: SampleEvent }
  | {
      readonly type: 'result';
      readonly id: number;
      readonly value: unknown;
      /** The most that the process has held in memory. */
      readonly peakBytes: number;
    }
  | { readonly type: 'error'; readonly id: number; readonly error: WireError };

/** An error as plain fields; `code` and `hint` only of this package's own classes. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly hint?: string | undefined;
  readonly stack?: string | undefined;
}

const classes = { UsageError, InputError, ResourceError, EngineError, GolongrlError } as const;

/** Takes whatever was thrown; what is no Error becomes one with its text as message. */
export function toWire(error: unknown): WireError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  return error instanceof GolongrlError
    ? { name, message, stack, code: error.code, hint: error.hint }
    : { name, message, stack };
}

/** Undoes `toWire`: the package's own errors get their class back, others become a plain Error. */
export function fromWire({ name, message, code, hint, stack }: WireError): Error {
  const Class = Object.entries(classes).find(([key]) => key === name)?.[1];
  const error = Class && code !== undefined ? new Class(code, message, hint) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
