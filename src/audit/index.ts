/**
 * @file Public entry point `golongrl/audit`: is a dataset with its reward worth training on? What right answers lose in the forms
 * that models write, what near misses earn, what is earned without reading.
 */
export { type AuditOptions, audit } from './audit.ts';
export type { BlindFinding } from './blind/blind-finding.ts';
export { blindProbes } from './blind/probes.ts';
export { type AuditSource, sourceOfSample } from './item.ts';
export type { LintFinding } from './lints.ts';
export { type ReadSourcesOptions, sourceOfRow, sourcesOf } from './read-sources.ts';
export { type ReaderName, readerNames } from './readers/readers.ts';
export {
  type AuditLimits,
  type AuditReport,
  defaultLimits,
  type GroupFinding,
  type KindFinding,
  type Tally,
  type WorstAnswer,
} from './report.ts';
export { type Score, scoreHere } from './scoring.ts';
