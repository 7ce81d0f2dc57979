/** @file The names of the solvers that read without understanding: what reports and pages need of them. */

/** In the order of reports. */
export const readerNames = [
  'question only',
  'options only',
  'best line',
  'passage 1',
  'passages 3',
  'passages 8',
] as const;

/** A solver that reads without understanding. */
export type ReaderName = (typeof readerNames)[number];
