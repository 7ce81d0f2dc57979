/**
 * @file Computations that may have no value: what is left undefined, and what is an error.
 */
import { DivisionByZero, NotScalar } from './canonical.ts';
import { MathBudgetError } from './rational.ts';

/** Undefined where the budget ends, something divides by zero or is no scalar; other errors go on. */
export function guarded<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof MathBudgetError || error instanceof DivisionByZero || error instanceof NotScalar)
      return undefined;
    throw error;
  }
}
