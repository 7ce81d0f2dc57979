/** @file Finds the date beside every quoted event and sorts by it. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { byDate } from '../../solving/dated.ts';
import { shownOptions } from '../../solving/options.ts';

export function solve({ documents, slots: { work, options } }: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, work);
  return document === undefined ? undefined : byDate(shownOptions(options), [document.text]);
}
