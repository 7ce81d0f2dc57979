import { expect, test } from 'vitest';
import type { Document } from '../../../corpus/document.ts';
import { sha256 } from '../../../corpus/make-document.ts';
import { random } from '../../../random.ts';
import { subTasks } from '../catalogue/catalogue.ts';
import type { Written } from '../draft.ts';
import { shownOf } from '../shown-documents.ts';
import { checkDraft } from './check-draft.ts';
import type { AskedBefore } from './draft-place.ts';

const documentOf = (text: string, language = 'en'): Document => ({
  id: 'ledger',
  title: 'Ledger of the guild of weavers',
  text,
  sha256: sha256(text),
  source: 'test',
  licence: 'CC0-1.0',
  language,
  kind: 'reference',
});

const ledger = documentOf(
  [
    '## Payments',
    'In 1702 the weaver Anna Holm received 1139 crowns from the guild for the great carpet.',
    'In 1711 the dyer Bertram Lund received 2,451 crowns from the guild for blue wool.',
    'In 1718 the fuller Clara Stein received 3870 crowns from the guild for the mill race.',
    'In 1725 the carter Dmitri Orlow received 412 crowns from the guild for two horses.',
    '| Year | Wool (bales) | Linen (bales) |\n| --- | --- | --- |\n| 1702 | 40 | 25 |\n| 1711 | 60 | 31 |',
  ].join('\n\n'),
);
const anna = 'In 1702 the weaver Anna Holm received 1139 crowns from the guild for the great carpet.';
const bertram = 'In 1711 the dyer Bertram Lund received 2,451 crowns from the guild for blue wool.';

const fact = (quote: string) => ({ quote, says: 'So it says.' });

const drafts: Readonly<Record<string, Written>> = {
  'value-by-description': {
    facts: [fact(anna)],
    reason: 'It is stated.',
    answer: [{ from: [1], text: '1139 crowns' }],
    question: 'How much was paid for the great carpet?',
  },
  'evidence-integration': {
    facts: [fact(anna), fact(bertram)],
    reason: 'Both payments are stated.',
    answer: [{ from: [1, 2], text: 'The dyer, for blue wool' }],
    question: 'Who was paid next after the carpet had been made?',
    distractors: ['The fuller, for a mill race', 'The carter, for two horses', 'The weaver, for a carpet'].map(
      (text) => ({
        why: 'Another payment.',
        text,
      }),
    ),
  },
  'growth-and-share': {
    facts: [fact(anna), fact(bertram)],
    reason: '2451 is 115.2 percent more than 1139.',
    figures: [
      { name: 'carpet', from: [1], value: '1139' },
      { name: 'wool', from: [2], value: '2,451' },
    ],
    formula: '(wool / carpet - 1) * 100',
    decimals: 1,
    answer: [{ from: [1, 2], text: '115.2' }],
    question: 'By how many percent was the wool dearer than the carpet? Round to one decimal.',
  },
  'facts-to-table': {
    facts: [fact('| 1702 | 40 | 25 |'), fact('| 1711 | 60 | 31 |')],
    reason: 'The rows of the table.',
    columns: ['year', 'goods', 'bales'],
    answer: [
      { from: [1], cells: ['1702', 'Linen', '25'] },
      { from: [2], cells: ['1711', 'Linen', '31'] },
    ],
    question: 'Give a table with the columns "year", "goods" and "bales" of the linen.',
  },
  'order-by-time': {
    facts: [anna, bertram, 'In 1718 the fuller Clara Stein', 'In 1725 the carter Dmitri Orlow'].map(fact),
    reason: 'By the years.',
    answer: [
      { from: [1], value: '1702', text: 'the carpet is paid for' },
      { from: [2], value: '1711', text: 'the wool is paid for' },
      { from: [3], value: '1718', text: 'the mill race is paid for' },
      { from: [4], value: '1725', text: 'the horses are paid for' },
    ],
    question: 'In which order did the guild pay for these?',
  },
  'graded-ranking': {
    facts: [anna, bertram, 'In 1718 the fuller Clara Stein', 'In 1725 the carter Dmitri Orlow'].map(fact),
    reason: '2451 - 1139 = 1312; 3870 - 2451 = 1419; 5 * 412 = 2060; 3870 - 1139 = 2731.',
    answer: [
      { from: [1, 2], value: '2,451 - 1139', text: 'the wool and the carpet' },
      { from: [2, 3], value: '3870 - 2,451', text: 'the mill race and the wool' },
      { from: [4], value: '5 * 412', text: 'five times the horses and nothing' },
      { from: [1, 3], value: '3870 - 1139', text: 'the mill race and the carpet' },
    ],
    question: 'Rank these by how many crowns the two payments lie apart, nearest first.',
  },
  'order-by-frequency': {
    facts: [anna, 'In 1725 the carter Dmitri Orlow', bertram, '| Year | Wool (bales) | Linen (bales) |'].map(fact),
    reason: 'Counted from the first line to the last.',
    answer: [
      { from: [1], value: '4', text: 'crowns' },
      { from: [4], value: '2', text: 'bales' },
      { from: [3], value: '1', text: 'dyer' },
    ],
    question: 'Order these words by how often the ledger writes them, most often first.',
  },
};

