/** @file What the generator and the solver are asked, in this project's own words. */
import type { Document } from '../../corpus/document.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import { type TaskId, tasks } from '../../tasks/task.ts';
import { taskWishes } from './draft.ts';
import { delimited, untrusted } from './judge.ts';

const languages: Readonly<Record<string, string>> = { en: 'English', zh: 'Chinese' };

/** What the generator is asked: to write one exercise of the task over the document, as JSON. */
export function generationMessages(task: TaskId, { text, title, language }: Document): ChatMessage[] {
  const system = [
    `You write exercises that test whether somebody has read a whole document. ${untrusted}`,
    `Kind of exercise: ${tasks[task].ability}. ${taskWishes[task]}`,
    `Write in ${languages[language] ?? 'the language of the document'}. The document alone must prove the key, no other key may be right, and nobody may answer without the document. Do not give the key away in the question. Do not mention the marks.`,
    'Answer with one JSON object: question; answer (list of strings); distractors (list, empty unless asked for); expression (empty unless asked for); evidence (list of verbatim quotes of the document that prove the key); rationale (how a reader finds the key, and why wrong ones tempt).',
  ].join('\n');
  return [
    { role: 'system', content: system },
    { role: 'user', content: delimited(`# ${title}\n\n${text}`) },
  ];
}

/** The prompt of the sample: what a policy is trained on. */
export const samplePrompt = (context: string, question: string, task: TaskId): string =>
  `${context}\n\n${question}\n${tasks[task].answerFormat}`.trimStart();

/** What a solver is asked: the prompt alone, as in training. */
export const solveMessages = (prompt: string): ChatMessage[] => [{ role: 'user', content: prompt }];
