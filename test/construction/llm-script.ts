/**
 * @file What the scripted server says to the LLM track: drafts of all nine tasks over the document that it is shown, verdicts that refuse
 * a wrong key, answers that are right as often as exercise and model say. It remembers the keys of the exercises that it wrote, as no
 * model does; it tests the machinery. One draft in eight is broken JSON first, one lacks a field, one invents evidence at first, one always.
 */
import { createHash } from 'node:crypto';
import type { TaskId } from '../../src/tasks/task.ts';
import { tasks } from '../../src/tasks/task.ts';
import type { WireRequest } from '../evaluation/scripted-server.ts';

const hash = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

const unlabelled = (text: string): string => text.replace(/^[\s\S]*?\n/, '');
const lead = (sentence: string): string => sentence.split(' ').slice(0, 4).join(' ');
const tail = (sentence: string): string => sentence.split(' ').slice(-3).join(' ');

interface Draft {
  readonly question: string;
  readonly answer: readonly string[];
  readonly distractors?: readonly string[];
  readonly expression?: string;
}

const quoted = (sentences: readonly string[]): string => sentences.map((one) => `"${lead(one)}"`).join(', ');
const figure = (sentence: string): string => /\b\d{2,6}\b(?![\d,.]*\d)/.exec(sentence)?.[0] ?? '';

/** A draft of the kind wished, over sentences whose ends stand in the document once. */
const write: Readonly<Record<TaskId, (sentences: readonly string[], figures: readonly string[]) => Draft>> = {
  T1: ([one = '']) => ({
    question: `Which three words end the sentence that begins with "${lead(one)}"?`,
    answer: [tail(one)],
  }),
  T2: ([one = '', ...others]) => ({
    question: `Which words end the sentence that begins with "${lead(one)}"?`,
    answer: [tail(one)],
    distractors: others.slice(0, 3).map(tail),
  }),
  T3: (sentences) => ({
    question: `Which three words end each of the sentences that begin with ${quoted(sentences.slice(0, 4))}?`,
    answer: sentences.slice(0, 4).map(tail),
  }),
  T4: (_, [a = '', b = '']) => ({
    question: `What is the sum of the first figures of the sentences that begin with ${quoted([a, b])}?`,
    answer: [String(Number(figure(a)) + Number(figure(b)))],
    expression: `${figure(a)} + ${figure(b)}`,
  }),
  T5: (sentences) => ({
    question: `Give, as a table with the columns "first" and "end", the first word and the last three of the sentences that begin with ${quoted(sentences.slice(0, 3))}.`,
    answer: [
      JSON.stringify({
        columns: ['first', 'end'],
        data: sentences.slice(0, 3).map((one) => [one.split(' ')[0], tail(one)]),
      }),
    ],
  }),
  T6: (sentences) => ({
    question: `Which three words end each of these: ${sentences
      .slice(0, 3)
      .map((one, i) => `F${i + 1} "${lead(one)}"`)
      .join(', ')}?`,
    answer: sentences.slice(0, 3).map((one, i) => `F${i + 1}: ${tail(one)}`),
  }),
  T7: (sentences) => ({
    question: `Rank the ends of the sentences that begin with ${quoted(sentences.slice(0, 4))} by the length of their sentences, longest first.`,
    answer: [...sentences.slice(0, 4)].sort((a, b) => b.length - a.length).map(tail),
  }),
  T8: (sentences) => ({
    question: 'In which order does the document say these words?',
    answer: sentences.slice(0, 5).map(tail),
  }),
  T9: (sentences) => ({
    question: 'Sum the document up in one line of at most 60 words.',
    answer: [
      `In its own order this text turns to ${sentences
        .slice(0, 6)
        .map((one) => `what ends in ${one.split(' ').at(-1)?.replace(/\W+$/, '')}`)
        .join(', then to ')}, and with that it is done.`,
    ],
  }),
};

interface Exercise {
  readonly answer: readonly string[];
  readonly task: TaskId;
}

/** The most and the least that the weak policy solves of an exercise, by its number; the strong one solves more. */
const skills = [98, 65, 30, 5];
const strongMore = 45;

const verdictOf = (right: boolean): string => (right ? 'pass' : 'fail');