function faultsOf(
  id: string,
  change: Partial<Written> = {},
  document = ledger,
  asked: readonly AskedBefore[] = [],
): string {
  const subTask = subTasks.find((one) => one.id === id);
  const draft = drafts[id];
  if (subTask === undefined || draft === undefined) throw new Error(`no ${id}`);
  const place = { subTask, shown: [shownOf(document)], offered: [anna], asked };
  const checked = checkDraft(place, { ...draft, ...change }, random(1));
  return checked.ok ? '' : checked.faults.map(({ en }) => en).join('\n');
}

test.each(Object.keys(drafts))('a sound draft of %s passes', (id) => {
  expect(faultsOf(id)).toBe('');
});

const unsound: readonly (readonly [string, string, Partial<Written>, string])[] = [
  ['one letter as a fact', 'value-by-description', { facts: [fact('t')] }, 'too short'],
  ['a fact of another record', 'value-by-description', { facts: [fact(bertram)] }, 'do not show "1139 crowns"'],
  ['a fact from nowhere', 'value-by-description', { facts: [fact('The mill burnt down in 1900.')] }, 'does not stand'],
  ['a fact that nobody offered', 'value-by-description', { facts: [fact('#7')] }, 'no offered fact #7'],
  [
    'a key that names a fact too many',
    'value-by-description',
    { answer: [{ from: [2], text: '1139 crowns' }] },
    'fact 2',
  ],
  ['a key that cuts a figure', 'value-by-description', { answer: [{ from: [1], text: '139 crowns' }] }, 'do not show'],
  [
    'another language',
    'value-by-description',
    { question: '这位织工从行会得到了多少钱？请回答。' },
    'another language',
  ],
  [
    'options from nowhere',
    'evidence-integration',
    { distractors: ['Zebulon Quix', 'Foobar', 'The carter, for two horses'].map((text) => ({ why: 'x', text })) },
    'nothing of the documents',
  ],
  [
    'options that differ by a mark',
    'evidence-integration',
    { distractors: ['the dyer, for blue wool.', 'The fuller', 'The carter'].map((text) => ({ why: 'x', text })) },
    'equal',
  ],
  [
    'a question that tells the option',
    'evidence-integration',
    { question: 'Was it the dyer, for blue wool?' },
    'tells the key',
  ],
  ['facts of one place', 'evidence-integration', { facts: [fact(anna), fact('for the great carpet')] }, 'one place'],
  ['a wrong result', 'growth-and-share', { answer: [{ from: [1], text: '115.3' }] }, 'gives 115.2, not 115.3'],
  ['rounding that nobody knows of', 'growth-and-share', { question: 'By how many percent was it dearer?' }, 'rounded'],
  ['a figure from nowhere', 'growth-and-share', { formula: '(wool / 77 - carpet) * 100' }, '77'],
  ['a formula with an unknown name', 'growth-and-share', { formula: '(wool / carpet - linen) * 100' }, 'linen'],
  [
    'a figure away from its facts',
    'growth-and-share',
    {
      figures: [
        { name: 'carpet', from: [2], value: '1139' },
        { name: 'wool', from: [2], value: '2,451' },
      ],
    },
    'does not stand by its facts',
  ],
  ['ragged rows', 'facts-to-table', { columns: ['year', 'goods'] }, 'a row has not 2 cells'],
  [
    'an order that the dates do not have',
    'order-by-time',
    { answer: drafts['order-by-time']?.answer.toReversed() ?? [] },
    'the dates are not in order',
  ],
  [
    'a rank worked out from a number that stands nowhere',
    'graded-ranking',
    {
      answer: [
        { from: [1, 2], value: '2,451 - 1140', text: 'the wool and the carpet' },
        ...(drafts['graded-ranking']?.answer.slice(1) ?? []),
      ],
    },
    '1140 in the value',
  ],
  [
    'an order that the worked out values do not have',
    'graded-ranking',
    {
      answer:
        drafts['graded-ranking']?.answer.toReversed().toSpliced(0, 1, { from: [4], value: '412', text: 'it' }) ?? [],
    },
    'not in the order of their values',
  ],
  [
    'a word that is counted wrongly',
    'order-by-frequency',
    { answer: [{ from: [1], value: '5', text: 'crowns' }, ...(drafts['order-by-frequency']?.answer.slice(1) ?? [])] },
    '"crowns" stands 4 times, not 5',
  ],
];
test.each(unsound)('%s is refused', (_, id, change, reason) => {
  expect(faultsOf(id, change)).toContain(reason);
});

