/**
 * @file What the engine's worker and its owner say to each other, and errors on the wire: a structured clone keeps neither
 * class nor code, so they travel as plain fields.
 */
import { EngineError, GolongrlError, InputError, ResourceError, UsageError } from '../../errors.ts';
import type { LocalEngineOptions } from './engine-core.ts';

export const engineMethods = [
  'info',
  'sample',
  'forwardBackward',
  'logprobs',
  'optimStep',
  'save',
  'load',
  'close',
] as const;
export type EngineMethod = (typeof engineMethods)[number];

export type WorkerRequest =
  | { readonly type: 'call'; readonly id: number; readonly method: EngineMethod; readonly args: readonly unknown[] }
  | { readonly type: 'abort'; readonly id: number };

export type WorkerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly error: WireError }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: WireError };

export interface WorkerData {
  readonly options: LocalEngineOptions;
}

export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly hint?: string | undefined;
  readonly stack?: string | undefined;
}

const classes = { UsageError, InputError, ResourceError, EngineError, GolongrlError } as const;

export function toWire(error: unknown): WireError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  return error instanceof GolongrlError
    ? { name, message, stack, code: error.code, hint: error.hint }
    : { name, message, stack };
}

export function fromWire({ name, message, code, hint, stack }: WireError): Error {
  const Class = Object.entries(classes).find(([key]) => key === name)?.[1];
  const error = Class && code !== undefined ? new Class(code, message, hint) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
