/** @file The changes to be matched, as a phrase, and how one asks for the reports that they are from. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** A change without its report. */
export const change = phrase({
  en: '“{row}” in the table “{table}”: {percent}% from {from} to {to}',
  zh: '表“{table}”中的“{row}”：从{from}年到{to}年{percent}%',
});

export const asked = wordings({
  en: [
    ['plain', 'Which report does each of these changes come from? The reports to choose from are {titles}.\n{items}'],
    ['analyst', 'I noted these changes and forgot the sources. Assign each to one of {titles}.\n{items}'],
    ['researcher', 'Match every change below with the report whose figures give it ({titles}).\n{items}'],
    ['customer', 'I would like to know which of the reports {titles} each of these changes belongs to.\n{items}'],
    [
      'lawyer',
      'For each of the following changes, identify the report from whose figures it results, being one of {titles}.\n{items}',
    ],
    [
      'student',
      'My flash cards have changes on the front and should have the report on the back. Fill in the backs from {titles}.\n{items}',
    ],
    ['editor', 'These figures in a draft lack their source. Name the report for each, out of {titles}.\n{items}'],
    ['colleague', 'Can you tell me where each of these comes from? It has to be one of {titles}.\n{items}'],
  ],
  zh: [
    ['plain', '以下各项变化分别出自哪份报告？可选的报告是{titles}。\n{items}'],
    ['analyst', '我记下了这些变化，却忘了出处。请把每一项归到{titles}之一。\n{items}'],
    ['researcher', '请将下列每项变化与数字相符的报告（{titles}）对应起来。\n{items}'],
    ['customer', '我想知道下面这些变化分别属于{titles}中的哪一份。\n{items}'],
    ['lawyer', '请就下列每项变化指明其数字所出的报告，限于{titles}。\n{items}'],
    ['student', '学习卡片正面写着变化，背面要写报告。请从{titles}中填上。\n{items}'],
    ['editor', '稿中这些数字缺少出处，请从{titles}中逐一注明报告。\n{items}'],
    ['colleague', '帮我看看下面每一项出自哪里，范围是{titles}。\n{items}'],
  ],
});
