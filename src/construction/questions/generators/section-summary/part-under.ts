/** @file Reads a part of a shown text by its heading: to the next line that looks like a heading of the same kind, or to the end. */

const bare = (line: string): string =>
  line
    .replace(/^#+\s*|[*_=~]{2,}/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const numbered =
  /^(?:第[一二三四五六七八九十百零〇\d]+[章节回卷部编]|(?:chapter|book|part|canto|section)\s+[\divxlc]+|\d+(?:\.\d+)*[.、]?\s|[一二三四五六七八九十]+、)/i;

function kindOf(line: string): string {
  const marks = /^#+/.exec(line)?.[0] ?? '';
  const text = bare(line);
  if (marks !== '') return marks;
  const number = numbered.exec(text)?.[0] ?? '';
  return number.replace(/[\d一二三四五六七八九十百零〇]+|\b[ivxlc]+\b/gi, 'n').trim();
}

/** Undefined where the heading does not stand there once. */
export function partUnder(text: string | undefined, part: string | undefined): string | undefined {
  if (text === undefined || part === undefined) return undefined;
  const lines = text.split('\n');
  const heads = lines.flatMap((line, i) => (bare(line) === part || bare(line) === bare(part) ? [i] : []));
  const [at] =
    heads.length > 0
      ? heads
      : lines.flatMap((line, i) => (bare(line) !== '' && part.startsWith(bare(line)) ? [i] : []));
  if (at === undefined) return undefined;
  const kind = kindOf(lines[at] ?? '');
  const rest = lines.slice(at + 1);
  const next = kind === '' ? -1 : rest.findIndex((line) => line.trim() !== '' && kindOf(line) === kind);
  return rest.slice(0, next < 0 ? undefined : next).join('\n');
}
