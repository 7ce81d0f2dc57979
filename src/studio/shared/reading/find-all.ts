/** @file Every place of some words in a text, whatever the case of their letters. */
import { isWordCharacter } from './words.ts';

/** Places beyond this are not told. */
export const mostFound = 5000;

/** @param whole Only where no letter or digit stands beside: `12` is not in `1193 12th`. */
export function findAll(
  text: string,
  sought: string,
  whole = false,
): { readonly start: number; readonly end: number }[] {
  if (sought.trim() === '') return [];
  const escaped = sought
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+');
  const places: { start: number; end: number }[] = [];
  for (const match of text.matchAll(new RegExp(escaped, 'giu'))) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (whole && (isWordCharacter(text[start - 1]) || isWordCharacter(text[end]))) continue;
    if (places.push({ start, end }) === mostFound) break;
  }
  return places;
}
