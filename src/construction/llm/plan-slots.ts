/**
 * @file P2 of the LLM track: which document each draft is written over. Tasks take turns; each goes through the documents that meet its
 * criteria, every one once before any comes twice.
 */
import { qualify } from '../../assignment/qualify.ts';
import type { Document } from '../../corpus/document.ts';
import { measure } from '../../corpus/measures.ts';
import { parseStructure } from '../../corpus/structure/structure.ts';
import { UsageError } from '../../errors.ts';
import { random } from '../../random.ts';
import type { TaskId } from '../../tasks/task.ts';
import { splitByDocument, splitNames } from '../split.ts';
import type { LlmTrackConfig } from './config.ts';
import type { Slot } from './draft-context.ts';

const known = new WeakMap<Document, ReadonlySet<TaskId>>();

/** The tasks whose criteria the document meets. */
function tasksOf(document: Document): ReadonlySet<TaskId> {
  const found = known.get(document);
  if (found !== undefined) return found;
  const structure = parseStructure(document.text);
  const measured = { form: structure.form, language: structure.language, measures: measure(document.text, structure) };
  const met = qualify(measured).filter(({ subTasks }) => subTasks.length > 0);
  const own = new Set(met.map(({ task }) => task));
  known.set(document, own);
  return own;
}

/** The documents that one task is written over, in the order of its drafts. */
export interface TaskDocuments {
  readonly task: TaskId;
  readonly documents: readonly Document[];
  /** Documents that meet the criteria; where there are none, all are used. */
  readonly qualified: number;
}

/** What each task of the configuration is written over, in the order of drafts. */
export function documentsByTask(
  { tasks, assignment, seed }: LlmTrackConfig,
  all: readonly Document[],
): TaskDocuments[] {
  const sorted = [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
  return tasks.map((task) => {
    const meeting = assignment === 'criteria' ? sorted.filter((document) => tasksOf(document).has(task)) : sorted;
    const documents = meeting.length > 0 ? meeting : sorted;
    return { task, documents: random(seed, 'llm-documents', task).shuffle(documents), qualified: meeting.length };
  });
}

/** Documents that stand around another one in the robustness check are drawn from so many. */
const othersDrawn = 20;

/** @throws UsageError when robustness is asked for and a document would have no others around it. */
export function planSlots(config: LlmTrackConfig, documents: readonly Document[]): Slot[] {
  const parts = splitByDocument(documents, config.heldoutShare);
  for (const split of splitNames) {
    if (config.robustness === undefined || parts[split].length !== 1) continue;
    const message = `robustness: got one document in the split ${split}, expected others to put around it`;
    throw new UsageError('robustness-alone', message, 'Give more documents, or leave robustness out.');
  }
  const heldout = new Set(parts.heldout.map(({ id }) => id));
  const byTask = documentsByTask(config, documents);
  return Array.from({ length: config.drafts }, (_, index) => {
    const own = byTask[index % byTask.length] as TaskDocuments;
    const document = own.documents[Math.floor(index / byTask.length) % own.documents.length] as Document;
    const split = heldout.has(document.id) ? 'heldout' : 'train';
    // Others of the same split, so that no held-out text stands in a training prompt.
    const draw = random(config.seed, 'llm-others', index);
    const others = draw.sample(parts[split], othersDrawn + 1).filter(({ id }) => id !== document.id);
    return { index, task: own.task, document, split, others: others.slice(0, othersDrawn) };
  });
}

/** Where criteria decide, and for which tasks no document meets them. */
export function assignmentLines(config: LlmTrackConfig, documents: readonly Document[]): string[] {
  if (config.assignment === 'any') return ['every document serves every task (assignment: any)'];
  const byTask = documentsByTask(config, documents);
  const none = byTask.filter(({ qualified }) => qualified === 0).map(({ task }) => task);
  const lines = [
    `documents that meet the criteria of their task: ${byTask.map((one) => `${one.task} ${one.qualified}`).join(', ')} of ${documents.length}`,
  ];
  return none.length === 0 ? lines : [...lines, `${none.join(', ')}: none does, so all are used`];
}
