/** @file Documents with one table of several columns: a sheet without words, a sheet with a caption and a second table, a survey, a report in Chinese, figures of different kinds. */
import { factsOf } from '../../src/construction/questions/facts-within.ts';
import type { Context } from '../../src/construction/questions/question.ts';
import { makeDocument } from '../../src/corpus/make-document.ts';

const lines = (rows: readonly string[]): string => {
  const [head = ''] = rows;
  const ruled = head
    .split(',')
    .map(() => '---')
    .join(' | ');
  return [head, ...rows.slice(1)]
    .map((row) => `| ${row.split(',').join(' | ')} |`)
    .toSpliced(1, 0, `| ${ruled} |`)
    .join('\n');
};

const sheet = lines([
  'Harbour,Coast,Berths,Ferries,Depth (m)',
  'Aldmouth,north,412,31,8.5',
  'Brenhaven,north,268,12,14.2',
  'Carrow,south,905,44,11.9',
  'Dunsea,south,133,9,16.4',
  'Eastwick,north,547,27,12.8',
  'Farholm,south,761,18,9.7',
  'Grenport,north,324,36,15.1',
  'Holmness,south,689,22,10.6',
]);
const survey = [
  '# Travel to work in three towns',
  '## Results',
  'Table 1. Share of workers by main mode (%)',
  lines([
    'Mode,Spring T0,Spring T1,Autumn T0,Autumn T1',
    'Walk,18.4,22.7,16.9,15.1',
    'Cycle,38.8,40.6,39.7,36.3',
    'Bus,15.3,13.2,17.6,19.8',
    'Car,24.1,19.4,22.2,26.9',
    'Boat,3.4,4.1,3.6,1.9',
  ]),
].join('\n\n');
const chinese = [
  '# 平川乳业2023年年度报告',
  '## 第二节 分产品收入',
  '单位：万元',
  lines([
    '分产品,2023年收入,占比,2022年收入,2023年毛利率',
    '鲜奶,61830,36.7%,63415,31.4%',
    '酸奶,29704,17.6%,25192,24.1%',
    '奶粉,38216,22.7%,36880,14.9%',
    '奶酪,33957,20.2%,22573,21.8%',
    '黄油,4713,2.8%,4670,42.0%',
  ]),
].join('\n\n');
const mixed = [
  '# Yard of the year',
  '## Goods landed',
  lines([
    'Cargo,Class,Tonnes,Charge',
    'Timber,8,4120,£31',
    'Salt,32,2680,9%',
    'Slate,32,9050,£44',
    'Herring,8,1330,12p',
    'Coal,32,5470,£27',
    'Wool,8,3240,6%',
  ]),
].join('\n\n');

const captioned = [
  'Berths of the north (metres)',
  sheet,
  lines(['Pilots,Day rate,Night rate', 'Ashe,410,515', 'Bream,395,480']),
].join('\n\n');

function contextOf(title: string, text: string, language: 'en' | 'zh'): Context {
  const about = { id: title, title, source: 'test', licence: 'CC0-1.0', kind: 'reference' } as const;
  const document = makeDocument({ ...about, language, text });
  const shown = { document, title, span: { start: 0, end: text.length }, facts: factsOf(document) };
  return { language, documents: [shown], chosen: [0] };
}

/** Contexts of one document each. */
export const passages = {
  sheet: contextOf('Harbours', sheet, 'en'),
  captioned: contextOf('Berths of the north', captioned, 'en'),
  survey: contextOf('Travel to work in three towns', survey, 'en'),
  chinese: contextOf('平川乳业2023年年度报告', chinese, 'zh'),
  mixed: contextOf('Yard of the year', mixed, 'en'),
};
