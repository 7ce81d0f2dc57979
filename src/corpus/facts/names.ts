/**
 * @file Names with their mentions, in English prose, without a model: capitalised runs that also occur inside sentences.
 * A word that a text writes in lower case elsewhere, more often than in capitals, is not a name.
 */
import type { Span } from '../document.ts';

/** A name and where it stands. */
export interface NameMentions {
  readonly name: string;
  /** In text order, the first ones of a name that is written all over a long text. */
  readonly mentions: readonly Span[];
}

/** No task asks for more; a file that repeats two words for megabytes must not fill the memory with them. */
const mostMentions = 10_000;

const notNames = new Set(
  `I A An The And But Or Nor For Yet So If In On At To Of By As It Its He She We They You His Her Our Their My Your This That
  These Those There Then Thus When Where What Which Who Whom Why How No Not Yes Oh O Mr Mrs Ms Dr Sir Madam Chapter Section Part
  Volume Book Page Figure Table Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
  July August September October November December`.split(/\s+/),
);

/** A run of up to three capitalised words, possibly under a title (`Mr. Darcy` counts for `Darcy`). */
const run =
  /(?<![\p{L}\p{N}'’])(?:(?:Mr|Mrs|Ms|Dr|St)\. )?(\p{Lu}[\p{Ll}’'-]+(?: \p{Lu}[\p{Ll}’'-]+){0,2})(?![\p{L}\p{N}])/gu;

const startsSentence = (text: string, at: number): boolean =>
  /(?:^|[.!?:]["”’)]*\s+|\n\s*|["“(]\s*)$/.test(text.slice(Math.max(0, at - 6), at));

/** `Ahab's` -> `Ahab`. */
const withoutPossessive = (name: string): string => name.replace(/[’']s$/, '').replace(/[’'-]+$/, '');

/**
 * Names that occur at least `least` times, most mentioned first (ties: alphabetical).
 *
 * @example findNames('We saw Ahab. Then Ahab spoke, and Ahab wept.')[0]?.mentions.length // 3
 */
export function findNames(text: string, least = 3): NameMentions[] {
  const found = new Map<string, { mentions: Span[]; count: number; inside: number }>();
  for (const match of text.matchAll(run)) {
    const raw = match[1];
    if (raw === undefined) continue;
    const start = match.index + match[0].length - raw.length;
    const initial = startsSentence(text, start);
    const words = withoutPossessive(raw).split(' ');
    // A sentence's first word is capitalised anyway: `When Ahab` is a mention of `Ahab`.
    const skip = words.findIndex((word) => !notNames.has(word));
    if (skip < 0) continue;
    const name = words.slice(skip).join(' ');
    const offset = start + words.slice(0, skip).join(' ').length + (skip > 0 ? 1 : 0);
    const entry = found.get(name) ?? { mentions: [], count: 0, inside: 0 };
    entry.count++;
    if (entry.count <= mostMentions) entry.mentions.push({ start: offset, end: offset + name.length });
    if (!initial || skip > 0) entry.inside++;
    found.set(name, entry);
  }
  const lower = new Map<string, number>();
  for (const match of text.matchAll(/(?<![\p{L}])\p{Ll}[\p{Ll}’'-]+/gu))
    lower.set(match[0], (lower.get(match[0]) ?? 0) + 1);
  return [...found]
    .filter(([name, { count, inside }]) => count >= least && inside > 0 && (lower.get(name.toLowerCase()) ?? 0) < count)
    .sort(([a, { count: m }], [b, { count: n }]) => n - m || (a < b ? -1 : 1))
    .map(([name, { mentions }]) => ({ name, mentions }));
}
