/** @file The worked examples of all sub-tasks in Chinese, by id. */
import type { Written } from '../../draft.ts';
import { t1ToT3 } from './t1-to-t3.ts';
import { t4ToT6 } from './t4-to-t6.ts';
import { t7ToT9 } from './t7-to-t9.ts';

/** Over `chineseExampleDocuments`. */
export const chineseExamples: Readonly<Record<string, Written>> = { ...t1ToT3, ...t4ToT6, ...t7ToT9 };
