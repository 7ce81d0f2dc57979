/** @file Derives the time anew from the dates that stand with the words of the events. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { compareDates, dateOf } from '../../solving/narrative/shown-events.ts';
import { shownItems } from '../../solving/options.ts';

const dayNumber = (iso: string): number => {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number);
  // Days since a year divisible by 400, counted from March.
  const [y, m] = month > 2 ? [year, month - 3] : [year - 1, month + 9];
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day;
};

/** Days or years from the earliest to the latest date. */
export function solve({ documents, slots: { unit = '', events } }: ShownPrompt): string[] | undefined {
  const items = shownItems(events);
  const dates = items.flatMap(({ text }) => dateOf(documents, text) ?? []);
  if (items.length === 0 || dates.length < items.length) return undefined;
  const sorted = [...dates].sort(compareDates);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (unit === 'years' || unit === '年') return [String(Number(last.iso.slice(0, 4)) - Number(first.iso.slice(0, 4)))];
  return first.iso.length === 10 && last.iso.length === 10
    ? [String(dayNumber(last.iso) - dayNumber(first.iso))]
    : undefined;
}
