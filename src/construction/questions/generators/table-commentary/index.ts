/** @file T9: what the author of a report says of a table is left out and is to be written from the table. */
import type { QuestionGenerator } from '../../question.ts';
import { sizeOf } from '../../views/summaries/own-summaries.ts';
import { figureAt, figuresOf, proofsOf } from '../../views/tables/report-tables.ts';
import { commentariesOf } from './commentary.ts';
import { commentaryFault } from './solve.ts';
import { asked } from './wordings.ts';

/** Words as people round them. */
const roundedSize = (size: number): number => Math.max(20, 10 * Math.round(size / 10));

export const tableCommentary: QuestionGenerator = {
  id: 'table-commentary',
  version: 2,
  task: 'T9',
  subtask: 'report on a table',
  asks: 'Asks for the paragraph on a table that its author wrote and the prompt leaves out.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 1024,
  reserve: 90,
  wordings: asked,
  places(document, facts) {
    const whole = { start: 0, end: document.text.length };
    const found = commentariesOf({ document, title: document.title, span: whole, facts });
    return found.length === 0 ? 'no paragraph that says what a table shows' : found.map(({ place }) => place);
  },
  draw(context, random) {
    const entry = context.documents[context.chosen[0] ?? -1];
    const found = entry === undefined ? [] : commentariesOf(entry);
    if (entry === undefined || found.length === 0) return 'no paragraph that says what a table shows';
    const { table, paragraph, words } = random.pick(found);
    const figures = table.rows.flatMap((row) =>
      figuresOf(table).flatMap((column) => figureAt(table, row, column) ?? []),
    );
    return {
      slots: { title: entry.title, table: table.name, words: String(roundedSize(sizeOf(words))) },
      gold: [words],
      rationale: entry.document.text.slice(paragraph.start, paragraph.end),
      proof: proofsOf(figures),
      cuts: [{ document: entry.document, span: paragraph }],
      templates:
        context.language === 'zh'
          ? [`《${entry.title}》的表“${table.name}”反映了有关情况：总量比上年增长，其中部分项目增长，部分项目下降。`]
          : [
              `The table ${table.name} shows that the total rose on the year before, with an increase in some of the lines and a fall in others.`,
            ],
    };
  },
  solve: () => undefined,
  verify: (shown, gold) => commentaryFault(shown, gold),
};
