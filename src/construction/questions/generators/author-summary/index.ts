/**
 * @file T9: the summary that the author wrote of the whole work (abstract, executive summary, key points, conclusions) is left out and asked for.
 * Where there are several, each is a reference.
 */
import type { QuestionGenerator } from '../../question.ts';
import { documentTitled, referenceFault } from '../../solving/summaries.ts';
import { drawSummary, summaryFinder, summaryPlaces } from '../../views/summaries/draw-summary.ts';
import { summariesOfWork } from '../../views/summaries/own-summaries.ts';
import { asked } from './wordings.ts';

const finder = summaryFinder(summariesOfWork);

export const authorSummary: QuestionGenerator = {
  id: 'author-summary',
  version: 5,
  task: 'T9',
  subtask: 'summary of a work',
  asks: 'Asks for the summary that the author wrote of a work and the prompt leaves out.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 512,
  reserve: 90,
  wordings: asked,
  exempt: { g6: 'a summary rests on the whole of what it sums up' },
  places: (document) => summaryPlaces(finder(document), 'it has no summary of a fit length'),
  draw: (context, random) =>
    drawSummary(context, random, finder, {
      slots: ({ title }) => ({ title }),
      templates: ({ title }) =>
        context.language === 'zh'
          ? [`本文是关于${title}的，介绍了其主要内容、主要结果和主要结论，并提出了建议。`]
          : [
              `This is a summary of ${title}. It describes the purpose of the work, the main results of the year, and what is to be done in the next. The main findings are that there has been an increase in some of the figures and a fall in others.`,
            ],
    }),
  solve: () => undefined,
  verify: (shown, gold) => referenceFault(documentTitled(shown, shown.slots.title), gold, shown),
};
