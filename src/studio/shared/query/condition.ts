/** @file What all queries say of a condition alike: numbers, ranges, and how a word may be compared. */
import { UsageError } from '../../../errors.ts';
import type { Operator } from './lex.ts';

/** @throws UsageError that names the field */
export function numberOf(text: string, field: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(
      'query-invalid',
      `query, ${field}: got "${text}", expected a number or a range such as 10..20`,
    );
  return value;
}

/** The ends of `10..20`, of which one may be open; undefined for what is no range. @throws UsageError for ends that are no numbers */
export function rangeOf(text: string, field: string): readonly [low: number, high: number] | undefined {
  const [, low, high] = /^(.*?)\.\.(.*)$/.exec(text) ?? [];
  if (low === undefined || high === undefined) return undefined;
  return [
    low === '' ? Number.NEGATIVE_INFINITY : numberOf(low, field),
    high === '' ? Number.POSITIVE_INFINITY : numberOf(high, field),
  ];
}

/** Whether a word must be one of those named, or none of them. @throws UsageError for an operator of numbers */
export function isWanted(operator: Operator, field: string): boolean {
  if (operator !== ':' && operator !== '=' && operator !== '!=')
    throw new UsageError(
      'query-invalid',
      `query, ${field}: got "${operator}", expected ":" or "!=": ${field} is a word`,
    );
  return operator !== '!=';
}
