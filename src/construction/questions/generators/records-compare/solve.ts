/** @file Checks every option by the two lines that state its figures. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { fieldOf, shownNumber } from '../../solving/tables.ts';
import { says } from './wordings.ts';

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const figure = (title: string, field: string): number => {
    const document = documents.find((entry) => entry.title === title);
    return (document === undefined ? undefined : shownNumber(fieldOf(document, field) ?? '')) ?? Number.NaN;
  };
  const right = shownOptions(slots.options).filter(({ text }) => {
    const { field = '', first = '', second = '' } = says.read(text) ?? {};
    return figure(first, field) > figure(second, field);
  });
  return right.length === 1 ? right.map(({ letter }) => letter) : undefined;
}
