/** @file Looks both figures of every statement up, and keeps the one that holds. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { fieldOf, shownNumber } from '../../solving/tables.ts';
import { statement } from './wordings.ts';

export function solve({ documents, slots: { options } }: ShownPrompt): string[] | undefined {
  const held = shownOptions(options).map(({ letter, text }) => {
    const { field = '', a, b } = statement.read(text) ?? {};
    const [x, y] = [a, b].map((name) => {
      const document = documentCalled(documents, name);
      return document === undefined ? undefined : shownNumber(fieldOf(document, field) ?? '');
    });
    return { letter, holds: x === undefined || y === undefined ? undefined : x > y };
  });
  if (held.some(({ holds }) => holds === undefined)) return undefined;
  const right = held.filter(({ holds }) => holds === true);
  return right.length === 1 ? right.map(({ letter }) => letter) : undefined;
}
