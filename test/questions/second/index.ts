/** @file The second implementations by the id of their generator. */
import type { Second } from './prompt.ts';
import { records } from './records.ts';
import { talks } from './talks.ts';

export const seconds: Readonly<Record<string, Second>> = { ...records, ...talks };
