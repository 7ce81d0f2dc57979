/** @file T9: summaries, with the points that a good one makes and the facts behind them. */
import { type SubTask, wishWith } from './sub-task.ts';

const task = 'T9' as const;
const form = {
  en: '`answer` lists the key points that any good summary makes, each a statement with the facts that prove it. `summary` makes all of them in your own words, in one paragraph, within the limit that the question states in words.',
  zh: '`answer` 列出任何好的摘要都应写到的要点，每条为一句陈述并注明所依的事实。`summary` 用自己的话在一段内写出全部要点，不超过问题中规定的字数。',
};
const wish = wishWith(form);
const difficulty = {
  en: 'The points come from all parts of the document; the limit is tight.',
  zh: '要点来自文档各部分，字数限制较紧。',
};
const exampleFacts = [
  { quote: 'She asked the board every winter for a second boat and was refused', says: 'Brant asked in vain.' },
  {
    quote: 'He burned 610 barrels of oil in his first year, and 540 in his second',
    says: 'Reed burned less in his second year.',
  },
  { quote: 'Under her the lamp burned 270 barrels a year', says: 'Lind burned 270 a year.' },
  {
    quote: 'The second boat came in August 1899, when Reed sold his own boat to the board',
    says: 'The boat came in 1899.',
  },
];
const example = {
  facts: exampleFacts,
  reason: 'The log tells of three keepers, a boat, and less and less oil.',
  answer: [
    { from: [1, 4], text: 'A second boat was refused for years and came in 1899.' },
    { from: [2, 3], text: 'The use of oil fell from keeper to keeper.' },
    { from: [4], text: 'The boat was Reed’s own, sold to the board.' },
  ],
  summary:
    'Three people tended the northern lamp one after the other, and each needed less fuel than the one before, down to 270 barrels annually. A plea for another boat went unheard until 1899, when the second keeper let the board have his.',
  question: 'Summarise the log of the North Light in at most 50 words.',
};

/** Sub-tasks of summaries. */
export const t9: readonly SubTask[] = [
  {
    id: 'global-summary',
    version: 1,
    task,
    title: { en: 'Global summary', zh: '全文摘要' },
    wish: wish(
      'Ask for a summary of the whole document, with a limit between 60 and 150 words.',
      '要求概括全文，限一百到二百五十字。',
    ),
    difficulty,
    documents: 1,
    facts: ['sentence', 'field', 'event'],
    checks: ['apart'],
    quota: 2,
    example,
  },
  {
    id: 'query-focused-summary',
    version: 1,
    task,
    title: { en: 'Query-focused summary', zh: '主题摘要' },
    wish: wish(
      'Ask for a summary of what the document says about one theme that comes up in several places, with a limit between 40 and 120 words.',
      '要求概括文中多处涉及的某一主题，限八十到二百字。',
    ),
    difficulty,
    documents: 1,
    facts: ['sentence', 'quantity', 'event', 'field'],
    checks: ['apart'],
    quota: 2,
    example: {
      ...example,
      question: 'Summarise what the log of the North Light says about oil and boats, in at most 50 words.',
    },
  },
  {
    id: 'constrained-summary',
    version: 1,
    task,
    title: { en: 'Constrained summary', zh: '约束摘要' },
    wish: wish(
      'Ask for a summary under two conditions beside the limit (what it must mention, what it must leave out, in which order), between 50 and 120 words.',
      '要求在字数之外再满足两个条件（必须提到什么、不得提到什么、按何次序），限八十到二百字。',
    ),
    difficulty,
    documents: 1,
    facts: ['sentence', 'event', 'quantity', 'field'],
    checks: ['apart'],
    quota: 1,
    example: {
      ...example,
      question:
        'Summarise the log of the North Light in at most 50 words, oil first and the boat second, without naming any person.',
    },
  },
  {
    id: 'comparative-summary',
    version: 1,
    task,
    title: { en: 'Comparative summary', zh: '比较摘要' },
    wish: wish(
      'Ask for a summary of what the documents have in common and where they differ in a stated respect, with a limit between 60 and 150 words.',
      '要求概括几份文档在某一方面的异同，限一百到二百五十字。',
    ),
    difficulty,
    documents: 2,
    facts: ['field', 'sentence', 'quantity'],
    checks: ['each-document'],
    quota: 1,
    example: {
      ...example,
      facts: [
        ...exampleFacts.slice(1, 3),
        { quote: 'The South Light burned 480 barrels in its first year', says: 'South: 480.' },
      ],
      answer: [
        { from: [1, 2], text: 'In the north the use of oil fell over the years.' },
        { from: [3], text: 'In the south it was 480 barrels in the first year.' },
        { from: [1, 3], text: 'The south began with less than Reed did.' },
      ],
      summary:
        'Both logs count the oil. The southern lamp started on 480 barrels, fewer than the 610 with which Reed began in the north; there, however, consumption came down year after year and was only 270 under the last keeper.',
      question: 'Summarise in at most 50 words how the two lights compare in their use of oil.',
    },
  },
];
