/**
 * @file Whether a message contains one of the possible answers as whole words, some punctuation aside: BFCL V4's check of agents
 * with a memory (`agentic_checker`).
 */
import { containsWhole } from './python-text.ts';

const plain = (text: string): string =>
  text
    .replace(/[,./\-_*^()]/g, '')
    .toLowerCase()
    .replaceAll("'", '"');

/** @example memoryAnswerMatches("{'answer': 'April 1, 2024'}", ['april 1 2024']) // true */
export function memoryAnswerMatches(message: string, possible: readonly string[]): boolean {
  const said = plain(message);
  return possible.some((answer) => containsWhole(said, plain(answer)));
}
