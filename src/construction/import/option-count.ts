/**
 * @file How many options a multiple-choice prompt offers, however they are written: `A.`, `(B)`, `C:`, `D、` on lines of their own or
 * in running text.
 */

/** A letter at the beginning of a line, after marks of lists or emphasis. */
const atLine = /^[ \t>*_#[(（【-]*([A-J])(?![\p{L}\p{N}])/gmu;
/** A letter with the sign that sets it off, anywhere. */
const inline = /(?<![\p{L}\p{N}])([A-J])\s?[.)）\]】:：、．]/gu;

/** Letters of an inline list stand within this many characters of each other; initials of names rarely do in order. */
const reach = 2000;

/** The longest run A, B, C, ... of the letters in their order. */
function longestRun(text: string, pattern: RegExp): number {
  let [run, longest, last] = [0, 0, 0];
  for (const { 1: letter = '', index } of text.matchAll(pattern)) {
    const number = letter.charCodeAt(0) - 64;
    if (number === run + 1 && (run === 0 || index - last <= reach)) run = number;
    else if (number === 1) run = 1;
    else continue;
    last = index;
    longest = Math.max(longest, run);
  }
  return longest < 2 ? 0 : longest;
}

/** @example optionCount('Who?\n(A) Ann\n(B) Ben') // 2 */
export const optionCount = (prompt: string): number => longestRun(prompt, atLine) || longestRun(prompt, inline);