test('all faults of a draft are told at once', () => {
  const faults = faultsOf('growth-and-share', {
    answer: [{ from: [1], text: '12' }],
    question: '这是多少？请回答这个问题。',
  });
  expect(faults).toContain('another language');
  expect(faults).toContain('not 12');
});

test('a quote may name an offered fact, leave words out, and lack the marks of the layout', () => {
  expect(faultsOf('value-by-description', { facts: [fact('#1')] })).toBe('');
  expect(faultsOf('value-by-description', { facts: [fact('the weaver Anna Holm ... for the great carpet')] })).toBe('');
  expect(faultsOf('facts-to-table', { facts: [fact('1702 40 25'), fact('1711 60 31')] })).toBe('');
});

test('a heading and the head of a table count as evidence for what stands below them', () => {
  const answer = [{ from: [1], text: 'Linen' }];
  expect(faultsOf('value-by-description', { facts: [fact('| 1711 | 60 | 31 |')], answer })).toBe('');
  expect(faultsOf('value-by-description', { answer: [{ from: [1], text: 'Payments' }] })).toBe('');
});

test('a question that was asked before is refused, whatever its words, when its key is the same', () => {
  const asked = [{ question: 'How much was paid for that great carpet?', key: '1139 crowns' }];
  expect(faultsOf('value-by-description', {}, ledger, asked)).toContain('asked before');
  expect(faultsOf('value-by-description', {}, ledger, [{ question: 'Who dyed the wool?', key: 'Bertram Lund' }])).toBe(
    '',
  );
});

test('figures in Chinese characters and in words are figures', () => {
  const document = documentOf('木料三十六根，每根一百二十元。\n\n账上有六千八百元。', 'zh');
  const written: Written = {
    facts: [fact('木料三十六根，每根一百二十元'), fact('账上有六千八百元')],
    reason: '六千八百减三十六乘一百二十。',
    figures: [
      { name: 'count', from: [1], value: '三十六' },
      { name: 'price', from: [1], value: '一百二十元' },
      { name: 'cash', from: [2], value: '六千八百元' },
    ],
    formula: 'cash - count * price',
    decimals: -1,
    answer: [{ from: [1, 2], text: '2480' }],
    question: '付清木料以后账上还剩多少元？',
  };
  expect(faultsOf('growth-and-share', written, document)).toBe('');
});

test('a Chinese key has near misses though nothing like it stands beside it', () => {
  const document = documentOf('沈安于三月上任。\n\n罗恒于五月上任。\n\n短班是指三小时的值守。', 'zh');
  const subTask = subTasks.find(({ id }) => id === 'value-by-description');
  if (subTask === undefined) throw new Error('no such sub-task');
  const place = { subTask, shown: [shownOf(document)], offered: [], asked: [] };
  const missOf = (quote: string, text: string): readonly string[] => {
    const written = {
      facts: [fact(quote)],
      reason: '原文如此。',
      answer: [{ from: [1], text }],
      question: '请问这是什么？',
    };
    const checked = checkDraft(place, written, random(1));
    return checked.ok ? checked.keyed.misses.flatMap(({ gold }) => gold) : checked.faults.map(({ zh }) => zh);
  };
  expect(missOf('短班是指三小时的值守', '三小时')).toEqual(['五小时']);
  expect(missOf('罗恒于五月上任', '罗恒')).toEqual(['沈安']);
});
