/**
 * @file One thing that `doctor` looks at, and how a list of them is told.
 */
import { z } from 'zod';

export const checkSchema = z.object({
  name: z.string(),
  /** `warn` may be as it should be; `fail` will stop a run. */
  status: z.enum(['ok', 'warn', 'fail']),
  found: z.string(),
  /** What to do; empty where nothing. */
  hint: z.string(),
});
export type Check = z.infer<typeof checkSchema>;

export const ok = (name: string, found: string): Check => ({ name, status: 'ok', found, hint: '' });
export const warn = (name: string, found: string, hint: string): Check => ({ name, status: 'warn', found, hint });
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
