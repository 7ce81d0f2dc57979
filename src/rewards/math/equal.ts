/**
 * @file Mathematical equality of two short answers.
 */

/** A plain number's value: thousands separators, currency, percent and a trailing unit word set aside. */
function numberOf(text: string): number | undefined {
  const inner = /\\boxed\{([^{}]*)\}/.exec(text)?.[1] ?? text;
  const plain = inner.replace(/[\\$*,\s]/g, '').replace(/[.。]$/, '');
  const fraction = /^([-+]?\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)%?$/.exec(plain);
  if (fraction !== null) return Number(fraction[1]) / Number(fraction[2]);
  const match = /^([-+]?\d+(?:\.\d+)?)%?(?:[a-zA-Z]*)$/.exec(plain);
  return match === null ? undefined : Number(match[1]);
}

export interface Verdict {
  readonly equal: boolean;
  /** What was compared and why the verdict is what it is, one step an entry. */
  readonly trace: readonly string[];
}

/** Whether `pred` states the same value as `gold`. */
export function mathEqual(gold: string, pred: string): Verdict {
  const a = numberOf(gold);
  const b = numberOf(pred);
  const equal = a === undefined || b === undefined ? gold.trim() === pred.trim() : Math.abs(a - b) < 1e-9;
  return { equal, trace: [`gold ${gold} -> ${a}`, `pred ${pred} -> ${b}`] };
}
