/**
 * @file Small reports of two firms, in English and Chinese, and the way from a generator to a question, its gold and what the solver finds.
 */

import { factsOf } from '../../src/construction/questions/facts-within.ts';
import type { Context, QuestionGenerator } from '../../src/construction/questions/question.ts';
import { readDocuments } from '../../src/construction/questions/read-prompt.ts';
import { renderPrompt } from '../../src/construction/questions/render-prompt.ts';
import { makeDocument } from '../../src/corpus/make-document.ts';
import { random } from '../../src/random.ts';

type Row = readonly (string | number)[];

const table = (caption: string, head: Row, rows: readonly Row[]): string =>
  [caption, '', head, head.map(() => '---'), ...rows]
    .map((row) => (typeof row === 'string' ? row : `| ${row.join(' | ')} |`))
    .join('\n');

const total = (word: string, rows: readonly Row[]): Row => [
  word,
  ...[1, 2].map((i) => rows.reduce((sum, row) => sum + Number(row[i]), 0)),
];

function report(title: string, years: Row, sales: readonly Row[], staff: readonly Row[]): string {
  return [
    `# ${title}`,
    '## 1. Sales',
    'The year was quiet.',
    table('Table 1. Sales by region (in millions of GBP)', ['Region', ...years], [...sales, total('Total', sales)]),
    '## 2. People',
    'Staff are counted at the end of the year.',
    table(
      'Table 2. Employees by function (number of employees)',
      ['Function', ...years],
      [...staff, total('Total', staff)],
    ),
  ].join('\n\n');
}

const alder2022 = report(
  'Alder plc: Annual Report 2022',
  ['2021', '2022'],
  [
    ['North', 100, 120],
    ['South', 80, 76],
    ['East', 50, 65],
    ['West', 40, 30],
  ],
  [
    ['Works', 400, 420],
    ['Offices', 200, 190],
    ['Drivers', 90, 120],
    ['Stores', 60, 61],
  ],
);
const alder2023 = report(
  'Alder plc: Annual Report 2023',
  ['2022', '2023'],
  [
    ['North', 118, 110],
    ['South', 76, 95],
    ['East', 65, 52],
    ['West', 30, 33],
  ],
  [
    ['Works', 420, 462],
    ['Offices', 190, 171],
    ['Drivers', 120, 150],
    ['Stores', 61, 60],
  ],
);
const birch2023 = report(
  'Birch Ltd: Annual Report 2023',
  ['2022', '2023'],
  [
    ['North', 20, 26],
    ['South', 31, 29],
    ['East', 12, 15],
    ['West', 9, 4],
  ],
  [
    ['Works', 70, 77],
    ['Offices', 30, 36],
    ['Drivers', 12, 10],
    ['Stores', 8, 9],
  ],
);
const cedar2023 = report(
  'Cedar Inc: Annual Report 2023',
  ['2022', '2023'],
  [
    ['North', 50, 51],
    ['South', 22, 33],
    ['East', 45, 60],
    ['West', 16, 20],
  ],
  [
    ['Works', 150, 120],
    ['Offices', 60, 54],
    ['Drivers', 25, 27],
    ['Stores', 18, 30],
  ],
);
const chinese = [
  '# 松江公司2023年年度报告',
  '## 一、收入',
  table(
    '表1 分地区收入（单位：万元）',
    ['地区', '2022年', '2023年'],
    [
      ['城东', 100, 130],
      ['城西', 90, 81],
      ['江北', 60, 66],
      ['江南', 45, 36],
      ['合计', 295, 313],
    ],
  ),
  '## 二、员工',
  table(
    '表2 员工人数（单位：人）',
    ['类别', '2022年', '2023年'],
    [
      ['生产', 500, 520],
      ['销售', 120, 150],
      ['技术', 80, 100],
      ['管理', 60, 57],
      ['合计', 760, 827],
    ],
  ),
].join('\n\n');

const texts = { en: [alder2022, alder2023, birch2023, cedar2023], zh: [chinese] } as const;

/** With years of tables that run over two: `2022/23`. */
export const overTwoYears = (text: string): string =>
  text.replace(/\| 202(\d)(?= \|)/g, (_, digit) => `| 202${digit}/2${Number(digit) + 1}`);

/** The documents of one language as a prompt shows them whole. */
export function sampleContext(language: 'en' | 'zh', count = 4, write = (text: string): string => text): Context {
  const documents = texts[language].slice(0, count).map((plain, i) => {
    const text = write(plain);
    const title = text.slice(2, text.indexOf('\n'));
    const document = makeDocument({
      id: `report-${i}`,
      title,
      source: 'test',
      licence: 'CC0-1.0',
      language,
      kind: 'reference',
      text,
    });
    return { document, title, span: { start: 0, end: text.length }, facts: factsOf(document) };
  });
  return { language, documents, chosen: [0] };
}

/** A question as it is said first, its gold, and what the solver finds in the prompt and in one with other figures. */
export function ask(generator: QuestionGenerator, context: Context, seed: string, wording = 0) {
  const draft = generator.draw(context, random(seed));
  if (typeof draft === 'string') return { refused: draft };
  const question = generator.wordings.say(context.language, wording, draft.slots);
  const { context: shown, place } = renderPrompt(context, draft, { question, contract: '' });
  const slots = generator.wordings.read(question) ?? {};
  const solve = (text: string): readonly string[] | undefined =>
    generator.solve({ language: context.language, documents: readDocuments(text), slots });
  return {
    question,
    gold: draft.gold,
    solved: solve(shown),
    solvedWithoutTables: solve(shown.replace(/^\|.*$/gm, '')),
    proven: draft.proof.every((proof) => place(proof) !== undefined),
  };
}

/** Every wording in both languages says its slots so that they read back. */
export function wordingsReadBack(
  { wordings }: QuestionGenerator,
  language: 'en' | 'zh',
  slots: Readonly<Record<string, string>>,
): boolean {
  return Array.from({ length: wordings.count(language) }, (_, i) =>
    wordings.read(wordings.say(language, i, slots)),
  ).every((read) => JSON.stringify(Object.entries(read ?? {}).sort()) === JSON.stringify(Object.entries(slots).sort()));
}
