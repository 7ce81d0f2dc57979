import { expect, test } from 'vitest';
import type { Metric } from '../../tasks/task.ts';
import { scoreResponse } from '../score.ts';

const score = (metric: Metric, gold: readonly string[], answer: string, question?: string): number =>
  scoreResponse(
    { metric, gold, language: 'en', ...(question === undefined ? {} : { question }) },
    `[Answer]\n${answer}`,
    'hardened',
  ).score;

const years = 'Which is the year of the fair: 1754 (A), 1690 (B), 1828 (C), 1340 (D)?';

test.each([
  ['letters behind their options are read', 'Accuracy', ['B'], '1690', years, 1],
  ['a letter with the text of its option', 'Accuracy', ['B'], 'B. 1690', years, 1],
  ['the text of another option', 'Accuracy', ['A'], '1690', years, 0],
  ['all options, one a line', 'Accuracy', ['B'], '1690\n1754\n1340', years, 0],
  [
    'a context that holds them all',
    'Accuracy',
    ['A'],
    'Fairs:\nLinz, year 1754\nBray, year 1690\nCork, year 1340',
    years,
    0,
  ],
  ['the words of a question', 'Accuracy', ['D'], 'Which\nof\nthese\n(A)\n(B)\n(C)\n(D)', undefined, 0],
  ['an introduction, then the letter', 'Accuracy', ['D'], 'I compared them.\nA says too little.\nD', undefined, 1],
  ['another value above the gold', 'EM', ['Area'], 'view\nArea', undefined, 0],
  ['a gold that is broken over lines', 'EM', ['New York'], 'New\nYork', undefined, 1],
  ['candidates between semicolons', 'EM', ['Paris'], 'Paris; Rome; Berlin', undefined, 0],
  ['a denial, where the question denies too', 'EM', ['June'], 'not June', 'Who says “it was not so”?', 0],
  [
    'all values for each item',
    'SubEM',
    ['H1 E2', 'H2 E1', 'H3 E3'],
    'H1 E1 E2 E3\nH2 E1 E2 E3\nH3 E1 E2 E3',
    undefined,
    0,
  ],
  ['a value with another denied', 'SubEM', ['Q1 Ivo', 'Q2 Ann'], 'Q1 Ivo (not Ann)\nQ2 Ann', undefined, 1],
  [
    'a share with a letter joined to it',
    'SubEM',
    ['Linz 66.67%', 'Bray 33.33%'],
    'Linz 66.67%x\nBray 33.33%x',
    undefined,
    0,
  ],
] as const)('%s', (_, metric, gold, answer, question, expected) => {
  expect(score(metric, gold, answer, question)).toBe(expected);
});
