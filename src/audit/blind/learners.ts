/** @file All kinds of blind policies; a new one is a file and a line here. */
import { choices } from './choices.ts';
import { constants } from './constants.ts';
import { copies } from './copies.ts';
import { lists } from './lists.ts';
import type { Learner } from './policy.ts';
import { tables } from './tables.ts';
import { templates } from './templates.ts';

export const learners: readonly Learner[] = [constants, copies, choices, lists, tables, templates];
