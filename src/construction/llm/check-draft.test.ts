import { expect, test } from 'vitest';
import { random } from '../../random.ts';
import type { TaskId } from '../../tasks/task.ts';
import { checkDraft } from './check-draft.ts';
import type { Written } from './draft.ts';

const text = [
  'Ledger of the guild of weavers.',
  'In 1702 the weaver Anna Holm received 1139 crowns from the guild for the great carpet.',
  'In 1711 the dyer Bertram Lund received 2451 crowns from the guild for blue wool.',
  'In 1718 the fuller Clara Stein received 3870 crowns from the guild for the mill race.',
  'In 1725 the carter Dmitri Orlow received 412 crowns from the guild for two horses.',
].join('\n\n');
const [, anna = '', bertram = ''] = text.split('\n\n');

const drafts: Readonly<Record<'T1' | 'T2' | 'T4', Written>> = {
  T1: {
    question: 'How much was paid for the great carpet?',
    answer: ['1139 crowns'],
    distractors: [],
    expression: '',
    evidence: [anna],
    rationale: 'It is stated.',
  },
  T2: {
    question: 'Who was paid for wool after the carpet had been made?',
    answer: ['Bertram Lund'],
    distractors: ['Anna Holm', 'Clara Stein', 'Dmitri Orlow'],
    expression: '',
    evidence: [anna, bertram],
    rationale: 'Both payments are stated.',
  },
  T4: {
    question: 'How many crowns did carpet and wool cost together?',
    answer: ['3590'],
    distractors: [],
    expression: '1139 + 2451',
    evidence: [anna, bertram],
    rationale: 'Both sums are stated.',
  },
};
const why = (task: 'T1' | 'T2' | 'T4', change: Partial<Written> = {}, document = text): string => {
  const checked = checkDraft(task satisfies TaskId, { ...drafts[task], ...change }, document, random(1));
  return checked.ok ? '' : checked.why;
};

test('sound drafts pass', () => {
  for (const task of ['T1', 'T2', 'T4'] as const) expect(why(task)).toBe('');
});

const unsound: readonly (readonly [string, 'T1' | 'T2' | 'T4', Partial<Written>, string])[] = [
  ['one letter as evidence', 'T1', { evidence: ['t'] }, 'too short'],
  ['evidence from another record', 'T1', { evidence: [text.split('\n\n')[4] ?? ''] }, 'does not show 1139 crowns'],
  ['a key that cuts a figure', 'T1', { answer: ['139 crowns'] }, 'key is not in the document'],
  ['a question in another language', 'T1', { question: '这位织工从行会得到了多少钱？请回答。' }, 'another language'],
  ['a key that the document does not know', 'T2', { answer: ['Zebulon Quix'] }, 'not of the document'],
  ['distractors from nowhere', 'T2', { distractors: ['Zebulon Quix', 'Foobar', 'Clara Stein'] }, 'not of the document'],
  ['options that differ by a mark', 'T2', { distractors: ['bertram lund.', 'Anna Holm', 'Clara Stein'] }, 'equal'],
  [
    'a question that tells the option',
    'T2',
    { question: 'Was it Bertram Lund who was paid for wool?' },
    'tells the key',
  ],
  ['arithmetic without figures', 'T4', { expression: '100 * 2', answer: ['200'] }, 'fewer than two figures'],
  ['figures away from the evidence', 'T4', { evidence: [text.split('\n\n')[4] ?? ''] }, 'does not stand by'],
];
test.each(unsound)('%s is refused', (_, task, change, reason) => {
  expect(why(task, change)).toContain(reason);
});

test('a Chinese draft gets a wrong key in Chinese, so that the language alone betrays nothing', () => {
  const document =
    '一七零二年，织工安娜因大地毯从行会得到一千克朗。\n\n一七一一年，染匠贝特拉姆因蓝色羊毛得到两千克朗。';
  const draft = {
    ...drafts.T1,
    question: '谁因大地毯得到了报酬？',
    answer: ['织工安娜'],
    evidence: ['织工安娜因大地毯从行会得到一千克朗'],
  };
  const checked = checkDraft('T1', draft, document, random(1));
  expect(checked).toMatchObject({ ok: true });
  if (checked.ok) expect(checked.keyed.wrong[0]).toMatch(/^\p{Script=Han}+$/u);
});
