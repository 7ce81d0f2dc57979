/** @file Second implementations for events that texts date. */

import { asked as span } from '../../../src/construction/questions/generators/date-span/wordings.ts';
import { asked as between } from '../../../src/construction/questions/generators/event-between/wordings.ts';
import { datesIn, dayOf, type When } from './dates.ts';
import { type Asked, documentsOf, itemsOf, only, optionsOf, type Second } from './prompt.ts';

const bounds = /[.!?](?=\s+["“(]?\p{Lu})|[。！？；;]|\n/gu;

const flat = (text: string): string => text.replaceAll('**', '').replace(/[`_]/g, '');

/** When an event happened: the date in the sentence that has its words, where they leave it out. */
function whenOf(texts: readonly string[], event: string): When | undefined {
  // The full stop and the first capital may be the question's.
  const parts = flat(event)
    .replace(/[.。]$/, '')
    .split(/\s*\[…\]\s*/)
    .filter((part) => part !== '')
    .map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const words = new RegExp(parts.join('([^。.!?！？\\n]{1,60}?)'), 'i');
  for (const text of texts) {
    const found = words.exec(text);
    if (found === null) continue;
    if (found[1] !== undefined) return datesIn(found[1])[0];
    const [at, end] = [found.index, found.index + found[0].length];
    const breaks = [...text.slice(Math.max(0, at - 600), at).matchAll(bounds)].map(({ index }) => index);
    const from = Math.max(0, at - 600) + (breaks.at(-1) ?? -1) + 1;
    const next = text.slice(end).search(bounds);
    return datesIn(text.slice(from, at))[0] ?? datesIn(text.slice(end, next < 0 ? undefined : end + next))[0];
  }
  return undefined;
}

const textsOf = (asked: Asked): string[] => documentsOf(asked).map(({ lines }) => flat(lines.join('\n')));

const eventBetween: Second = (asked) => {
  const { earlier = '', later = '' } = between.read(asked.question) ?? {};
  const texts = textsOf(asked);
  const day = (event: string): number | undefined => {
    const when = whenOf(texts, event);
    return when && dayOf(when);
  };
  const [from, to] = [day(earlier), day(later)];
  if (from === undefined || to === undefined) return undefined;
  const dated = optionsOf(asked.question).map(({ letter, text }) => ({ letter, at: day(text) }));
  const inside = only(dated.filter(({ at }) => at !== undefined && from < at && at < to));
  return inside && [inside.letter];
};

const dateSpan: Second = (asked) => {
  const { unit = '' } = span.read(asked.question) ?? {};
  const texts = textsOf(asked);
  const dates = itemsOf(asked.question).map(({ text }) => whenOf(texts, text));
  const known = dates.filter((date) => date !== undefined);
  if (known.length < dates.length || known.length === 0) return undefined;
  const values = known.map((date) => (/day|天|日/.test(unit) ? dayOf(date) : date.year));
  return [String(Math.max(...values) - Math.min(...values))];
};

const eventsInTime: Second = (asked) => {
  const texts = textsOf(asked);
  const dated = optionsOf(asked.question).map(({ letter, text }) => ({ letter, when: whenOf(texts, text) }));
  const known = dated.flatMap(({ letter, when }) => (when === undefined ? [] : [{ letter, at: dayOf(when) }]));
  if (known.length < dated.length) return undefined;
  return known.sort((a, b) => a.at - b.at).map(({ letter }) => letter);
};

/** By the id of the generator. */
export const events: Readonly<Record<string, Second>> = {
  'event-between': eventBetween,
  'date-span': dateSpan,
  'events-in-time': eventsInTime,
};
