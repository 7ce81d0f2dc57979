/**
 * @file T7: provisions ranked by how many others refer to them, no two of them by as many.
 */
import type { QuestionGenerator } from '../../question.ts';
import { nouns } from '../../views/provisions/naming.ts';
import {
  chosenProvisions,
  citationProof,
  citersOf,
  crossReferences,
  isWithin,
  type Provision,
  provisionPlaces,
  withTitle,
} from '../../views/provisions/provisions.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const ranked = { least: 4, most: 8 };
/** Nobody ranks the day from which a law holds among its rules. */
const commencement = /起施行|起实施|\bcommence(?:s|ment)?\b|\bcomes? into (?:force|effect|operation)\b/i;

export const sectionsByReferences: QuestionGenerator = {
  id: 'sections-by-references',
  version: 5,
  task: 'T7',
  subtask: 'ranking by references',
  asks: 'Ranks listed articles or sections by how many others refer to them.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 220,
  wordings: asked,
  exempt: {
    g4: 'those that are to be ranked are listed in the question',
    g6: 'its places are spread over the document',
  },
  contract: {
    en: 'After [Answer], write only the number of each as in its heading, the most often cited first, one on each line, as in “Article 7” or “section 4.2”. A reference to a part counts as one to the whole, and each provision that refers counts once.',
    zh: '请在[答案]后按引用由多到少逐行写出标题中的编号，如“第七条”或“第4.2节”。引用其中一款一项也算引用该条，同一条多次引用只算一次。',
  },
  places: (document, facts) => provisionPlaces(document, facts, (found) => crossReferences(found) >= 6),
  draw(context, random) {
    const found = chosenProvisions(context);
    if (typeof found === 'string') return found;
    const byCount = new Map<number, Provision[]>();
    for (const one of found.all) {
      const count = citersOf(found, one).length;
      const words = found.entry.document.text.slice(one.span.start, one.span.end);
      if (!found.unsure.has(one.name) && !(count === 0 && commencement.test(words)))
        byCount.set(count, [...(byCount.get(count) ?? []), one]);
    }
    const counts = [...byCount.keys()].sort((a, b) => b - a).slice(0, ranked.most);
    const order = counts.map((count) => random.pick(byCount.get(count) ?? []));
    // A whole and its part: a reference to the one is one to the other.
    const nested = order.some((one, i) => order.some((other, j) => i !== j && isWithin(one, other)));
    if (order.length < ranked.least || nested) return 'too few numbers of references that differ';
    const citations = order.map((one) => citersOf(found, one));
    return {
      slots: {
        document: found.entry.title,
        nouns: nouns(found, context.language),
        items: random
          .shuffle(order)
          .map((one) => `- ${withTitle(one)}`)
          .join('\n'),
      },
      gold: order.map(({ name }) => name),
      rationale: order
        .map(({ name }, i) => `${name}: ${citations[i]?.map(({ from }) => from?.name).join(', ')}`)
        .join('\n'),
      proof: citations.flat().map((one) => citationProof(found, one)),
    };
  },
  solve,
};
