/**
 * @file T3: the provisions of a law, a contract or a manual that refer to a given one, directly or through another, with those that refer only to its
 * neighbours as near misses.
 */
import type { Random } from '../../../../random.ts';
import type { QuestionGenerator } from '../../question.ts';
import { naming, nouns } from '../../views/provisions/naming.ts';
import {
  type Citation,
  chosenProvisions,
  citationProof,
  citersOf,
  crossReferences,
  headingProof,
  isSelection,
  isWithin,
  type Provision,
  type Provisions,
  provisionPlaces,
} from '../../views/provisions/provisions.ts';
import { solve } from './solve.ts';
import { asked, relations } from './wordings.ts';

interface Program {
  readonly kind: keyof typeof relations;
  readonly target: Provision;
  readonly right: readonly Provision[];
  readonly used: readonly Citation[];
}

const fromsOf = (citations: readonly Citation[]): Provision[] => citations.flatMap(({ from }) => from ?? []);

function through(found: Provisions, target: Provision): Program | undefined {
  const direct = citersOf(found, target);
  const steps = fromsOf(direct)
    .flatMap((middle) => citersOf(found, middle))
    .filter(({ from }) => from !== undefined && !isWithin(from, target));
  const right = [...new Set([...fromsOf(direct), ...fromsOf(steps)])];
  // Without a step through another it would be the simpler question.
  if (right.length === direct.length || fromsOf(direct).some((middle) => found.unsure.has(middle.name)))
    return undefined;
  return { kind: 'through', target, right, used: [...direct, ...steps] };
}

/** The programs for each target. */
function programs(found: Provisions, random: Random): Program[] {
  const targets = random.shuffle(
    found.all.filter((one) => !found.unsure.has(one.name) && citersOf(found, one).length > 0),
  );
  return targets.flatMap((target) => {
    const direct = citersOf(found, target);
    const made: (Program | undefined)[] = [
      through(found, target),
      { kind: 'direct', target, right: fromsOf(direct), used: direct },
    ];
    return made.filter((one) => one !== undefined);
  });
}

export const sectionsCiting: QuestionGenerator = {
  id: 'sections-citing',
  version: 4,
  task: 'T3',
  subtask: 'global conditional retrieval',
  asks: 'Asks for every article or section that refers to a given one, directly or through another.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 140,
  wordings: asked,
  exempt: { g6: 'its places are spread over the document' },
  contract: {
    en: 'After [Answer], write each by the number in its heading, one on each line, as in “Article 7” or “section 4.2”. A reference to a part counts as one to the whole; the one referred to is left out.',
    zh: '请在[答案]后按标题中的编号逐行写出，如“第七条”或“第4.2节”。引用其中一款一项也算引用该条；被引用的条款本身不写。',
  },
  places: (document, facts) => provisionPlaces(document, facts, (found) => crossReferences(found) >= 3),
  draw(context, random) {
    const found = chosenProvisions(context);
    if (typeof found === 'string') return found;
    const fits = programs(found, random).filter(({ right, used }) => isSelection(found, right) && used.length >= 2);
    const kinds = [...new Set(fits.map(({ kind }) => kind))];
    const kind = kinds.length === 0 ? undefined : random.pick(kinds);
    const [program] = random.shuffle(fits.filter((one) => one.kind === kind));
    if (program === undefined) return 'no provision that three others refer to';
    const { target, right, used } = program;
    const name = (one: Provision): string => naming(found, one, context.language);
    const relation = relations[program.kind].say(context.language, {
      target: name(target),
    });
    return {
      slots: { document: found.entry.title, nouns: nouns(found, context.language), relation },
      gold: found.all.filter((one) => right.includes(one)).map((one) => one.name),
      rationale: used.map(({ from, label }) => `${from?.name}: ${label}`).join('\n'),
      proof: [...used.map((one) => citationProof(found, one)), headingProof(found, target)],
    };
  },
  solve,
};
