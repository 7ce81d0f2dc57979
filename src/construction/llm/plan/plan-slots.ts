/**
 * @file P2 of the LLM track: which documents each draft is written over and which sub-task it is of. Tasks take turns, and so do the
 * sub-tasks of each by their quotas; a task goes through the documents that meet its criteria, every one once before any comes twice.
 */
import { qualify } from '../../../assignment/qualify.ts';
import type { Document } from '../../../corpus/document.ts';
import { measure } from '../../../corpus/measures.ts';
import { UsageError } from '../../../errors.ts';
import { random } from '../../../random.ts';
import type { TaskId } from '../../../tasks/task.ts';
import { splitByDocument, splitNames } from '../../split.ts';
import { subTasksByTask } from '../catalogue/catalogue.ts';
import type { SubTask } from '../catalogue/sub-task.ts';
import type { LlmTrackConfig } from '../config.ts';
import type { Slot } from '../draft-context.ts';
import { languageOf, shownOf, structureOf } from '../shown-documents.ts';
import { byLikeness } from './likeness.ts';
import { offersEnough } from './offered-facts.ts';

const known = new WeakMap<Document, ReadonlyMap<TaskId, readonly string[]>>();

/** The criteria of a task that the document meets, by their names. */
function subTasksOf(document: Document, task: TaskId): readonly string[] {
  const found = known.get(document);
  if (found !== undefined) return found.get(task) ?? [];
  const structure = structureOf(document);
  const measured = {
    form: structure.form,
    language: structure.language,
    measures: measure(shownOf(document).text, structure),
  };
  const met = new Map(qualify(measured).map((one) => [one.task, one.subTasks]));
  known.set(document, met);
  return met.get(task) ?? [];
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
    const meeting =
      assignment === 'criteria' ? sorted.filter((document) => subTasksOf(document, task).length > 0) : sorted;
    const documents = meeting.length > 0 ? meeting : sorted;
    return { task, documents: random(seed, 'llm-documents', task).shuffle(documents), qualified: meeting.length };
  });
}

/** Documents that distractors and partners are chosen from, drawn for each draft. */
const othersDrawn = 24;

/** The sub-tasks of a task in the order in which its drafts take them: each as often as its quota says, spread out. */
export function turnsOf(task: TaskId): SubTask[] {
  const own = subTasksByTask[task];
  const whole = own.reduce((sum, { quota }) => sum + quota, 0);
  const taken = own.map(() => 0);
  return Array.from({ length: whole }, (_, turn) => {
    // The one that is furthest behind its share.
    const behind = own.map(({ quota }, i) => ((turn + 1) * quota) / whole - (taken[i] ?? 0));
    const next = behind.indexOf(Math.max(...behind));
    taken[next] = (taken[next] ?? 0) + 1;
    return own[next] as SubTask;
  });
}

/** Chooses the documents of one task's drafts: every one once before any comes twice. */
class Rotation {
  private readonly own: TaskDocuments;
  private readonly uses = new Map<string, number>();
  private readonly byCriteria: boolean;
  private readonly everywhere: ReadonlyMap<string, number>;

  constructor(own: TaskDocuments, byCriteria: boolean, everywhere: ReadonlyMap<string, number>) {
    this.own = own;
    this.byCriteria = byCriteria;
    this.everywhere = everywhere;
  }

  /** The document used least among those that the sub-task can be written over. */
  next(subTask: SubTask): Document {
    const { documents } = this.own;
    const rank = ({ id }: Document): number => (this.uses.get(id) ?? 0) * 1e6 + (this.everywhere.get(id) ?? 0);
    const ranked = [...documents].sort((a, b) => rank(a) - rank(b));
    const chosen = ranked.find((one) => this.serves(subTask, one)) ?? (ranked[0] as Document);
    this.uses.set(chosen.id, (this.uses.get(chosen.id) ?? 0) + 1);
    return chosen;
  }

  /** Found out only of those whose turn it is: a document is parsed for it. */
  private serves({ criteria, ...subTask }: SubTask, document: Document): boolean {
    const met =
      criteria === undefined ||
      !this.byCriteria ||
      subTasksOf(document, subTask.task).some((name) => criteria.includes(name));
    return met && offersEnough(subTask, document);
  }
}

function checkOthers(config: LlmTrackConfig, parts: ReturnType<typeof splitByDocument>): void {
  for (const split of splitNames) {
    if ((config.robustness === undefined && config.lengths.length === 0) || parts[split].length !== 1) continue;
    const message = `robustness: got one document in the split ${split}, expected others to put around it`;
    throw new UsageError('robustness-alone', message, 'Give more documents, or leave robustness and lengths out.');
  }
}

/** Documents in one language that others are asked about with: those in another language tell themselves apart. */
const sameLanguage = (document: Document, others: readonly Document[]): Document[] =>
  others.filter(({ id, language }) => id !== document.id && languageOf({ language }) === languageOf(document));

/** @throws UsageError when robustness or a length is asked for and a document would have no others around it. */
export function planSlots(config: LlmTrackConfig, documents: readonly Document[]): Slot[] {
  const parts = splitByDocument(documents, config.heldoutShare);
  checkOthers(config, parts);
  const heldout = new Set(parts.heldout.map(({ id }) => id));
  const byTask = documentsByTask(config, documents);
  const uses = new Map<string, number>();
  const rotations = byTask.map((own) => new Rotation(own, config.assignment === 'criteria', uses));
  return Array.from({ length: config.drafts }, (_, index) => {
    const number = index % byTask.length;
    const [own, rotation] = [byTask[number] as TaskDocuments, rotations[number] as Rotation];
    const turns = turnsOf(own.task);
    const turn = Math.floor(index / byTask.length);
    const wanted = turns[turn % turns.length] as SubTask;
    const document = rotation.next(wanted);
    const split = heldout.has(document.id) ? 'heldout' : 'train';
    // Others of the same split, so that no held-out text stands in a training prompt.
    const draw = random(config.seed, 'llm-others', index);
    const drawn = draw.sample(sameLanguage(document, parts[split]), othersDrawn);
    const like = byLikeness(document, drawn);
    // Without partners a sub-task over several documents gives its turn to one over a single document.
    const subTask = like.length + 1 >= wanted.documents ? wanted : (turns.find((one) => one.documents === 1) ?? wanted);
    const chosen = [document, ...like.slice(0, subTask.documents - 1)];
    for (const { id } of chosen) uses.set(id, (uses.get(id) ?? 0) + 1);
    const others = like.slice(subTask.documents - 1);
    const length = config.lengths.length === 0 ? undefined : config.lengths[turn % config.lengths.length];
    return { index, task: own.task, subTask, documents: chosen, split, others, length };
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
