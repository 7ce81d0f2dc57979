/**
 * @file T2: which of four provisions has two properties at once: what it refers to, which defined term and which figure it has. The others have one
 * of the two.
 */

import type { Random } from '../../../../random.ts';
import { escaped } from '../../../../word-pattern.ts';
import type { Context, Proof, QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { definedTerms } from '../../views/provisions/defined-terms.ts';
import { naming, nouns } from '../../views/provisions/naming.ts';
import {
  type Citation,
  chosenProvisions,
  citationProof,
  citersOf,
  crossReferences,
  headingProof,
  isWithin,
  type Provision,
  type Provisions,
  provisionPlaces,
  withTitle,
} from '../../views/provisions/provisions.ts';
import { solve } from './solve.ts';
import { asked, properties } from './wordings.ts';

/** A property, with those that have it and why. */
interface Property {
  readonly kind: keyof typeof properties;
  readonly slots: Readonly<Record<string, string>>;
  readonly holders: ReadonlyMap<Provision, Proof>;
  /** Has nothing to do with the heading of an option. */
  readonly about?: Provision;
}

const holdersOf = (all: readonly { citation: Citation; found: Provisions }[]): Map<Provision, Proof> =>
  new Map(
    all.flatMap(({ citation, found }) =>
      citation.from === undefined ? [] : [[citation.from, citationProof(found, citation)] as const],
    ),
  );

function referenceProperties(found: Provisions, language: Context['language']): Property[] {
  return found.all.flatMap((one): Property[] => {
    const name = naming(found, one, language);
    const holders = holdersOf(citersOf(found, one).map((citation) => ({ citation, found })));
    return found.unsure.has(one.name) || holders.size === 0
      ? []
      : [{ kind: 'cites', slots: { target: name }, holders, about: one }];
  });
}

/** Figures with a unit that few provisions state. */
function figureProperties({ entry: { document, facts }, all }: Provisions): Property[] {
  const texts = [...new Set(facts.quantities.map(({ span }) => document.text.slice(span.start, span.end)))];
  return texts.flatMap((figure): Property[] => {
    if (figure.length < 3 || figure.length > 30 || /["“”\n]/.test(figure)) return [];
    const holders = new Map<Provision, Proof>();
    const pattern = new RegExp(`(?<![\\p{L}\\d,.])${escaped(figure)}(?![\\p{L}\\d])`, 'u');
    for (const one of all) {
      const body = document.text.slice(one.bodyStart, one.span.end);
      if (!body.includes(figure)) continue;
      const at = body.search(pattern);
      const start = one.bodyStart + at;
      const whole = /\p{Script=Han}/u.test(figure) ? body.indexOf(figure) : at;
      if (whole >= 0)
        holders.set(one, {
          document,
          span: {
            start: at >= 0 ? start : one.bodyStart + whole,
            end: (at >= 0 ? start : one.bodyStart + whole) + figure.length,
          },
        });
    }
    return holders.size === 0 || holders.size > 6 ? [] : [{ kind: 'states', slots: { figure }, holders }];
  });
}

function propertiesOf(found: Provisions, language: Context['language']): Property[] {
  const terms = definedTerms(found).map(
    ({ term, uses }): Property => ({
      kind: 'uses',
      slots: { term },
      holders: new Map(uses.map(({ provision, proof }) => [provision, proof])),
    }),
  );
  return [...referenceProperties(found, language), ...terms, ...figureProperties(found)];
}

/** Characters between what people remember together. */
const together = 260;

/** Whether two places stand in one passage of prose. */
function isTogether({ entry: { document } }: Provisions, one: Proof | undefined, other: Proof | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const from = Math.min(one.span.start, other.span.start);
  const between = document.text.slice(from, Math.max(one.span.end, other.span.end));
  return between.length <= together && !between.includes('|') && !/\n\s*\n/.test(between);
}

interface Pair {
  readonly one: Property;
  readonly other: Property;
  readonly right: Provision;
  /** Those that have one of the two. */
  readonly near: readonly Provision[];
}

function pairsOf(found: Provisions, all: readonly Property[], random: Random): Pair[] {
  const mixed = random.shuffle(all).slice(0, 60);
  return mixed.flatMap((one, i) =>
    mixed.slice(i + 1).flatMap((other): Pair[] => {
      // What it refers to, and what else it says there.
      if ((one.kind === 'cites') === (other.kind === 'cites')) return [];
      const rights = [...one.holders.keys()].filter((holder) => other.holders.has(holder));
      const [right] = rights;
      if (
        right === undefined ||
        rights.length !== 1 ||
        one.about === right ||
        other.about === right ||
        !isTogether(found, one.holders.get(right), other.holders.get(right)) ||
        found.unsure.has(right.name)
      )
        return [];
      const free = (near: Provision): boolean =>
        near !== right &&
        near !== one.about &&
        near !== other.about &&
        !found.unsure.has(near.name) &&
        !isWithin(near, right) &&
        !isWithin(right, near);
      const [a, b] = [one, other].map(({ holders }) => [...holders.keys()].filter(free)) as [Provision[], Provision[]];
      return a.length === 0 || b.length === 0 ? [] : [{ one, other, right, near: [...new Set([...a, ...b])] }];
    }),
  );
}

export const whichClause: QuestionGenerator = {
  id: 'which-clause',
  version: 5,
  task: 'T2',
  subtask: 'evidence integration over provisions',
  asks: 'Asks which of four articles or sections has two properties: what it refers to, what term or figure it has.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 200,
  wordings: asked,
  exempt: { g6: 'its places are spread over the document' },
  places: (document, facts) => provisionPlaces(document, facts, (found) => crossReferences(found) >= 3),
  draw(context, random) {
    const found = chosenProvisions(context);
    if (typeof found === 'string') return found;
    const pairs = pairsOf(found, propertiesOf(found, context.language), random);
    if (pairs.length === 0) return 'no provision that two properties single out';
    const { one, other, right, near } = random.pick(pairs);
    const rest = found.all.filter(
      (fill) => !near.includes(fill) && fill !== right && fill !== one.about && fill !== other.about,
    );
    // A near miss of each kind, then others that have one of the two, then any.
    const first = [one, other].map(({ holders }) => random.shuffle(near).find((miss) => holders.has(miss)));
    const wrong = [...new Set([...first, ...random.shuffle(near), ...random.shuffle(rest)])]
      .filter((miss) => miss !== undefined)
      .slice(0, 3);
    if (wrong.length < 3) return 'too few other provisions';
    const options = random.shuffle([right, ...wrong]);
    const [a, b] = random.shuffle([one, other]) as [Property, Property];
    const say = ({ kind, slots }: Property): string => properties[kind].say(context.language, slots);
    const proofs = [one, other].flatMap(({ holders, about }) => [
      ...[right, ...wrong].flatMap((option) => holders.get(option) ?? []),
      ...(about === undefined ? [] : [headingProof(found, about)]),
    ]);
    return {
      slots: {
        document: found.entry.title,
        nouns: nouns(found, context.language),
        one: say(a),
        other: say(b),
        options: optionLines(options.map(withTitle)),
      },
      gold: [letterOf(options.indexOf(right))],
      rationale: `${withTitle(right)}: ${[one, other]
        .map(({ holders }) => {
          const at = holders.get(right)?.span;
          return found.entry.document.text.slice((at?.start ?? 0) - 40, (at?.end ?? 0) + 40).replace(/\s+/g, ' ');
        })
        .join(' | ')}`,
      proof: [...proofs, ...options.map((option) => headingProof(found, option))],
    };
  },
  solve,
};