/** A server's whole mind: what it wrote, and what it says to each request. */
export function llmScript(): (request: WireRequest, draw: number) => string {
  const exercises = new Map<string, Exercise>();

  const draft = (task: TaskId, text: string, draw: number, fresh: boolean): string => {
    const flat = text.replace(/\s+/g, ' ');
    const all = text.split(/(?<=[.!?])\s+/).filter((one) => /^[A-Z][^"|\n]{40,400}$/.test(one));
    const found = all.filter((one) => flat.split(tail(one)).length === 2 && tail(one).length < 60);
    const from = draw % Math.max(1, found.length - 8);
    const figures = all.filter((one) => figure(one) !== '');
    const sentences = found.slice(from, from + 8);
    const { question, answer, distractors = [], expression = '' } = write[task](sentences, figures);
    const number = hash(JSON.stringify([question, answer, text])).toString(36);
    exercises.set(number, { task, answer });
    const invented = hash(`${task} ${text}`) % 8 === 3 || (fresh && draw % 8 === 2);
    const evidence = task === 'T4' ? figures.slice(0, 2) : sentences.slice(0, 6);
    return JSON.stringify({
      question: `${question} (Exercise ${number}.)`,
      answer,
      distractors,
      expression,
      evidence: invented ? ['This sentence was never written by anybody here.'] : evidence,
      rationale: `It stands there. The key is ${JSON.stringify(answer)}.`,
    });
  };

  const judge = (user: string, mark: string | undefined): string => {
    const { key, question, rationale } = JSON.parse(user.slice(user.lastIndexOf('\n'))) as Record<string, string> & {
      key: string[];
    };
    const letter = /^[A-E]$/.exec(key[0] ?? '')?.[0];
    const option = letter === undefined ? undefined : new RegExp(`^${letter}\\. (.*)$`, 'm').exec(question ?? '')?.[1];
    const meant = option === undefined ? key : [option];
    const right = verdictOf((rationale ?? '').includes(`The key is ${JSON.stringify(meant)}.`));
    const fields = {
      answerUniqueness: right,
      distractorQuality: right,
      hallucination: right,
      taskCompliance: right,
      languageConsistency: right,
    };
    return JSON.stringify({ mark, ...fields, reason: 'checked' });
  };

  const solve = (prompt: string, model: string, draw: number): string => {
    const number = /\(Exercise (\w+)\.\)/.exec(prompt)?.[1] ?? '';
    const exercise = exercises.get(number);
    const weak = skills[hash(number) % skills.length] ?? 0;
    // Without a document, nobody knows anything; one exercise in nine can be guessed.
    const blind = !prompt.startsWith('# ');
    const skill = blind ? (hash(number) % 9 === 0 ? 90 : 0) : weak + (model.includes('strong') ? strongMore : 0);
    if (exercise === undefined || draw % 100 >= skill) return '[Answer]\nno idea';
    const { task, answer } = exercise;
    const letter = /^([A-E])\. (.*)$/;
    const lines = prompt.split('\n').flatMap((line) => letter.exec(line)?.slice(1, 3) ?? []);
    const shown = task === 'T2' ? [lines[lines.indexOf(answer[0] ?? '') - 1] ?? 'A'] : answer;
    return `Thinking.</think>\n[Answer]\n${shown.join('\n')}`;
  };

  return ({ model, messages }, draw) => {
    const [system, user] = [messages[0]?.content ?? '', messages[1]?.content ?? ''];
    const document = /<<<(DOC-\w+)\n([\s\S]*)\n\1>>>/.exec(user);
    const fresh = messages.length === 2;
    if (system.startsWith('You check exercises')) return judge(user, document?.[1]);
    if (!system.startsWith('You write exercises')) return solve(system, model, draw);
    if (fresh && draw % 8 === 0) return '{"question": "What is';
    if (fresh && draw % 8 === 1) return '{"question": "What is missing here?"}';
    const task = (Object.keys(tasks) as TaskId[]).find((id) => system.includes(`: ${tasks[id].ability}.`)) ?? 'T1';
    return draft(task, unlabelled(document?.[2] ?? ''), draw, fresh);
  };
}
