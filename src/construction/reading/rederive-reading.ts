/**
 * @file Gate g1 for readings: derives the gold of any generator a second time, from the rendered prompt.
 */
import type { Document } from '../../corpus/document.ts';
import type { TaskId } from '../../tasks/task.ts';
import { sameAnswer } from '../gates/same-answer.ts';
import type { Phrase } from './phrase.ts';
import { readPrompt } from './read-prompt.ts';
import { orderSolvers } from './rederive/orders.ts';
import { retrievalSolvers } from './rederive/retrieval.ts';
import type { ReadingSolver } from './rederive/solver.ts';
import { structureSolvers } from './rederive/structures.ts';
import { sweepSolvers } from './rederive/sweeps.ts';

/** All second derivations, by id of the generator; one without an entry here never passes g1. */
export const readingSolvers: Readonly<Record<string, ReadingSolver>> = {
  ...retrievalSolvers,
  ...sweepSolvers,
  ...structureSolvers,
  ...orderSolvers,
};

/** A rendered sample as g1 sees it; `sources` are the documents of its evidence. */
export interface RederiveReadingInput {
  readonly generator: { readonly id: string; readonly task: TaskId; readonly wording: Phrase };
  readonly prompt: string;
  readonly question: string;
  readonly gold: readonly string[];
  readonly sources: readonly Document[];
}

/** Undefined when the prompt proves the gold; otherwise what was found instead. */
export function rederiveReading({
  generator,
  prompt,
  question,
  gold,
  sources,
}: RederiveReadingInput): string | undefined {
  const tail = prompt.lastIndexOf(`\n\n${question}\n`);
  if (tail < 0) return 'the prompt does not contain the question';
  const slots = generator.wording.read(question);
  if (slots === undefined) return 'the question cannot be read back';
  const found = readingSolvers[generator.id]?.(slots, { units: readPrompt(prompt.slice(0, tail)), gold, sources });
  if (found === undefined || found.length === 0) return 'the prompt does not answer the question';
  if (sameAnswer(generator.task, found, gold)) return undefined;
  return `the prompt says ${found.join(' | ').slice(0, 200)}`;
}
