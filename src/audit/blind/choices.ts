/** @file Letters by the form of their options: the longest, the shortest, the largest number, the odd one out. */
import { optionsOf } from '../../rewards/reading/options.ts';
import type { AuditItem } from '../item.ts';
import type { BlindPolicy, Learner } from './policy.ts';

type Measure = (text: string, all: readonly string[]) => number;

const numberIn = (text: string): number =>
  Number(/-?\d[\d,]*(?:\.\d+)?/.exec(text)?.[0].replaceAll(',', '') ?? Number.NaN);
const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];

/** Words of an option that the other options have too: wrong ones are often made from the right one. */
const common: Measure = (text, all) => {
  const words = wordsOf(text);
  const rest = all.filter((other) => other !== text).map((other) => new Set(wordsOf(other)));
  return words.reduce((sum, word) => sum + rest.filter((set) => set.has(word)).length, 0) / Math.max(1, words.length);
};

const measures: Readonly<Record<string, Measure>> = {
  'the longest option': (text) => text.length,
  'the shortest option': (text) => -text.length,
  'the largest number': numberIn,
  'the smallest number': (text) => -numberIn(text),
  'the option most like the others': common,
  'the option least like the others': (text, all) => -common(text, all),
};

export const choices: Learner = ({ group }) => {
  if (group[0]?.spec.metric !== 'Accuracy') return [];
  return Object.entries(measures).map(
    ([name, measure]): BlindPolicy => ({
      name,
      answer({ spec }: AuditItem) {
        const options = Object.entries(optionsOf(spec.question, spec.options));
        const texts = options.map(([, text]) => text);
        const values = texts.map((text) => measure(text, texts));
        if (values.length === 0 || values.some(Number.isNaN)) return undefined;
        return options[values.indexOf(Math.max(...values))]?.[0];
      },
    }),
  );
};
