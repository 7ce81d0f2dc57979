/**
 * @file Solvers that read without understanding: what a sample pays them says how much of it is a lookup. `best line` and `best passage` see
 * the part of the context that shares the rarest words with the question, and say what a plain extractor finds there.
 */
import { optionsOf } from '../../rewards/reading/options.ts';
import type { RewardSpec } from '../../rewards/reward.ts';
import { respond } from '../blind/probes.ts';
import { extract } from './extract.ts';
import { passagesOf, ranked, wordsOf } from './passages.ts';
import type { ReaderName } from './reader-names.ts';

export { type ReaderName, readerNames } from './reader-names.ts';

/** What a reader is given. */
export interface Asked {
  readonly spec: RewardSpec;
  readonly question: string;
  readonly prompt: string;
}

/** The prompt without its question. */
function contextOf({ prompt, question }: Asked): string {
  const at = question === '' ? -1 : prompt.lastIndexOf(question);
  if (at < 0) return prompt;
  return at < prompt.length / 2 ? prompt.slice(at + question.length) : prompt.slice(0, at);
}

/** The option that shares most with the others: made ones are made of the right one. */
function likestOption(options: Readonly<Record<string, string>>): string {
  const texts = Object.entries(options).map(([letter, text]) => ({ letter, words: new Set(wordsOf(text)) }));
  const scored = texts.map(({ letter, words }) => ({
    letter,
    score:
      texts.reduce((sum, other) => sum + [...words].filter((word) => other.words.has(word)).length, 0) /
      Math.max(1, words.size),
  }));
  return scored.sort((a, b) => b.score - a.score)[0]?.letter ?? 'A';
}

const passageCounts: readonly (readonly [ReaderName, number])[] = [
  ['passage 1', 1],
  ['passages 3', 3],
  ['passages 8', 8],
];

/** What each reader answers, ready to be scored. */
export function readersAnswers(asked: Asked): Record<ReaderName, string> {
  const { spec, question } = asked;
  const context = contextOf(asked);
  const options = optionsOf(question, spec.options);
  const lines = context.split('\n').filter((line) => line.trim() !== '');
  const answer = (from: readonly string[]): string => respond(extract(spec.metric, { lines: from, question, options }));
  const [line] = ranked(lines, question);
  const passages = passagesOf(context);
  const order = ranked(passages, question);
  const found = Object.fromEntries(
    passageCounts.map(([name, count]) => {
      const chosen = order.slice(0, count).sort((a, b) => a - b);
      return [name, answer(chosen.flatMap((i) => passages[i]?.split('\n') ?? []))];
    }),
  );
  return {
    'question only': answer(question.split('\n')),
    'options only': respond(likestOption(options)),
    'best line': answer(line === undefined ? [] : [lines[line] ?? '']),
    ...found,
  } as Record<ReaderName, string>;
}
