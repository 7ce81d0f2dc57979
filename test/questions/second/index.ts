/** @file The second implementations by the id of their generator. */

import { events } from './events.ts';
import type { Second } from './prompt.ts';
import { records } from './records.ts';
import { releases } from './releases.ts';
import { tables } from './tables.ts';
import { talks } from './talks.ts';

export const seconds: Readonly<Record<string, Second>> = { ...events, ...releases, ...records, ...tables, ...talks };
