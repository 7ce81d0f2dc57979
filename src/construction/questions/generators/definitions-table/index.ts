/**
 * @file T5: a table of defined terms: the first provision outside of the definitions that uses each, and how many do.
 */
import type { QuestionGenerator } from '../../question.ts';
import { definedTerms } from '../../views/provisions/defined-terms.ts';
import { nouns } from '../../views/provisions/naming.ts';
import { chosenProvisions, provisionPlaces } from '../../views/provisions/provisions.ts';
import { solve } from './solve.ts';
import { asked, columns } from './wordings.ts';

const rows = { least: 4, most: 7 };
/** Numbers of uses that differ: a column of ones tells nothing. */
const leastCounts = 2;

export const definitionsTable: QuestionGenerator = {
  id: 'definitions-table',
  version: 6,
  task: 'T5',
  subtask: 'text to table over provisions',
  asks: 'Asks for a table of defined terms with the first provision that uses each and the number of those that do.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 220,
  wordings: asked,
  exempt: { g6: 'its places are spread over the document' },
  contract: {
    en: 'After [Answer], write one JSON object {"columns": [...], "data": [[...]]}; provisions by the number in their heading, as in “Article 7” or “section 4.2”; singular and plural of a term count alike.',
    zh: '请在[答案]后写出一个 JSON 对象 {"columns": [...], "data": [[...]]}；条款按标题中的编号写，如“第七条”或“第4.2节”。',
  },
  places: (document, facts) => provisionPlaces(document, facts, (found) => definedTerms(found).length >= rows.least),
  draw(context, random) {
    const found = chosenProvisions(context);
    if (typeof found === 'string') return found;
    const terms = definedTerms(found).filter(
      ({ home, uses }) => home !== undefined && !uses.some(({ provision }) => found.unsure.has(provision.name)),
    );
    const chosen = random.sample(terms, Math.min(terms.length, random.integer(rows.least, rows.most)));
    if (chosen.length < rows.least) return 'too few defined terms that are used';
    const counts = new Set(chosen.map(({ uses }) => uses.length));
    if (counts.size < leastCounts) return 'all terms are used as often';
    const quoted = chosen.map(({ term }) => `“${term}”`);
    const list =
      context.language === 'zh' ? quoted.join('、') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
    return {
      slots: { document: found.entry.title, nouns: nouns(found, context.language), terms: list },
      gold: [
        JSON.stringify({
          columns: columns[context.language],
          data: chosen.map(({ term, uses }) => [term, uses[0]?.provision.name ?? '', String(uses.length)]),
        }),
      ],
      rationale: chosen
        .map(({ term, uses }) => `${term}: ${uses.map(({ provision }) => provision.name).join(', ')}`)
        .join('\n'),
      proof: chosen.flatMap(({ proof, uses }) => [...uses.map((use) => use.proof), proof]),
    };
  },
  solve,
};
