/** @file Characters that a page needs and a text does not: ligatures of type, hyphens that are seen at a line's end only, widths of nothing. */

const odd = /[\u00ad\u200b\u2060\ufeff\ufb00-\ufb06]/;

/** @example mendCharacters('e\ufb00ort, har\u00adbour') // 'effort, harbour' */
export function mendCharacters(text: string): string {
  if (!odd.test(text)) return text;
  return text
    .replace(/\u00ad[ \t]*\r?\n[ \t]*|[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC'));
}
