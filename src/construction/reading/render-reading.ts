/**
 * @file Renders a reading, a question and the answer format as the text of a prompt.
 */
import { type TaskId, tasks } from '../../tasks/task.ts';
import type { ReadingLanguage } from './phrase.ts';
import type { Reading, ReadingDraft } from './reading.ts';

/** The line that tells the model how to write its answer, the last one of a prompt. */
export const answerFormat = (task: TaskId, language: ReadingLanguage): string =>
  language === 'zh' ? tasks[task].answerFormatZh : tasks[task].answerFormat;

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

/** The whole prompt: units, question, answer format. */
export function renderReading({ reading, question }: ReadingDraft, task: TaskId): string {
  return `${renderUnits(reading)}\n\n${question}\n${answerFormat(task, reading.language)}`;
}
