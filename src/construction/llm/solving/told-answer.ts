/** @file What a reader said, as it is told to the writer. */

/** In one line, its beginning. */
export const shortened = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 240);

/** What a reader wrote as the answer, and what it quoted. */
export function told(text: string): { readonly answer: string; readonly quotes: readonly string[] } {
  const said = text.slice(text.lastIndexOf('</think>') + 1);
  const at = Math.max(said.lastIndexOf('[Answer]'), said.lastIndexOf('[答案]'));
  const quotes = (at < 0 ? said : said.slice(0, at)).match(/^> ?.+$/gm) ?? [];
  return {
    answer: at < 0 ? said.trim() : said.slice(at).replace(/^\[(?:Answer|答案)\]\s*/, ''),
    quotes: quotes.map((quote) => quote.replace(/^> ?/, '')),
  };
}
