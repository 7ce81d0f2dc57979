/** @file Reads the field of every entry that is listed, and sorts by the day with which it begins. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { fieldOf } from '../../solving/tables.ts';

const months = 'January February March April May June July August September October November December'.split(' ');

/** The day with which a value begins, or since when it holds, as a number that grows with time. */
function dayOf(value: string): number | undefined {
  const [, d = '', m = '', y = ''] = /^(?:[^\d]*\(since )?(\d{1,2}) ([A-Z][a-z]+) (\d{4})/.exec(value) ?? [];
  if (months.includes(m)) return Number(y) * 10_000 + (months.indexOf(m) + 1) * 100 + Number(d);
  const [whole, year, month, day] = /^(\d{4})[年-](\d{1,2})[月-](\d{1,2})/.exec(value) ?? [];
  return whole === undefined ? undefined : Number(year) * 10_000 + Number(month) * 100 + Number(day);
}

export function solve({ documents, slots: { field = '', options } }: ShownPrompt): string[] | undefined {
  const dated = shownOptions(options).map(({ letter, text }) => {
    const document = documentCalled(documents, text);
    return { letter, day: dayOf((document && fieldOf(document, field)) ?? '') };
  });
  if (dated.length < 2 || dated.some(({ day }) => day === undefined)) return undefined;
  return dated.sort((a, b) => (a.day ?? 0) - (b.day ?? 0)).map(({ letter }) => letter);
}
