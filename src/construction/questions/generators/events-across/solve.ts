/** @file Finds the date beside every quoted event in whichever text has it, and sorts by it. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { byDate } from '../../solving/dated.ts';
import { shownOptions } from '../../solving/options.ts';

export const solve = ({ documents, slots: { options } }: ShownPrompt): string[] | undefined =>
  byDate(
    shownOptions(options),
    documents.map(({ text }) => text),
  );
