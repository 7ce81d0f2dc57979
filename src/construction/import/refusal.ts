/** @file Why a row of an imported dataset becomes no sample. The codes are stable: `quarantine.jsonl` and the report count by them. */
import type { QuarantineCode } from '../../records/reader.ts';

/** What the compatibility filter may find; a row of the released layout can be kept with such a finding as a flag. */
export const compatibilityCodes = [
  'reward-mismatch',
  'options-missing',
  'answer-lines',
  'answer-repeated',
  'answer-too-long',
  'answer-too-short',
  'answer-line-end',
  'answer-not-in-context',
  'answer-form',
] as const;

/** Code of a finding that `keep` may turn into a flag. */
export type CompatibilityCode = (typeof compatibilityCodes)[number];

/** All reasons for which a row is refused, those of the compatibility filter among them. */
export const refusalCodes = [
  'field-missing',
  'unknown-ability',
  'unknown-reward',
  'prompt-form',
  'gold-form',
  'altered',
  'left-out',
  'empty-context',
  'answers-differ',
  ...compatibilityCodes,
  'answer-start',
  'gold-not-rewarded',
  'empty-rewarded',
  'duplicate',
] as const;

/** Why a row became no sample; see `refusalCodes`. */
export type RefusalCode = (typeof refusalCodes)[number];

/** Thrown while a row is read; `importRows` turns it into a line of the quarantine. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A row that was set aside. */
export interface QuarantinedRow {
  readonly row: string;
  readonly code: RefusalCode | QuarantineCode;
  readonly reason: string;
}
