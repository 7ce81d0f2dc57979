/**
 * @file T6: figures without their source: each is to be traced to the one document that states it.
 */
import type { QuestionGenerator } from '../../question.ts';
import { itemLines } from '../../views/lines.ts';
import { recordPlaces, recordTable } from '../../views/tables/data-table.ts';
import { nounOf } from '../../views/tables/entries.ts';
import { solve } from './solve.ts';
import { asked, claims } from './wordings.ts';

const claimed = { least: 4, most: 8 };
const longestClaim = 60;

/** A figure with more than one digit: what somebody would note down. A proper name beside it would tell whose it is. */
const isFact = (value: string | undefined): boolean => {
  const bare = value?.replace(/\([^()]*\)/g, '') ?? '';
  return /\d[\d,.]*\d{2}/.test(bare) && !/\p{Lu}\p{Ll}{2}/u.test(bare);
};
/** Fields that say no more than the name. */
const isName = /\bname\b|名称/i;

export const recordsClaims: QuestionGenerator = {
  id: 'records-claims',
  version: 3,
  task: 'T6',
  subtask: 'claims to sources',
  asks: 'Gives values of fields without their document, each to be matched with the document that states it.',
  languages: ['en', 'zh'],
  scope: 'documents',
  several: { least: 5, most: 24, each: 80 },
  least: 2048,
  reserve: 260,
  wordings: asked,
  contract: {
    en: 'After [Answer], write one line for each item, its number and the name as the heading of its document has it, as in “1: name”.',
    zh: '请在[答案]后为每条写一行，先写编号，再按文档标题写出名称，如“1: 名称”。',
  },
  places: recordPlaces,
  draw(context, random) {
    const table = recordTable(context.documents);
    if (typeof table === 'string') return table;
    const shown = context.documents.map(({ document, span }) => document.text.slice(span.start, span.end));
    const rows = random.shuffle(table.rows).slice(0, claimed.most);
    const drawn = rows.flatMap((row) => {
      for (const column of random
        .shuffle(table.columns.map((_, i) => i))
        .filter((i) => isFact(row.cells[i]?.value) && !isName.test(table.columns[i]?.header ?? ''))) {
        const cell = row.cells[column];
        if (
          cell === undefined ||
          cell.value.length < 5 ||
          cell.value.length > longestClaim ||
          cell.value.includes(row.name)
        )
          continue;
        // The same value in another document would be a second source.
        if (shown.filter((text) => text.includes(cell.value)).length === 1) return [{ row, column, cell }];
      }
      return [];
    });
    if (drawn.length < claimed.least) return 'too few values that one document alone has';
    return {
      slots: {
        nouns: nounOf(context.documents, context.language).one,
        items: itemLines(
          drawn.map(({ column, cell }) =>
            claims.say(context.language, { field: table.columns[column]?.header ?? '', value: cell.value }),
          ),
        ),
      },
      gold: drawn.map(({ row }, i) => `${i + 1}: ${row.name}`),
      rationale: drawn.map(({ row, cell }) => `${cell.value}: ${row.name}`).join('\n'),
      proof: drawn.map(({ cell }) => cell.proof),
    };
  },
  solve,
};
