/**
 * @file Renders a reading, a question and the answer format as the text of a prompt.
 */
import { type TaskId, tasks } from '../../tasks/task.ts';
import type { Reading, ReadingDraft, ReadingLanguage } from './reading.ts';

const chineseFormats: Readonly<Record<TaskId, string>> = {
  T1: '请在[答案]后用一行写出原文。',
  T2: '请在[答案]后写出正确选项的字母。',
  T3: '请在[答案]后写出所有符合的编号，每行一个。',
  T4: '请在[答案]后写出数字。',
  T5: '请在[答案]后写出一个 JSON 对象 {"columns": [...], "data": [[...]]}。',
  T6: '请在[答案]后逐行写出，每项一行。',
  T7: '请在[答案]后按名次写出编号，每行一个。',
  T8: '请在[答案]后按正确顺序写出编号，每行一个。',
  T9: '请在[答案]后用一段话写出摘要。',
};

export const answerFormat = (task: TaskId, language: ReadingLanguage): string =>
  language === 'zh' ? chineseFormats[task] : tasks[task].answerFormat;

/** `[P12] text`, turns as `[T12] Ann: text`; a title above the first unit of each document. */
export function renderUnits({ units, titled, language }: Reading): string {
  const colon = language === 'zh' ? '：' : ': ';
  let title = '';
  return units
    .map(({ id, text, document, speaker }) => {
      const head = titled && document.title !== title ? `# ${document.title}\n\n` : '';
      title = document.title;
      return `${head}[${id}] ${speaker === undefined ? '' : speaker + colon}${text}`;
    })
    .join('\n\n');
}

export function renderReading({ reading, question }: ReadingDraft, task: TaskId): string {
  return `${renderUnits(reading)}\n\n${question}\n${answerFormat(task, reading.language)}`;
}
