/**
 * @file The letter of a multiple-choice answer that was asked for as a last line `ANSWER: [LETTER]`.
 * `upstream` and `paper` read it as evalscope's `parse_answers` does: the first such line anywhere, thinking included, then a looser
 * match, then the last upper-case character of the text, whatever it stands for. `strict` reads the last such line after the
 * thinking and nothing else.
 */
import { afterThinking } from '../../rewards/answer-area.ts';
import { strip } from '../../rewards/text.ts';
import type { CompatProfile } from '../benchmark.ts';
import { end, lineEnd, lineStart, space, stripCharacters } from './python-text.ts';

// Python's IGNORECASE also takes the dotted and the dotless i of Turkish for letters of this range.
const letters = '([A-Za-z\u0130\u0131\\p{Nd} ,]+)';
const line = new RegExp(`${lineStart}ANSWER[${space}]*:[${space}]*${letters}[${space}]*(?:${lineEnd}|\\n|\\.)`, 'iu');
const loose = new RegExp(`ANSWER[${space}]*:[${space}]*${letters}(?:[^\\p{L}\\p{N}_]|\\n|${end}|\\.)`, 'iu');
const strictLine = /^[^\S\n]*(?:\*\*)?ANSWER(?:\*\*)?[^\S\n]*:(?:[^\S\n]|[*([{])*([A-Z])[\])}.*]*[^\S\n]*$/gimu;

function fallback(text: string): string {
  return Array.from(text).findLast((character) => /\p{Uppercase}/u.test(character)) ?? '';
}

function lenientLetter(text: string, options: string): string {
  const match = line.exec(text) ?? loose.exec(text);
  if (match === null) return fallback(text);
  const said = stripCharacters(strip(match[1] ?? ''), '.', 'right');
  return said.length === 1 && options.includes(said) ? said : '';
}

/**
 * The letter said, empty where there is none.
 *
 * @param options letters that may be chosen, e.g. `ABCD`
 */
export function choiceLetter(response: string, options: string, profile: CompatProfile): string {
  if (profile !== 'strict') return lenientLetter(response, options);
  const said = [...afterThinking(response).matchAll(strictLine)].at(-1)?.[1]?.toUpperCase() ?? '';
  return options.includes(said) ? said : '';
}
