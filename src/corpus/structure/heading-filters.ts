/**
 * @file What only looks like a heading: lines of a list of contents, items of a list, numbers that follow no other.
 */
import { type Heading, looseArticle } from './heading-lines.ts';
import { ordinalOf } from './ordinal.ts';

const key = ({ title, style, number = '' }: Heading): string =>
  `${style} ${number}\u0000${title
    .toLowerCase()
    .replace(/[\s.·…]*\d*$/, '')
    .replace(/\s+/g, ' ')}`;

/** Titles in a row, with nothing but them: a list of contents, where they come again. */
const leastContents = 3;
/** Characters from one line of a list to the next that looks like a heading. */
const shortSection = 400;

/** Numbers of the headings that are lines of a list of contents. */
export function contentsLines(
  heads: readonly Heading[],
  between: (a: Heading, b: Heading) => number,
): ReadonlySet<number> {
  const last = new Map(heads.map((head, i) => [key(head), i]));
  const out = new Set<number>();
  for (let from = 0; from < heads.length; ) {
    let to = from + 1;
    for (let [a, b] = [heads[to - 1], heads[to]]; a && b && between(a, b) === 0; [a, b] = [heads[to - 1], heads[to]])
      to++;
    const run = heads.slice(from, to);
    const again = run.filter((head, i) => (last.get(key(head)) ?? 0) > from + i);
    if (run.length >= leastContents && again.length >= run.length / 2 && !run.every(({ rank }) => rank <= 6))
      for (let i = from; i < to; i++) if ((last.get(key(heads[i] as Heading)) ?? 0) > i || i < to - 1) out.add(i);
    from = to;
  }
  for (const [i, head] of heads.entries()) {
    const next = heads[i + 1];
    // `第九条 ...` with its text in the same line is no line of contents, even where a table names it again.
    if (head.number === undefined || head.rank <= 6 || head.runIn !== undefined || next === undefined) continue;
    if ((last.get(key(head)) ?? 0) > i && next.start - head.bodyStart < shortSection) out.add(i);
  }
  return out;
}

function isNextArticle(seen: Set<string>, style: string, at: number): boolean {
  const next = style === '条' || seen.has(`条 ${at - 1}`);
  if (next) seen.add(`条 ${at}`);
  return next;
}

/** The numbers of a style ascend: `3. Title` needs a `2. Title` before it, unless it is dotted and stands alone. */
export function inSequence(heads: readonly Heading[]): Heading[] {
  const seen = new Set<string>();
  return heads.filter((head) => {
    const { style, number = '' } = head;
    if (style === '条' || style === looseArticle) return isNextArticle(seen, style, ordinalOf(number));
    if (style !== 'number1' && style !== 'roman' && style !== 'enumerated' && style !== 'bracketed') return true;
    if (number === '') return true;
    const at = ordinalOf(number);
    const fits =
      at <= 1 ||
      seen.has(`${style} ${at - 1}`) ||
      (style === 'number1' && seen.has(`${style} ${at - 2}`)) ||
      seen.size === 0;
    if (fits) seen.add(`${style} ${at}`);
    return fits;
  });
}

/** Of two headings `4.1`, the one that stands in a section 4. */
export function withoutStrays(heads: readonly Heading[]): Heading[] {
  const parents = new Map<string, string>();
  const fits = heads.map(({ style, number = '' }) => {
    if (!/^number\d$/.test(style) || number === '') return true;
    parents.set(style, number);
    const outer = number.split('.').slice(0, -1).join('.');
    return outer === '' || parents.get(`number${outer.split('.').length}`) === outer;
  });
  const right = new Set(heads.filter((_, i) => fits[i]).map(({ number }) => number));
  return heads.filter(({ number }, i) => fits[i] === true || !right.has(number));
}

/** Less text than this between numbered lines makes them a list; half of a paragraph. */
export const shortBody = 60;

const listed = ({ style, number }: Heading): boolean =>
  number !== undefined && /^(?:number1|roman|enumerated|bracketed)$/.test(style);

/** Markdown with so many headings has marks before all of them. */
const leastMarked = 3;

/** `2.1 Title` without marks, and no `4.1 A tenant shall` above its list, in a text where `## 2 Title` has them. */
function innerOf(head: Heading, parent: Heading | undefined): Heading | undefined {
  const { number = '', title } = head;
  const outer = number.split('.').slice(0, -1).join('.');
  if (
    outer === '' ||
    head.runIn !== undefined ||
    title.length > 60 ||
    /[.。]$|\b(?:shall|must|may|will|should|to|of|the|and|or|that)$/.test(title)
  )
    return undefined;
  if (parent?.number !== outer && !parent?.number?.startsWith(`${outer}.`)) return undefined;
  const rank = Math.min(6, parent.rank + (parent.number === outer ? 1 : 0));
  return { ...head, style: `markdown${rank}`, rank };
}

/** The marked headings, and those that stand inside of one by their numbers. */
function markedHeads(heads: readonly Heading[]): Heading[] {
  let parent: Heading | undefined;
  return heads.flatMap((head) => {
    if (head.rank <= 6) parent = head;
    else if (/^(?:number\d|roman)$/.test(head.style)) return innerOf(head, parent) ?? [];
    return head;
  });
}

/** Numbered lines are items where hardly anything stands between them, and in a text whose headings have marks. */
export function withoutItems(heads: readonly Heading[], between: (a: Heading, b: Heading) => number): Heading[] {
  if (heads.filter(({ rank }) => rank <= 6).length >= leastMarked) return markedHeads(heads);
  const chains = new Map<string, Heading[]>();
  const items = new Set<Heading>();
  const close = (style: string): void => {
    const chain = chains.get(style) ?? [];
    const counted = style === 'number1' || style === 'roman';
    // `1．加强领导。市防汛指挥部……`
    const titled = chain.every(({ runIn, title }) => runIn !== undefined && /^\p{Script=Han}/u.test(title));
    const enough = counted && !titled ? shortBody : 1;
    const short = chain.filter((head, i) => i + 1 < chain.length && between(head, chain[i + 1] as Heading) < enough);
    if (short.length > 0 && short.length >= (chain.length - 1) / 2) for (const head of chain) items.add(head);
    chains.delete(style);
  };
  for (const head of heads.filter(listed)) {
    if (ordinalOf(head.number ?? '') <= 1) close(head.style);
    const chain = chains.get(head.style);
    if (chain === undefined) chains.set(head.style, [head]);
    else chain.push(head);
  }
  for (const style of [...chains.keys()]) close(style);
  return heads.filter((head) => !items.has(head));
}
