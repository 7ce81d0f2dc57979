/**
 * @file T1: the defined term that a description means: by what its definition refers to or is built on, and by where it is used.
 */
import type { Context, Proof, QuestionGenerator } from '../../question.ts';
import { definedTerms, useOf, wholeDefinitions } from '../../views/defined-terms.ts';
import { naming, nouns } from '../../views/naming.ts';
import {
  chosenProvisions,
  type DefinedTerm,
  headingProof,
  type Provision,
  type Provisions,
  provisionPlaces,
} from '../../views/provisions.ts';
import { solve } from './solve.ts';
import { asked, clues } from './wordings.ts';

interface Clue {
  readonly kind: keyof typeof clues;
  readonly term: DefinedTerm;
  readonly slots: Readonly<Record<string, string>>;
  readonly proof: readonly Proof[];
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

/** All clues that single a term out; `terms` are those that can be told, any other definition makes a clue unsure. */
function cluesOf(found: Provisions, terms: readonly DefinedTerm[], language: Context['language']): Clue[] {
  const definitions = wholeDefinitions(found);
  const name = (one: Provision): string => naming(found, one, language);
  const uses = (term: DefinedTerm, one: Provision): Proof | undefined =>
    term.uses.find(({ provision }) => provision === one)?.proof;
  const askable = found.all.filter((one) => !found.unsure.has(one.name) && !terms.some(({ home }) => home === one));
  const made: (Clue | undefined)[] = [];
  for (const place of askable) {
    // Terms that cannot be asked about have definitions too.
    const pointing = definitions.filter(({ span }) =>
      found.citations.some((one) => one.to === place && one.span.start >= span.start && one.span.end <= span.end),
    );
    const pointed = terms.find(({ term }) => term === only(pointing)?.term);
    if (pointed !== undefined)
      made.push({
        kind: 'refers',
        term: pointed,
        slots: { place: name(place) },
        proof: [headingProof(found, place), pointed.proof],
      });
    for (const base of terms) {
      const built = definitions.filter(
        ({ term, meaning }) => term !== base.term && [...meaning.matchAll(useOf(base.term))].length > 0,
      );
      const all = terms.filter((term) => built.some((one) => one.term === term.term));
      const term = all.length === built.length ? only(all.filter((one) => uses(one, place) !== undefined)) : undefined;
      const use = term === undefined ? undefined : uses(term, place);
      if (term !== undefined && use !== undefined && built.length > 1)
        made.push({
          kind: 'builds',
          term,
          slots: { term: base.term, place: name(place) },
          proof: [use, headingProof(found, place), term.proof],
        });
    }
    for (const other of askable) {
      if (other.span.start <= place.span.start) continue;
      const shared = terms.filter((term) => uses(term, place) !== undefined && uses(term, other) !== undefined);
      const proofs = (term: DefinedTerm): Proof[] =>
        [uses(term, place) ?? [], uses(term, other) ?? [], term.proof].flat();
      const alone = only(shared.filter((term) => term.uses.length === 2));
      if (alone !== undefined)
        made.push({
          kind: 'only',
          term: alone,
          slots: { place: name(place), other: name(other), nouns: nouns(found, language) },
          proof: proofs(alone),
        });
      for (const third of shared.length === 2 ? askable : []) {
        const left = only(shared.filter((term) => uses(term, third) === undefined));
        if (left !== undefined)
          made.push({
            kind: 'without',
            term: left,
            slots: { place: name(place), other: name(other), third: name(third) },
            proof: [...proofs(left), headingProof(found, third)],
          });
      }
    }
  }
  return made.filter((one) => one !== undefined);
}

export const byDefinition: QuestionGenerator = {
  id: 'by-definition',
  version: 1,
  task: 'T1',
  subtask: 'retrieval through a definition',
  asks: 'Asks which defined term is meant, by what its definition refers to or is built on and by where it is used.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 1024,
  reserve: 120,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the term as it is defined, on one line.',
    zh: '请在[答案]后用一行写出该术语，照原文。',
  },
  places: (document, facts) => provisionPlaces(document, facts, (found) => definedTerms(found).length >= 3),
  draw(context, random) {
    const found = chosenProvisions(context.chosen.map((i) => context.documents[i]));
    if (typeof found === 'string') return found;
    const terms = definedTerms(found);
    // A term that cannot be told apart would be a second answer to a clue of use.
    const all = cluesOf(found, terms, context.language);
    const kinds = [...new Set(all.map(({ kind }) => kind))];
    if (kinds.length === 0) return 'no defined term that a clue singles out';
    const kind = random.pick(kinds);
    const clue = random.pick(all.filter((one) => one.kind === kind));
    return {
      slots: { document: found.entry.title, clue: clues[kind].say(context.language, clue.slots) },
      gold: [clue.term.term],
      rationale: `${clue.term.term}: ${clue.term.meaning}\n${clue.term.uses.map(({ provision }) => provision.name).join(', ')}`,
      proof: clue.proof,
    };
  },
  solve,
};
