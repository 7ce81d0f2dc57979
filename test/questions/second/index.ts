/** @file The second implementations by the id of their generator. */

import { data } from './data.ts';
import { events } from './events.ts';
import { laws } from './laws.ts';
import type { Second } from './prompt.ts';
import { records } from './records.ts';
import { releases } from './releases.ts';
import { tables } from './tables.ts';
import { talks } from './talks.ts';
import { works } from './works.ts';

export const seconds: Readonly<Record<string, Second>> = {
  ...data,
  ...events,
  ...laws,
  ...releases,
  ...records,
  ...tables,
  ...talks,
  ...works,
};
