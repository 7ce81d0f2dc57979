/**
 * @file T9: what the author set before or behind a chapter or section to sum it up (an argument, 本章提要, a conclusion) is left out and asked
 * for.
 */
import type { QuestionGenerator } from '../../question.ts';
import { documentTitled, referenceFault } from '../../solving/summaries.ts';
import { drawSummary, summaryFinder, summaryPlaces } from '../../views/summaries/draw-summary.ts';
import { summariesOfParts } from '../../views/summaries/own-summaries.ts';
import { partUnder } from './part-under.ts';
import { asked } from './wordings.ts';

const finder = summaryFinder(summariesOfParts);

export const sectionSummary: QuestionGenerator = {
  id: 'section-summary',
  version: 4,
  task: 'T9',
  subtask: 'summary of a chapter or section',
  asks: 'Asks for the summary that the author wrote of a chapter or section and the prompt leaves out.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 512,
  reserve: 90,
  wordings: asked,
  exempt: { g6: 'a summary rests on the whole of what it sums up' },
  places: (document) => summaryPlaces(finder(document), 'no part of it has a summary of a fit length'),
  draw: (context, random) =>
    drawSummary(context, random, finder, {
      slots: ({ title }, part) => ({ title, part }),
      templates: ({ title }, part) =>
        context.language === 'zh'
          ? [`${title}${part}：主人公来到；他与众人相见；原来如此；后来的结果出乎意料。`]
          : [
              `${part} of ${title}. How he came to the place, and what was found there; of the man who was there, and of what was said; and of the end of it.`,
            ],
    }),
  solve: () => undefined,
  verify: (shown, gold) =>
    referenceFault(partUnder(documentTitled(shown, shown.slots.title), shown.slots.part), gold, shown),
};
