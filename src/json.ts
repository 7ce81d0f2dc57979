/**
 * @file What JSON can be, told by one test.
 */

/** Whether a value is a JSON object: neither null, a list nor a scalar. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
