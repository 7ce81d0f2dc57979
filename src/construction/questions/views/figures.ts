/** @file Periods, sums of money and percentages that provisions state. */
import type { Span } from '../../../corpus/document.ts';
import type { Quantity } from '../../../corpus/facts/quantities.ts';
import type { ContextDocument } from '../question.ts';

/** What a figure is. */
export type FigureKind = 'period' | 'money' | 'percentage';

/** A figure in the words of the document. */
export interface Figure {
  readonly kind: FigureKind;
  readonly value: number;
  /** `day`, `hour`, `£`, `元`. */
  readonly unit: string;
  readonly text: string;
  readonly span: Span;
}

const periodUnits: Readonly<Record<string, string>> = {
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
  weeks: 'week',
  months: 'month',
  years: 'year',
  分钟: '分钟',
  小时: '小时',
  日: '日',
  天: '日',
  个月: '个月',
  年: '年',
};

function read({ unit }: Quantity): { kind: FigureKind; unit: string } | undefined {
  const one = /s$/.test(unit) ? unit : `${unit}s`;
  const period = periodUnits[unit] ?? periodUnits[one];
  if (period !== undefined) return { kind: 'period', unit: period };
  if (/^[£$€¥]$|^元$/.test(unit)) return { kind: 'money', unit };
  return /^(?:per cent|percent|%)$/.test(unit) ? { kind: 'percentage', unit: '%' } : undefined;
}

/** The figures within a part of the document. */
export function figuresWithin({ document, facts }: ContextDocument, part: Span): Figure[] {
  return facts.quantities.flatMap((quantity) => {
    const { span, value } = quantity;
    if (span.start < part.start || span.end > part.end) return [];
    const known = read(quantity);
    return known === undefined ? [] : [{ ...known, value, text: document.text.slice(span.start, span.end), span }];
  });
}
