/**
 * @file T1: a value of a document that is told only by another value in it: no word of the question stands on the line of the answer but the
 * name of the field, which every document has.
 */

import type { QuestionGenerator } from '../../question.ts';
import { figureColumns, recordPlaces, recordTable, sameTheme } from '../../views/tables/data-table.ts';
import { nounOf, saidField } from '../../views/tables/entries.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

/** Longer answers are copied with slips. */
const longestAnswer = 48;

/** A clue is a name, not a figure that nobody knows an entry by: `Mont Piton 828 m`. */
const isTelling = (value: string): boolean =>
  /^\p{Lu}\p{L}+|^\p{Script=Han}{2}/u.test(value) &&
  !/[;:(]|,$/.test(value) &&
  // A code for nothing, and a sea that many have their lowest point in.
  !/^(?:NA|NEGL|N\/A)\b|\b0 m$/.test(value);

/** Fields that say the name in other words, or what everybody knows. */
const naming = /nationality|adjective|\bnoun\b|country name|capital|flag|anthem|code|domain|currency/i;

/** Whether a clue says a word of the name: `Mawson Peak on Heard Island` of Heard Island and McDonald Islands. */
const names = (clue: string, name: string): boolean =>
  clue.includes(name) ||
  // `Ivoirian` of Cote d'Ivoire, `Saint Helenian`.
  (name.match(/\p{L}{4,}/gu) ?? []).some((word) => clue.toLowerCase().includes(word.slice(0, 5).toLowerCase())) ||
  (name.match(/\p{Lu}\p{L}{3,}/gu) ?? []).some(
    (word) => clue.includes(word) && !/^(?:Islands?|Republic|States?|Saint|New|North|South|East|West)$/.test(word),
  );

export const recordsBridge: QuestionGenerator = {
  id: 'records-bridge',
  version: 4,
  task: 'T1',
  subtask: 'retrieval through another attribute',
  asks: 'Asks for a field of the one document in which another field has a stated value.',
  languages: ['en', 'zh'],
  scope: 'documents',
  several: { least: 4, most: 12, each: 80 },
  least: 512,
  reserve: 80,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the value as the document states it, on one line.',
    zh: '请在[答案]后按文档原文写出该值，一行。',
  },
  places: recordPlaces,
  draw(context, random) {
    const table = recordTable(context.documents);
    if (typeof table === 'string') return table;
    const columns = table.columns.map((_, i) => i);
    const noun = nounOf(context.documents, context.language).one;
    for (const row of random.shuffle(table.rows))
      for (const known of random.shuffle(
        columns.filter((i) => !naming.test(table.columns[i]?.header ?? '') && isTelling(row.cells[i]?.value ?? '')),
      )) {
        const clue = row.cells[known];
        const alike = table.rows.filter(({ cells }) => cells[known]?.value === clue?.value);
        // The title of the document in its clue would name it.
        if (clue === undefined || alike.length > 1 || clue.value.length < 4 || names(clue.value, row.name)) continue;
        const held = context.documents.filter(({ document, span }) =>
          document.text.slice(span.start, span.end).includes(clue.value),
        );
        if (held.length !== 1) continue;
        for (const wanted of random.shuffle(figureColumns(table).filter((i) => sameTheme(table, i, known)))) {
          const answer = row.cells[wanted];
          const values = new Set(table.rows.flatMap(({ cells }) => cells[wanted]?.value ?? []));
          if (
            wanted === known ||
            answer === undefined ||
            answer.value.length > longestAnswer ||
            values.size < table.rows.length / 2
          )
            continue;
          const [a = '', b = ''] = [table.columns[wanted]?.header, table.columns[known]?.header];
          return {
            slots: { noun, wanted: saidField(a), known: saidField(b), clue: clue.value },
            gold: [answer.value],
            rationale: `${row.name}: ${b} ${clue.value}; ${a} ${answer.value}`,
            proof: [answer.proof, clue.proof],
          };
        }
      }
    return 'no value that tells one document from the others';
  },
  solve,
};
