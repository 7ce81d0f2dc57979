/** @file Averages the lines of both groups for every option. */
import { conditions } from '../../data-words.ts';
import type { ShownPrompt } from '../../read-prompt.ts';
import { longestTable, meanIn, rowsMeeting } from '../../solving/data-sets.ts';
import { shownOptions } from '../../solving/options.ts';
import { statement } from './wordings.ts';

export function solve({ documents, language, slots: { title = '', options } }: ShownPrompt): string[] | undefined {
  const table = longestTable(documents, title);
  if (table === undefined) return undefined;
  const right = shownOptions(options).filter(({ text }) => {
    const { measure = '', column = '', one = '', other = '' } = statement.read(text) ?? {};
    const [a = Number.NaN, b = Number.NaN] = [one, other].map((value) =>
      meanIn(table, rowsMeeting(table, conditions.one.say(language, { column, value })) ?? [], measure),
    );
    return a > b;
  });
  return right.length === 1 ? right.map(({ letter }) => letter) : undefined;
}
