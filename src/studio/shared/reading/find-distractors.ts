/** @file What in a prompt might be taken for the answer: the wrong options of a question, answers that others gave. */
import { beforeQuestion } from './before-question.ts';
import { findAll } from './find-all.ts';

/** A place of a wrong answer. */
export interface Distractor {
  readonly start: number;
  readonly end: number;
  /** The option or the answer that stands there. */
  readonly answer: string;
}

/** Shorter ones, a letter or a digit, stand everywhere; longer ones nowhere. */
const [shortest, longest] = [3, 200];
/** Places of one wrong answer that are told. */
const mostPlaces = 12;
const mostAnswers = 24;

const option = /^\s*(?:\(([A-Z])\)|([A-Z])[.)、:：])\s*(.+?)\s*$/gm;
const comparable = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** Options with their letters, in the order of the question. */
export const optionsOf = (question: string): { readonly letter: string; readonly text: string }[] =>
  [...question.matchAll(option)].map(([, round, plain, text = '']) => ({ letter: round ?? plain ?? '', text }));

/** Wrong answers that a question offers or that were given, none of them in the gold. */
export function wrongAnswers(question: string, gold: readonly string[], given: readonly string[] = []): string[] {
  const right = new Set(gold.map(comparable));
  const offered = optionsOf(question)
    .filter(({ letter }) => !right.has(letter.toLowerCase()))
    .map(({ text }) => text);
  const lines = given.flatMap((answer) => answer.split('\n')).map((line) => line.trim());
  const rightText = new Set([
    ...right,
    ...optionsOf(question)
      .filter(({ letter }) => right.has(letter.toLowerCase()))
      .map(({ text }) => comparable(text)),
  ]);
  const isGold = (text: string) => rightText.has(comparable(text));
  const all = [...offered, ...lines].filter(
    (text) => text.length >= shortest && text.length <= longest && !isGold(text),
  );
  return [...new Set(all)].slice(0, mostAnswers);
}

/** Their places before the question, in order. */
export function findDistractors(text: string, question: string, answers: readonly string[]): Distractor[] {
  const end = beforeQuestion(text, question);
  return answers
    .flatMap((answer) =>
      findAll(text, answer, true)
        .filter((place) => place.end <= end)
        .slice(0, mostPlaces)
        .map((place) => ({ ...place, answer })),
    )
    .sort((a, b) => a.start - b.start);
}
