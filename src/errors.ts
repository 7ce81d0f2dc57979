/**
 * @file The error hierarchy. A message says what failed, the value got, what was allowed; `hint` says what to do.
 * The CLI prints `message` and `hint` without a stack; anything that is not a GolongrlError is a bug and keeps its stack.
 */

/** An error that a user can do something about; the base of all others here. */
export class GolongrlError extends Error {
  /** Stable machine-readable code, e.g. `config-invalid`. */
  readonly code: string;
  /** What the user can do about it. */
  readonly hint: string | undefined;

  constructor(code: string, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.hint = hint;
  }
}

/** Wrong flag, option or configuration value: the CLI exits with 2. */
export class UsageError extends GolongrlError {}

/** A file or document that cannot be used: missing, unreadable, empty, corrupt or of a foreign format. */
export class InputError extends GolongrlError {}

/** The machine failed: disk full, out of memory, engine worker gone. */
export class ResourceError extends GolongrlError {}

/** The engine cannot go on with what it was given: a loss or gradient that is not finite, an impossible batch, an abort. */
export class EngineError extends GolongrlError {
  /** Whether the engine itself is gone, with the weights that were not saved: `Engine.reopen` may bring it back. */
  get lost(): boolean {
    return false;
  }
}

/** Levenshtein distance between two short strings. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/**
 * An error for a value outside a fixed set, with a suggestion when one is near.
 *
 * @example unknownValue('--estimator', 'tnm', ['grpo', 'tmn']).message
 * // '--estimator: got "tnm", expected grpo | tmn. Did you mean "tmn"?'
 */
export function unknownValue(field: string, got: string, allowed: readonly string[]): UsageError {
  const nearest = allowed
    .map((value) => ({ value, distance: editDistance(got.toLowerCase(), value.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const close = nearest !== undefined && nearest.distance <= Math.max(2, Math.floor(got.length / 3));
  const suggestion = close ? ` Did you mean "${nearest.value}"?` : '';
  return new UsageError('unknown-value', `${field}: got "${got}", expected ${allowed.join(' | ')}.${suggestion}`);
}

/** What went wrong, as one line of words, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
