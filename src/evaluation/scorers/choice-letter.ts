/**
 * @file The letter of a multiple-choice answer that was asked for as a last line `ANSWER: [LETTER]`.
 * `upstream` and `paper` read it as evalscope's `parse_answers` does: the first such line anywhere, thinking included, then a looser
 * match, then the last upper-case character of the text, whatever it stands for. `strict` reads the response as rewards
 * do (rewards/reading): the letter or the text of an option, wherever the answer stands after the thinking.
 */
import { readLetter } from '../../rewards/reading/letter.ts';
import { optionsOf } from '../../rewards/reading/options.ts';
import { type PolicyMarks, readAnswer } from '../../rewards/reading/reading.ts';
import { strip } from '../../rewards/text.ts';
import type { CompatProfile } from '../benchmark.ts';
import { end, lineEnd, lineStart, space, stripCharacters } from './python-text.ts';

// Python's IGNORECASE also takes the dotted and the dotless i of Turkish for letters of this range.
const letters = '([A-Za-z\u0130\u0131\\p{Nd} ,]+)';
const line = new RegExp(`${lineStart}ANSWER[${space}]*:[${space}]*${letters}[${space}]*(?:${lineEnd}|\\n|\\.)`, 'iu');
const loose = new RegExp(`ANSWER[${space}]*:[${space}]*${letters}(?:[^\\p{L}\\p{N}_]|\\n|${end}|\\.)`, 'iu');

function fallback(text: string): string {
  return Array.from(text).findLast((character) => /\p{Uppercase}/u.test(character)) ?? '';
}

function lenientLetter(text: string, options: string): string {
  const match = line.exec(text) ?? loose.exec(text);
  if (match === null) return fallback(text);
  const said = stripCharacters(strip(match[1] ?? ''), '.', 'right');
  return said.length === 1 && options.includes(said) ? said : '';
}

function strictLetter(response: string, letters: string, { question, marks }: ChoiceContext): string {
  const { state, answer } = readAnswer(response, { metric: 'Accuracy', marks });
  if (state !== 'answered') return '';
  const known = optionsOf(question, undefined);
  const options = Object.fromEntries(Array.from(letters, (letter) => [letter, known[letter] ?? '']));
  return readLetter(answer, options).letter;
}

/** What helps `strict` to read: the question with its options, and the policy's marks. */
export interface ChoiceContext {
  readonly question?: string | undefined;
  readonly marks?: PolicyMarks | undefined;
}

/**
 * The letter said, empty where there is none.
 *
 * @param letters letters that may be chosen, e.g. `ABCD`
 */
export function choiceLetter(
  response: string,
  letters: string,
  profile: CompatProfile,
  context: ChoiceContext = {},
): string {
  return profile === 'strict' ? strictLetter(response, letters, context) : lenientLetter(response, letters);
}
