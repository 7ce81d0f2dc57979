/**
 * @file One thing that `doctor` looks at, and how a list of them is told.
 */
import { z } from 'zod';

/** Also what the probe in a Python environment prints. */
export const checkSchema = z.object({
  name: z.string(),
  /** `warn` may be as it should be; `fail` will stop a run. */
  status: z.enum(['ok', 'warn', 'fail']),
  found: z.string(),
  /** What to do; empty where nothing. */
  hint: z.string(),
});
/** One line of the result. */
export type Check = z.infer<typeof checkSchema>;

/** Nothing to do. */
export const ok = (name: string, found: string): Check => ({ name, status: 'ok', found, hint: '' });
/** A run may work; the hint says what to look at. */
export const warn = (name: string, found: string, hint: string): Check => ({ name, status: 'warn', found, hint });
/** A run will not work before the hint is followed. */
export const fail = (name: string, found: string, hint: string): Check => ({ name, status: 'fail', found, hint });

const marks = { ok: '✓', warn: '!', fail: '✗' } as const;

/** A line for each check, with what to do under those that are not well. */
export function checkLines(checks: readonly Check[]): string[] {
  const width = Math.max(0, ...checks.map(({ name }) => name.length));
  return checks.flatMap(({ name, status, found, hint }) => [
    `${marks[status]} ${name.padEnd(width)}  ${found}`,
    ...(status === 'ok' || hint === '' ? [] : [`  ${' '.repeat(width)}  → ${hint}`]),
  ]);
}
