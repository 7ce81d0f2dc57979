/** @file T2: a choice among options in words of one's own, which needs several places. */
import { type SubTask, wishWith } from './sub-task.ts';

const task = 'T2' as const;
const options = {
  en: 'Options in your own words, alike in kind and length, none a quote; each wrong one is what a reader concludes who missed one of the facts.',
  zh: '选项用自己的话写，种类与长度相近，不照抄原文；每个错误选项都是漏看某一事实的读者会得出的结论。',
};
const wish = wishWith(options);
const difficulty = {
  en: 'No single paragraph suffices; every wrong option agrees with at least one place of the document.',
  zh: '单看一段不足以作答；每个错误选项都与文中至少一处相符。',
};

/** Sub-tasks of comprehension by evidence. */
export const t2: readonly SubTask[] = [
  {
    id: 'evidence-integration',
    version: 1,
    task,
    title: { en: 'Evidence integration', zh: '证据整合' },
    wish: wish(
      'Ask a question whose answer follows only from two or more places together.',
      '提出一个须把两处或多处内容合起来才能回答的问题。',
    ),
    difficulty,
    criteria: ['evidence integration', 'evidence along references'],
    documents: 1,
    facts: ['sentence', 'event', 'quantity', 'field'],
    checks: ['apart'],
    quota: 3,
    example: {
      facts: [
        {
          quote: 'She asked the board every winter for a second boat and was refused',
          says: 'Brant asked for a second boat in vain.',
        },
        {
          quote: 'The second boat came in August 1899, when Reed sold his own boat to the board',
          says: 'It came when Reed sold his own.',
        },
      ],
      reason: 'The board refused Brant; the second boat came when Reed sold the board his own.',
      answer: [{ from: [1, 2], text: 'A later keeper parted with one that he owned' }],
      question: 'How did the light at last get what its first keeper had been asking for?',
      distractors: [
        { why: 'Misses the sale.', text: 'The board gave in to her after many winters' },
        { why: 'Mixes in the third keeper.', text: 'It was bought when the third keeper arrived' },
        { why: 'Mixes in the other light.', text: 'The keeper of the other light left one behind' },
      ],
    },
  },
  {
    id: 'rule-induction',
    version: 1,
    task,
    title: { en: 'Rule induction', zh: '规则归纳' },
    wish: wish(
      'Find a rule that several cases of the document follow, stated or not. Ask what it says of a further case, described in the question.',
      '找出文中若干情形共同遵循的规则（无论是否明说），问它对问题中描述的新情形有何结论。',
    ),
    difficulty,
    documents: 1,
    facts: ['step', 'definition', 'sentence', 'field'],
    checks: ['apart'],
    quota: 2,
    example: {
      facts: [
        { quote: 'Jonas Reed followed her in May 1884', says: 'One keeper follows another at once.' },
        {
          quote: 'He burned 610 barrels of oil in his first year, and 540 in his second',
          says: 'A keeper burns less in the second year.',
        },
        { quote: 'Under her the lamp burned 270 barrels a year', says: 'A later keeper burns less still.' },
      ],
      reason: 'Consumption falls from year to year and from keeper to keeper.',
      answer: [{ from: [2, 3], text: 'Fewer barrels than under Cora Lind' }],
      question:
        'If consumption went on as it had from keeper to keeper, what would one expect under a successor of Lind?',
      distractors: [
        { why: 'Reads the figures backwards.', text: 'More barrels than in the first year of Reed' },
        { why: 'Takes the second year of Reed.', text: 'As many barrels as in the second year of Reed' },
        { why: 'Takes the other light.', text: 'As many barrels as at the South Light' },
      ],
    },
  },
  {
    id: 'dialogue-memory',
    version: 1,
    task,
    title: { en: 'Dialogue memory tracking', zh: '对话记忆追踪' },
    wish: wish(
      'Ask what a speaker said, wanted or changed their mind about, where a later place alters an earlier one.',
      '问某位说话人说过什么、想要什么或改变了什么主意，其中后文修正前文。',
    ),
    difficulty,
    criteria: ['dialogue memory tracking'],
    needs: { kinds: ['turn', 'quotation'], atLeast: 8 },
    documents: 1,
    facts: ['turn', 'quotation', 'sentence'],
    checks: ['apart'],
    quota: 2,
    example: {
      facts: [
        { quote: 'She asked the board every winter for a second boat and was refused', says: 'The board said no.' },
        { quote: 'Reed sold his own boat to the board', says: 'Later the board bought one.' },
      ],
      reason: 'The board refused at first and bought a boat later.',
      answer: [{ from: [1, 2], text: 'It refused for years and bought one in the end' }],
      question: 'What was the position of the board on another boat over the years?',
      distractors: [
        { why: 'Stops at the first place.', text: 'It refused from the first request to the last' },
        { why: 'Turns the order around.', text: 'It agreed at first and refused later keepers' },
        { why: 'Nobody says so.', text: 'It left the decision to the keepers of both lights' },
      ],
    },
  },
  {
    id: 'entity-commitment-tracking',
    version: 1,
    task,
    title: { en: 'Long-range entity and commitment tracking', zh: '长程实体与承诺追踪' },
    wish: wish(
      'Follow one person, body or promise through the document. Ask what had become of it at a certain point, after all changes up to there.',
      '追踪一个人物、机构或承诺，问到某一时点为止，经过此前所有变化后的状态。',
    ),
    difficulty,
    documents: 1,
    facts: ['event', 'sentence', 'quotation', 'turn'],
    checks: ['apart'],
    quota: 2,
    example: {
      facts: [
        { quote: 'Jonas Reed followed her in May 1884', says: 'Reed is keeper from 1884.' },
        { quote: 'Reed sold his own boat to the board', says: 'In 1899 he sold his boat.' },
        { quote: 'Cora Lind took over in June 1902', says: 'Lind follows in 1902.' },
      ],
      reason: 'In 1900 Reed was still keeper, and his boat belonged to the board.',
      answer: [{ from: [1, 2, 3], text: 'Still keeper, and without a boat of his own' }],
      question: 'What was the situation of Jonas Reed in the year 1900?',
      distractors: [
        { why: 'Misses the sale.', text: 'Still keeper, and owner of a boat' },
        { why: 'Misses the date of Lind.', text: 'No longer keeper, and owner of a boat' },
        { why: 'Has both wrong.', text: 'No longer keeper, and without a boat of his own' },
      ],
    },
  },
  {
    id: 'comparison-across-documents',
    version: 1,
    task,
    title: { en: 'Evidence integration across documents', zh: '跨文档证据整合' },
    wish: wish(
      'Ask which conclusion follows from the documents taken together, and from none alone.',
      '问哪个结论须由几份文档合起来得出，而不能由任何一份单独得出。',
    ),
    difficulty,
    documents: 2,
    facts: ['field', 'event', 'quantity', 'sentence'],
    checks: ['each-document'],
    quota: 2,
    example: {
      facts: [
        {
          quote: 'He burned 610 barrels of oil in his first year, and 540 in his second',
          says: 'Reed: 610, then 540.',
        },
        { quote: 'The South Light burned 480 barrels in its first year', says: 'South: 480.' },
      ],
      reason: 'Both years of Reed lie above 480.',
      answer: [{ from: [1, 2], text: 'The northern lamp used more than the southern one in either year' }],
      question: 'How do the first two years of Reed compare with the first year of the South Light?',
      distractors: [
        { why: 'Looks at Lind.', text: 'The northern lamp used less than the southern one in either year' },
        { why: 'Misreads the second year.', text: 'The northern lamp used more at first and less in the second year' },
        { why: 'Mixes both up.', text: 'The northern lamp used as much as the southern one in the second year' },
      ],
    },
  },
];
