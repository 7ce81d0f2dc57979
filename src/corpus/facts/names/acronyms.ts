/** @file Acronyms that a text spells out: `World Health Organization (WHO)`, `gross domestic product (GDP)`. */
import type { NameRun } from './scan-names.ts';

/** What an acronym stands for. */
export interface Expansion {
  readonly acronym: string;
  /** The name that is spelt out; undefined for a term, which its acronym names. */
  readonly name?: string;
  readonly kind: 'name' | 'term';
}

const small = /^(?:of|and|for|the|on|in|to|de|&)$/i;
const longest = 120;

/** The words before the bracket whose first letters are the acronym, from the last to the first. */
function expansionOf(lead: string, acronym: string): Expansion | undefined {
  const words = lead
    .replace(/["“”*_]/g, '')
    .split(/[\s-]+/)
    .filter((word) => word !== '');
  const letters = [...acronym.replace(/s$/, '')];
  let at = words.length;
  const capitals: boolean[] = [];
  while (letters.length > 0 && at > 0) {
    const word = words[--at] ?? '';
    const letter = letters.at(-1) ?? '';
    if (word[0]?.toUpperCase() === letter) {
      letters.pop();
      capitals.push(word[0] === letter);
    } else if (!small.test(word)) return undefined;
  }
  if (letters.length > 0) return undefined;
  const name = words.slice(at).join(' ');
  return capitals.filter(Boolean).length > capitals.length / 2
    ? { acronym, name, kind: 'name' }
    : { acronym, kind: 'term' };
}

/** One expansion an acronym: the first. */
export function acronyms(text: string, runs: readonly NameRun[]): Expansion[] {
  const found = new Map<string, Expansion>();
  for (const { name, start, end } of runs) {
    if (
      text.charCodeAt(start - 1) !== 40 ||
      !/[),;]/.test(text[end] ?? '') ||
      found.has(name) ||
      !/^\p{Lu}{2,8}s?$/u.test(name)
    )
      continue;
    const expansion = expansionOf(text.slice(Math.max(0, start - longest), start - 1), name);
    if (expansion !== undefined) found.set(name, expansion);
  }
  return [...found.values()];
}
