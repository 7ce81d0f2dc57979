/** @file The changes to be matched, as a phrase, and how one asks for the reports that they are from. */
import { phrase } from '../../../reading/phrase.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

/** A change without its report. */
export const change = phrase({
  en: '“{row}” in the table “{table}”: {percent}% from {from} to {to}',
  zh: '表“{table}”中的“{row}”：从{from}年到{to}年{percent}%',
});

/** A line of a list to choose from. */
export const line = phrase({ en: '“{row}” (table “{table}”)', zh: '“{row}”（表“{table}”）' });

/** A change without its line. */
export const bare = phrase({ en: '{percent}%', zh: '{percent}%' });

const ofReports = wordings({
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

const ofLines = wordings({
  en: [
    [
      'plain',
      'Which line of “{document}” changed by which of these percentages from {from} to {to}? The lines to choose from:\n{lines}\nThe changes:\n{items}',
    ],
    [
      'analyst',
      'I worked out some changes from {from} to {to} from “{document}” and did not note the lines. Assign each to one of these lines:\n{lines}\nThe changes:\n{items}',
    ],
    [
      'researcher',
      'Match every change from {from} to {to} below with the line of “{document}” whose figures give it. Lines:\n{lines}\nChanges:\n{items}',
    ],
    [
      'customer',
      'A summary of “{document}” gives some changes from {from} to {to}, but not what changed. Which of these lines is each one about?\n{lines}\nThe changes:\n{items}',
    ],
    [
      'lawyer',
      'State for each change from {from} to {to} which of the following lines of “{document}” it results from:\n{lines}\nThe changes:\n{items}',
    ],
    [
      'student',
      'Exercise: work out how the lines below changed from {from} to {to} in “{document}”, and match the results.\n{lines}\nThe results:\n{items}',
    ],
    [
      'editor',
      'A draft on “{document}” quotes these changes from {from} to {to} and does not name what changed. Which line does each belong to?\n{lines}\nThe changes:\n{items}',
    ],
    [
      'colleague',
      'Can you tell which line of “{document}” each of these changes from {from} to {to} belongs to? It has to be one of these:\n{lines}\nThe changes:\n{items}',
    ],
  ],
  zh: [
    ['plain', '《{document}》中，从{from}年到{to}年的下列变化各是哪一项的？可选的项目：\n{lines}\n变化：\n{items}'],
    [
      'analyst',
      '我按《{document}》算了几项从{from}年到{to}年的变化，却没记是哪一项的。请逐一对上：\n{lines}\n变化：\n{items}',
    ],
    [
      'researcher',
      '请把下列从{from}年到{to}年的变化与《{document}》中数字相符的项目对应起来。各项：\n{lines}\n变化：\n{items}',
    ],
    [
      'customer',
      '有人从《{document}》摘了几个从{from}年到{to}年的变化，没写是什么的。它们各属于哪一项？\n{lines}\n变化：\n{items}',
    ],
    ['lawyer', '请就下列从{from}年到{to}年的变化，分别指明出自《{document}》的哪一项：\n{lines}\n变化：\n{items}'],
    [
      'student',
      '练习：先算出《{document}》中下列各项从{from}年到{to}年变化了多少，再与结果配对。\n{lines}\n结果：\n{items}',
    ],
    [
      'editor',
      '稿子引用了《{document}》里从{from}年到{to}年的几项变化，没写是哪一项。请逐一补上：\n{lines}\n变化：\n{items}',
    ],
    [
      'colleague',
      '帮我看看《{document}》里从{from}年到{to}年的这些变化各是哪一项的，范围如下：\n{lines}\n变化：\n{items}',
    ],
  ],
});

/** Changes are matched with reports, or with lines of one report. */
export const asked = eitherWordings(ofReports, ofLines, ({ lines = '' }) => lines !== '');
