/** @file Words of a text as a regular expression looks for them. */

/** @example escaped('3.5 (net)') // '3\\.5 \\(net\\)' */
export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Any of the words, with no letter and no digit beside it. */
export const anyWord = (words: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'gu');
