/** @file What is open while a LaTeX source is read: a group, an argument, an environment. */

import { TextBuilder } from '../office/text-builder.ts';

export interface Frame {
  readonly text: TextBuilder;
  readonly kind: 'root' | 'group' | 'argument' | 'environment';
  /** Name of the command or environment. */
  readonly name: string;
  /** Kinds of this argument and of those that are still to come; a star behind them is that of the command. */
  readonly uses: string;
  /** Items of a list so far. */
  items: number;
  /** Of a float. */
  caption: string;
}

export const frame = (kind: Frame['kind'], name: string, uses = ''): Frame => ({
  text: new TextBuilder(),
  kind,
  name,
  uses,
  items: 0,
  caption: '',
});

export const isFloat = (name: string): boolean => /^(?:table|figure|wraptable|wrapfigure|sidewaystable)\*?$/.test(name);
export const isList = (name: string): boolean =>
  /^(?:itemize|enumerate|description|compactitem|compactenum)\*?$/.test(name);
export const isOrdered = (name: string): boolean => /^(?:enumerate|compactenum)/.test(name);

/** The text of an environment as a block of its own. */
export function environmentText({ name, caption, ...frame }: Frame): string {
  const text = frame.text.toString();
  if (isFloat(name)) return `\n\n${[caption, text.trim()].filter(Boolean).join('\n\n')}\n\n`;
  const plain = isList(name) ? text.replace(/\n\s*\n/g, '\n') : text;
  // The first item of an inner list is indented.
  return `\n\n${plain.trimEnd().replace(/^\s*\n/, '')}\n\n`;
}

/** What an environment prints before its text. */
export function environmentHead(name: string): string {
  if (name === 'thebibliography') return '\n\n# References\n\n';
  if (name === 'abstract') return '\n\n# Abstract\n\n';
  return /^(?:theorem|lemma|definition|proposition|corollary|remark|example|proof)\*?$/.test(name)
    ? `\n\n${name[0]?.toUpperCase()}${name.slice(1).replace('*', '')}. `
    : '';
}

/** Environments whose arguments are no text. */
export const hasArguments = (name: string): boolean =>
  /^(?:minipage|wrap(?:table|figure)|multicols|thebibliography|adjustbox|subfigure|subtable)\*?$/.test(name);
