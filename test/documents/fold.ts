/** @file Texts as they are compared: white space, letter case, marks and links of Markdown and LaTeX and forms of quotation marks do not count. */

/** The text as it is compared. */
export const fold = (text: string): string =>
  text
    .replace(/\[([^[\]\n]+)\]\([^()\s]+\)/g, '$1')
    .normalize('NFKC')
    .replace(/\\(?=[\\%&#$_{}|*`~[\]])/g, '')
    .replace(/\\[,;:!]|[\s*_`~\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[‘’‛′]/g, "'")
    .replace(/[“”„″]/g, '"')
    .replace(/[‐‑‒–—―]|--+/g, '-')
    .toLowerCase();

/** Without quotation marks and signs at the ends. */
export const bare = (text: string): string =>
  fold(text).replace(
    /^["'「」『』《》.,:;!?()[\]<>@、，。：；（）【】-]+|["'「」『』《》.,:;!?()[\]<>、，。：；（）【】-]+$/g,
    '',
  );

/** Whether one text holds the other. An empty text is in none. */
export function overlaps(a: string, b: string): boolean {
  const [x, y] = [bare(a), bare(b)];
  return x !== '' && y !== '' && (x.includes(y) || y.includes(x));
}

const words = (name: string): string[] =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^(?:the|a|mr|mrs|ms|dr|sir|prof|miss)$/.test(word));

/** Whether one name is a shorter form of the other: `Merritt` of `Ada Merritt`. */
export function sameName(a: string, b: string): boolean {
  if (bare(a) === bare(b)) return true;
  if (/\p{Script=Han}/u.test(a + b)) return overlaps(a, b) && Math.min(a.length, b.length) > 1;
  const [x, y] = [words(a), words(b)];
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  return short.length > 0 && short.every((word) => long.includes(word));
}
