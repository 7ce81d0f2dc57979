/**
 * @file A pure function of a text that is asked for the same texts over and over, as names of rows and headings are.
 */

/** Texts that are remembered at most; then all are forgotten, which costs less than to keep their ages. */
const most = 50_000;

/** The function with a memory. */
export function remembered<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found.value;
    if (known.size >= most) known.clear();
    const value = of(text);
    known.set(text, { value });
    return value;
  };
}
