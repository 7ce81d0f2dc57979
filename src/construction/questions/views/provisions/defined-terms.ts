/**
 * @file Defined terms and the provisions that use them. Only terms whose every use can be told: capitalised ones that are no part of another, in
 * Chinese those of three characters and more.
 */

import type { Definition } from '../../../../corpus/facts/definitions.ts';
import { escaped } from '../../../../word-pattern.ts';
import type { DefinedTerm, Provision, Provisions } from './provisions.ts';

/** In the singular or the plural; in Chinese as it stands. */
const useOf = (term: string): RegExp =>
  /\p{Script=Han}/u.test(term)
    ? new RegExp(escaped(term), 'gu')
    : new RegExp(`(?<![\\p{L}\\d])${escaped(term)}(?:s|es)?(?![\\p{L}\\d])`, 'gu');

const isClear = (term: string, terms: readonly string[], text: string): boolean => {
  if (terms.some((other) => other !== term && other.includes(term))) return false;
  if (/^\p{Script=Han}{3,12}$/u.test(term)) return true;
  if (!/^\p{Lu}[\p{L}-]*(?: \p{Lu}[\p{L}-]*| (?:of|and|for) \p{Lu}[\p{L}-]*){0,4}$/u.test(term) || term.length < 4)
    return false;
  // `Month` at the start of a sentence may be any month.
  return term.includes(' ') || !new RegExp(`(?<!\\p{L})${escaped(term.toLowerCase())}(?!\\p{L})`, 'u').test(text);
};

/** Definitions whose term was read whole. */
const wholeDefinitions = ({ entry: { facts } }: Provisions): Definition[] =>
  facts.definitions.filter(({ term }) => !/["“”\d:]/.test(term));

/** A term that more of the provisions use is a word of the document, by which nobody looks for a place. */
const mostUsing = 0.5;

/** Whether the provision that defines a term uses it beside: in the definition of another, say. */
function usedAtHome(text: string, home: Provision | undefined, termEnd: number, term: string): boolean {
  if (home === undefined) return false;
  const ends = [...text.slice(home.bodyStart, home.span.end).matchAll(useOf(term))].map(
    ({ index, 0: said }) => home.bodyStart + index + said.length,
  );
  return ends.filter((end) => Math.abs(end - termEnd) > 2).length > 0;
}

/**
 * The terms that the shown part of a document defines, with at least one other provision that uses them. Where the one that defines a term uses
 * it again, it can be counted or not: such terms are left out.
 */
export function definedTerms(found: Provisions): DefinedTerm[] {
  const { entry, all } = found;
  const { document, span } = entry;
  const text = document.text.slice(span.start, span.end);
  const definitions = wholeDefinitions(found);
  const terms = [...new Set(definitions.map(({ term }) => term))];
  const homeOf = (start: number): Provision | undefined =>
    all.find((one) => one.span.start <= start && start < one.span.end);
  return definitions.flatMap(({ term, meaning, termSpan }) => {
    if (definitions.filter((other) => other.term === term).length > 1 || !isClear(term, terms, text)) return [];
    const home = homeOf(termSpan.start);
    const uses: { provision: Provision; proof: { document: typeof document; span: typeof span } }[] = [];
    for (const provision of all) {
      if (provision === home) continue;
      const inTitle = useOf(term).test(provision.title);
      const match = [...document.text.slice(provision.bodyStart, provision.span.end).matchAll(useOf(term))][0];
      // A heading that has the term above a text that does not: used or not, both can be said.
      if (match === undefined && inTitle) return [];
      if (match === undefined) continue;
      const start = provision.bodyStart + match.index;
      uses.push({ provision, proof: { document, span: { start, end: start + match[0].length } } });
    }
    const isCommon = uses.length > mostUsing * all.length;
    if (isCommon || usedAtHome(document.text, home, termSpan.end, term)) return [];
    return uses.length === 0 ? [] : [{ term, meaning, proof: { document, span: termSpan }, home, uses }];
  });
}
