/**
 * @file What kind of document a text is, by the marks that such documents carry. A document of no kind is `other`: the tasks
 * that ask for a kind will not get it.
 */

import type { Turn } from '../conversation/turns.ts';
import type { Table } from '../tables/table.ts';
import type { Section } from './sections.ts';

/** The forms that criteria can ask for; `other` is what no rule knows. */
export const documentForms = ['dialogue', 'code', 'filing', 'paper', 'speech', 'book', 'other'] as const;

/** What kind of document a text is. */
export type DocumentForm = (typeof documentForms)[number];

/** What of a text's structure tells its form. */
export interface FormEvidence {
  readonly sections: readonly Section[];
  readonly tables: readonly Table[];
  readonly turns: readonly Turn[];
}

/** Turns that make a dialogue, if they cover half of the text. */
const leastTurns = 4;
/** Of a turn, this many times the middle length counts: the last one runs to the end of the text, whatever follows the talk. */
const longTurn = 8;
/** Lines of the head of the text that are looked at for code. */
const looked = 400;
const codeLine =
  /[;{}]\s*$|^\s*(?:import |from \S+ import |def |class |function |const |let |var |return\b|if ?\(|for ?\(|#include|package |public |private |@\w+|\/\/|\/\*|fn |use |impl )|^```/;
const address =
  /\b(?:my fellow|fellow[- ]citizens|ladies and gentlemen|mr\. (?:president|speaker|chairman)|members of (?:the )?congress|mes amis)\b|同志们|女士们|各位(?:代表|来宾|朋友)/i;

/** `chapter 3 The Ship` of `第三章 The Ship` too. */
const headWords = ({ unit, number, title }: Section): string =>
  unit === undefined || unit === 'section' ? title : `${unit} ${number ?? ''} ${title}`;

const titled = (sections: readonly Section[], pattern: RegExp): number =>
  sections.filter((section) => pattern.test(headWords(section))).length;

function looksLikeCode(text: string): boolean {
  const lines = text
    .slice(0, 40_000)
    .split('\n', looked)
    .filter((line) => line.trim() !== '');
  return lines.length >= 5 && lines.filter((line) => codeLine.test(line)).length > lines.length * 0.4;
}

/** The first form whose marks the text carries: a dialogue before code, a filing before a paper. */
export function documentForm(text: string, { sections, turns }: FormEvidence): DocumentForm {
  const lengths = turns.map(({ span }) => span.end - span.start).sort((a, b) => a - b);
  const longest = longTurn * (lengths[lengths.length >> 1] ?? 0);
  const spoken = lengths.reduce((sum, length) => sum + Math.min(length, longest), 0);
  if (turns.length >= leastTurns && spoken > text.length / 2) return 'dialogue';
  if (looksLikeCode(text)) return 'code';
  const head = text.slice(0, 20_000);
  if (titled(sections, /^item \d/i) >= 3 || /\bform (?:10-[KQ]|8-K|20-F)\b/i.test(head)) return 'filing';
  const abstract = titled(sections, /^(?:\d+ )?(?:abstract|摘要)\b/i) > 0 || /^\s*(?:abstract|摘要)\b/im.test(head);
  if (abstract && titled(sections, /references|bibliography|introduction|conclusion|参考文献|引言|结论/i) > 0)
    return 'paper';
  if (address.test(text.slice(0, 3000))) return 'speech';
  return titled(sections, /^(?:chapter|book|part)\b/i) >= 2 ? 'book' : 'other';
}
