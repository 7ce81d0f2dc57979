/** @file By what lines that are set out are told: gaps of blanks, rules of strokes, figures, dots that lead the eye. */
import { dateOf, numberOf } from '../cell-values.ts';
import type { Line, Shown } from '../lines.ts';
import type { Piece } from '../table.ts';

/** A wider line is no row that is set out for a screen. */
export const widest = 1000;

/** Two blanks behind the end of a sentence are a typist's. */
const gap = /\S(?: {3,}|\u3000+| \. \. ?\. )\s*\S|[^\s.!?] {2}\S|\S\t|\S ?\.{4,} ?\S/;

/** Two blanks or a tab between two words, not behind the mark of a list item; dots that lead the eye count as blanks. */
export const hasGap = (text: string): boolean =>
  text.length <= widest &&
  gap.test(text) &&
  (!/^\s*(?:[-*+•]|\d{1,3}[.)])\s/.test(text) || gap.test(text.trim().replace(/^\S+\s+/, '')));

/** Runs of strokes, nothing else. */
export const isStrokes = (text: string): boolean =>
  // Filings of the nineties mark columns of text by `<S> <C> <C>`.
  text.length <= widest && (/^\s*<S>(?:\s+<C>)+\s*$/i.test(text) || /^[\s+]*[-=_─━═]{2,}[-=_─━═\s+|]*$/.test(text));

/** Stands for the blanks between a sign of money and its figure, which are one cell. */
const glue = '\u0001';
export const unglued = ({ value, span }: Piece): Piece => ({
  value: value.includes(glue) ? value.replaceAll(glue, ' ').replace(/ +/g, ' ') : value,
  span,
});

/** Dots that lead the eye are blanks. */
export const blankedLeaders = (line: Line): Line => ({
  text: line.text
    .replace(/\.{4,}|(?:\. ){3,}\.?/g, (dots) => ' '.repeat(dots.length))
    .replace(/(?<=[$€£¥]) +(?=[\d(])/g, (blanks) => glue.repeat(blanks.length)),
  start: line.start,
});

export const codeLine = /[;{}]\s*$|^\s*(?:\/\/|\/\*|#define|#include|\$ |>>> )|=>|->|\)\s*\{|:=|==|&&|\|\|/;

export const isFigure = (value: string): boolean =>
  numberOf(value) !== undefined ||
  dateOf(value) !== undefined ||
  /^(?:[-–—]{1,2}|[\d.,]+%? \([\d.,/%]+\))$/.test(value);

export const indentIn = (text: string): number => text.length - text.trimStart().length;

export const indentOf = ({ blank }: Shown): number => blank.indexOf(false);
