/**
 * @file Which part of a prompt is which document. Prompts name their documents above them, `=== Document 2: title ===` or `# title`, in the order that
 * the sample keeps; where the heads are not as many as the documents, nothing is told.
 */

/** A document of a prompt: where its head begins, where its own words do, where they end. */
export interface DocumentPart {
  readonly title: string;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

const numbered = /^=== (?:Document|文档) (\d+)[:：]\s*(.*?) ===$/gm;
const plain = /^# (.+)$/gm;

interface Head {
  readonly title: string;
  readonly start: number;
  readonly body: number;
}

/** Heads that count from 1: a document may hold such a line itself. */
function numberedHeads(prompt: string): Head[] {
  const heads: Head[] = [];
  for (const { 0: all, 1: number, 2: title = '', index } of prompt.matchAll(numbered))
    if (Number(number) === heads.length + 1) heads.push({ title, start: index, body: index + all.length });
  return heads;
}

const plainHeads = (prompt: string): Head[] =>
  [...prompt.matchAll(plain)].map(({ 0: all, 1: title = '', index }) => ({
    title,
    start: index,
    body: index + all.length,
  }));

/** @param question Stands behind the documents, and belongs to none. */
export function documentParts(prompt: string, count: number, question: string): DocumentPart[] {
  const found = [numberedHeads(prompt), plainHeads(prompt)].find((heads) => heads.length === count);
  if (found === undefined || count === 0) return [];
  const asked = question === '' ? -1 : prompt.lastIndexOf(question);
  const last = found.at(-1)?.body ?? 0;
  const stop = asked > last ? asked : prompt.length;
  return found.map(({ title, start, body }, i) => {
    const end = found[i + 1]?.start ?? stop;
    const text = prompt.slice(body, end);
    const lead = text.length - text.trimStart().length;
    return { title, start, body: body + lead, end: body + text.trimEnd().length };
  });
}
