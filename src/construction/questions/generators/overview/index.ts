/**
 * @file T9: the entry of a profile that tells in prose what its other entries state as single facts (`Background: ...`, `Economy - overview: ...`)
 * is left out, and is to be written from the rest.
 */
import type { QuestionGenerator } from '../../question.ts';
import { documentTitled, referenceFault } from '../../solving/summaries.ts';
import { drawSummary, summaryFinder, summaryPlaces } from '../../views/summaries/draw-summary.ts';
import { labelledOverviews } from '../../views/summaries/own-summaries.ts';
import { asked } from './wordings.ts';

/** An entry that tells of other things than the rest cannot be written from it. */
const leastKnown = 0.8;
const finder = summaryFinder(labelledOverviews, leastKnown);

export const overview: QuestionGenerator = {
  id: 'overview',
  version: 4,
  task: 'T9',
  subtask: 'overview of an entry',
  asks: 'Asks for the overview of a profile that its author wrote and the prompt leaves out.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 90,
  wordings: asked,
  exempt: { g6: 'a summary rests on the whole of what it sums up' },
  places: (document) => summaryPlaces(finder(document), 'it has no overview of a fit length'),
  draw: (context, random) =>
    drawSummary(context, random, finder, {
      slots: ({ title }, label) => ({ title, label }),
      templates: ({ title }, label) =>
        context.language === 'zh'
          ? [`${title}的${label}如下：其情况在近年来有所变化，主要包括以下几个方面。`]
          : [
              `The ${label} of ${title} is as follows. ${title} is a country that has a number of the main features of the region, and it is one of the most important in the area, but it has also had to deal with a number of problems in recent years.`,
            ],
    }),
  solve: () => undefined,
  verify: (shown, gold) => referenceFault(documentTitled(shown, shown.slots.title), gold, shown),
};
