/**
 * @file T3: the provisions that use a defined term, alone or together with another, the place of the definition left out.
 */
import type { QuestionGenerator } from '../../question.ts';
import { definedTerms } from '../../views/provisions/defined-terms.ts';
import { nouns } from '../../views/provisions/naming.ts';
import {
  chosenProvisions,
  type DefinedTerm,
  isSelection,
  type Provision,
  provisionPlaces,
} from '../../views/provisions/provisions.ts';
import { solve } from './solve.ts';
import { asked, conditions } from './wordings.ts';

interface Program {
  readonly kind: keyof typeof conditions;
  readonly term: DefinedTerm;
  readonly other?: DefinedTerm;
  readonly right: readonly Provision[];
}

function programs(terms: readonly DefinedTerm[]): Program[] {
  const users = ({ uses }: DefinedTerm): Provision[] => uses.map(({ provision }) => provision);
  return terms.flatMap((term) => [
    { kind: 'one' as const, term, right: users(term) },
    ...terms.flatMap((other): Program[] => {
      // Where the other is defined it is used as well.
      if (other === term || other.home !== term.home) return [];
      const both = users(term).filter((one) => users(other).includes(one));
      if (both.length === 0) return [];
      return [{ kind: 'both', term, other, right: both }];
    }),
  ]);
}

export const termsUsed: QuestionGenerator = {
  id: 'terms-used',
  version: 5,
  task: 'T3',
  subtask: 'global conditional retrieval',
  asks: 'Asks for every article or section that uses a defined term, or two of them.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 140,
  wordings: asked,
  exempt: { g6: 'its places are spread over the document' },
  contract: {
    en: 'After [Answer], write each by the number in its heading, one on each line, as in “Article 7” or “section 4.2”. Singular and plural count alike; leave out the one with the definition.',
    zh: '请在[答案]后按标题中的编号逐行写出，如“第七条”或“第4.2节”；载有定义的条款不写。',
  },
  places: (document, facts) => provisionPlaces(document, facts, (found) => definedTerms(found).length > 0),
  draw(context, random) {
    const found = chosenProvisions(context);
    if (typeof found === 'string') return found;
    const fits = programs(definedTerms(found)).filter(
      ({ right, kind, term }) => isSelection(found, right) && (kind !== 'one' || term.uses.length > 2),
    );
    const kinds = [...new Set(fits.map(({ kind }) => kind))];
    if (kinds.length === 0) return 'no defined term that a few provisions use';
    const kind = random.pick(kinds);
    const { term, other, right } = random.pick(fits.filter((one) => one.kind === kind));
    const all = [...term.uses, ...(other?.uses ?? [])];
    return {
      slots: {
        document: found.entry.title,
        nouns: nouns(found, context.language),
        condition: conditions[kind].say(context.language, { term: term.term, other: other?.term ?? '' }),
      },
      gold: found.all.filter((one) => right.includes(one)).map(({ name }) => name),
      rationale: all
        .map(
          ({ provision, proof }) => `${provision.name}: ${proof.document.text.slice(proof.span.start, proof.span.end)}`,
        )
        .join('\n'),
      proof: [...all.map(({ proof }) => proof), term.proof],
    };
  },
  solve,
};
