/**
 * @file What became of the places of a mixture, for the person whose documents they were drawn from: samples by task and length, and of
 * tasks that stayed empty which documents they ask for, what these lacked, and what would help.
 */
import { grouped, percent } from '../../format.ts';
import { type TaskId, taskIds } from '../../tasks/task.ts';
import { textTable } from '../../text-table.ts';
import type { QuestionGenerator } from '../questions/question.ts';
import { questionGenerators } from '../questions/registry.ts';
import type { Rejection } from '../report.ts';
import type { MixturePlace } from './mixture.ts';
import type { MixtureTally } from './mixture-report.ts';

/** What the questions of each task are about, as a person would look for it in a folder. */
export const askedOf: Readonly<Record<TaskId, string>> = {
  T1: 'tables with rows in common, rules that refer to one another, talk in which people answer each other',
  T2: 'tables with growth over time, numbered rules, versions that are dated, talk among several people',
  T3: 'tables of ten rows and more, rules that refer to one another, talk among several people',
  T4: 'tables of figures, versions that are dated, talk, messages with their times',
  T5: 'several tables over the same things, definitions, versions with sorted changes',
  T6: 'three documents or more that say something about the same name, talk, numbered rules',
  T7: 'tables of figures, rules that refer to one another, talk among four people and more',
  T8: 'procedures in numbered steps, versions that are dated, long talk',
  T9: 'documents with a summary, an abstract or an overview of their own',
};

/** What a task is called in a table of all. */
const names: Readonly<Record<TaskId, string>> = {
  T1: 'find one fact',
  T2: 'choose',
  T3: 'find all',
  T4: 'reckon',
  T5: 'extract tables',
  T6: 'match',
  T7: 'rank',
  T8: 'order',
  T9: 'sum up',
};

/** A task with less of its places filled is spoken of. */
const leastShare = 0.1;
/** Reasons that are told of a task. */
const shownReasons = 2;

/** @example lengthName(8192) // '8K' */
export const lengthName = (tokens: number): string => (tokens < 1024 ? String(tokens) : `${tokens / 1024}K`);

const planned = (places: readonly MixturePlace[], task: TaskId): number =>
  places.filter((place) => place.task === task).length;

/** Samples by task and length; a cell that was not planned is blank, one that stayed empty a dot. */
export function fillTable(tally: MixtureTally, places: readonly MixturePlace[]): string {
  const lengths = [...new Set(places.map(({ tokens }) => tokens))].sort((a, b) => a - b);
  const cell = (task: TaskId, tokens: number): string => {
    const asked = places.filter((place) => place.task === task && place.tokens === tokens).length;
    const filled = asked - (tally.unfilled.get(`${task} ${tokens}`) ?? 0);
    if (asked === 0) return '';
    return filled === 0 ? '·' : String(filled);
  };
  const rows = taskIds.map((task) => [
    `${task} ${names[task]}`,
    ...lengths.map((tokens) => cell(task, tokens)),
    `${tally.byTask.get(task) ?? 0} of ${planned(places, task)}`,
  ]);
  return textTable([['', ...lengths.map(lengthName), 'all'], ...rows]);
}

const tooFew = 'the documents are too few for the length';

/** Reasons of a task's generators, those that most drafts met first; that the documents are too few is told of the lengths. */
function reasonsOf(task: TaskId, rejections: readonly Rejection[]): string[] {
  const own: readonly QuestionGenerator[] = questionGenerators.filter((generator) => generator.task === task);
  const found = rejections.filter(
    ({ generator, gate, example }) =>
      own.some(({ id }) => id === generator) && (gate === 'draft' || gate === 'g7') && example !== tooFew,
  );
  const byExample = new Map<string, number>();
  for (const { example, count } of found) byExample.set(example, (byExample.get(example) ?? 0) + count);
  return [...byExample].sort((a, b) => b[1] - a[1]).map(([example]) => example);
}

function wordsOf(task: TaskId, tally: MixtureTally, places: readonly MixturePlace[]): string[] {
  const [filled, asked] = [tally.byTask.get(task) ?? 0, planned(places, task)];
  if (asked === 0 || filled >= leastShare * asked) return [];
  const repeated = tally.rejections.list().some(({ gate }) => gate === 'duplicate') && filled > 0;
  const reasons = reasonsOf(task, tally.rejections.list()).slice(0, shownReasons);
  const here = reasons.length === 0 ? 'the documents are too few for these lengths' : reasons.join('; ');
  return [
    `${task} (${names[task]}) has ${filled === 0 ? 'no sample' : `${filled} of ${asked}`}. It asks of: ${askedOf[task]}.`,
    `   Here: ${here}${repeated ? '; or it had been asked already' : ''}. More documents of these kinds would help.`,
  ];
}

function lengthWords(tally: MixtureTally, places: readonly MixturePlace[]): string[] {
  const empty = [...new Set(places.map(({ tokens }) => tokens))].filter((tokens) => !tally.byLength.has(tokens));
  if (empty.length === 0) return [];
  const named = empty.sort((a, b) => a - b).map(lengthName);
  return [`No prompt of ${named.join(', ')} tokens came together: more documents, or longer ones, would help.`];
}

const shortHint = 'Short questions, for a small policy, can be asked of any prose: --short 900 --long 0.';

/** The table, and the words on what stayed empty. */
export function fillLines(tally: MixtureTally, places: readonly MixturePlace[]): string[] {
  const empty = taskIds.flatMap((task) => wordsOf(task, tally, places));
  return [
    `${grouped(tally.samples)} of ${grouped(places.length)} places filled (${percent(tally.samples / Math.max(1, places.length))}), by task and prompt length in tokens:`,
    ...fillTable(tally, places).split('\n'),
    ...empty,
    ...lengthWords(tally, places),
    ...(empty.length === 0 ? [] : [shortHint]),
  ];
}
