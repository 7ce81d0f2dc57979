/**
 * @file The gates for a sample over a dossier.
 *
 * g1 gold re-derived from the rendered prompt; g3 one answer only (T9, a free text, has one reference and no one answer); g4 answer not in
 * the question (T2 and T8 list their candidates by design, T6 its names but not their categories, T5 and T7 as they where they name records); g7 length within its bin. g2, g5 and
 * g9 are those of every track (`answer-gates.ts`).
 */
import type { RewardSpec } from '../../rewards/index.ts';
import { type TaskId, tasks } from '../../tasks/task.ts';
import type { Dossier, Draft, Rendering } from '../generator.ts';
import { type LengthBin, lengthBin } from '../plan.ts';
import { rederive } from '../rederive.ts';
import { shortContext } from '../render.ts';
import { statedOnce, statedReward } from '../state-reward.ts';
import { answerFailure, boilerplateFailure, foldedWords } from './answer-gates.ts';
import type { GateFailure } from './gate.ts';

/** A rendered problem over a dossier, before the gates have judged it. */
export interface Candidate {
  readonly draft: Draft;
  readonly dossier: Dossier;
  readonly rendering: Rendering;
  readonly prompt: string;
  readonly tokens: number;
  /** Long: the bin that was aimed at. Short: undefined. */
  readonly bin?: LengthBin | undefined;
  /** Short: the most tokens allowed. */
  readonly maxTokens?: number | undefined;
}

/** The reward of a draft: the metric of its task, and what its prompt tells of it; dossiers are English. */
export const specOf = (candidate: Candidate): RewardSpec =>
  statedOnce(candidate, ({ draft, prompt }) => {
    const spec: RewardSpec = { metric: tasks[draft.task].metric, gold: draft.gold, language: 'en' };
    if (draft.candidates !== undefined) return { ...spec, question: draft.question, candidates: draft.candidates };
    return statedReward(spec, { prompt, question: draft.question, templates: draft.templates });
  });

function notUnique({ draft, dossier }: Candidate): string | undefined {
  const keys = dossier.records.map((record) => record.key);
  if (new Set(keys).size < keys.length) return 'two records share a name';
  if (new Set(draft.gold).size < draft.gold.length) return 'two gold lines are equal';
  if (draft.task !== 'T6') return undefined;
  // SubEM looks for a gold line anywhere in the answer: no line that is wrong may contain one that is right.
  const categories = new Set(dossier.records.map((record) => record.category.value));
  for (const line of draft.gold) {
    for (const key of keys) {
      for (const category of categories) {
        const other = `${key}: ${category}`;
        if (other !== line && other.toLowerCase().includes(line.toLowerCase()))
          return `"${other}" contains the gold line "${line}"`;
      }
    }
  }
  return undefined;
}

/** What must not stand in the question: values and names for most tasks, only the category for T6. */
function secrets({ draft, dossier }: Candidate): readonly string[] {
  switch (draft.task) {
    case 'T2':
    case 'T8':
      return [];
    case 'T5': {
      const table = JSON.parse(draft.gold[0] ?? '{}') as { data?: string[][] };
      return (table.data ?? []).flatMap((row) => (dossier.named === undefined ? row : row.slice(1)));
    }
    case 'T7':
      return dossier.named === undefined ? draft.gold : [];
    case 'T6':
      return dossier.records
        .filter((r) => draft.gold.includes(`${r.key}: ${r.category.value}`))
        .map((r) => r.category.value);
    default:
      return draft.gold;
  }
}

/** The items that a question lists after its colon. */
const listedItems = (question: string): string[] => /: (.+)[.?]$/.exec(question)?.[1]?.split(', ') ?? [];

const table = (columns: readonly string[], data: readonly (readonly string[])[]): string =>
  JSON.stringify({ columns, data });

/**
 * The probes of g5: cheap answers that know the form of the task and nothing of the text.
 * None of them guesses where in the context the answer stands: rejecting the samples in which a guess of position is right
 * would teach a policy that it is always wrong. A constant letter (T2) is judged over the whole set, in the report.
 */
function probeAnswers({ draft, dossier }: Pick<Candidate, 'draft' | 'dossier'>): readonly string[] {
  const keys = dossier.records.map((record) => record.key);
  const listed = listedItems(draft.question);
  const general = [draft.question, keys.join('\n')];
  const categories = [...new Set(dossier.records.map((record) => record.category.value))];
  const numbers = dossier.records.flatMap((record) => record.facts.map((fact) => fact.value));
  const byTask: Readonly<Record<TaskId, readonly string[]>> = {
    T1: [numbers.join('\n'), numbers.join(' ')],
    T2: ['A, B, C, D', 'A\nB\nC\nD'],
    T3: [[...keys, ...keys].join('\n')],
    T4: [numbers.join('\n'), Array.from({ length: 20 }, (_, i) => i).join(' ')],
    T5: [
      ...dossier.fields.map((field, i) =>
        table(
          ['name', field],
          dossier.records.map((r) => [r.key, r.facts[i]?.value ?? '']),
        ),
      ),
      table(
        ['name'],
        keys.map((key) => [key]),
      ),
    ],
    T6: [
      ...categories.map((category) => listed.map((key) => `${key}: ${category}`).join('\n')),
      listed.flatMap((key) => categories.map((category) => `${key}: ${category}`)).join('\n'),
    ],
    T7: [[...keys, ...keys].join('\n'), listed.join('\n'), listed.toReversed().join('\n')],
    T8: [listed.join('\n'), listed.toReversed().join('\n'), listed.slice(0, 2).join('\n')],
    T9: [`${dossier.family} ${categories.join(' ')}`],
  };
  return [...general, ...byTask[draft.task]];
}

/**
 * The text that general probes are cut from: the prompt where it is short, the same dossier rendered short where it is long
 * (every line of 100 pages as one answer costs seconds and earns less).
 */
const probedText = ({ dossier, draft, rendering, prompt }: Candidate): string =>
  rendering === 'short' ? prompt : `${shortContext(dossier)}\n\n${draft.question}`;

/** The first gate that the sample does not pass, cheapest first; undefined when it passes all. */
export function failedGate(candidate: Candidate): GateFailure | undefined {
  const { draft, prompt, rendering, tokens, bin, maxTokens } = candidate;
  if (bin !== undefined && lengthBin(tokens) !== bin)
    return { gate: 'g7', why: `${tokens} tokens are outside the ${bin}K bin` };
  if (maxTokens !== undefined && tokens > maxTokens) return { gate: 'g7', why: `${tokens} tokens exceed ${maxTokens}` };
  const twin = notUnique(candidate);
  if (twin !== undefined) return { gate: 'g3', why: twin };
  const question = foldedWords(draft.question);
  const told = secrets(candidate).find((secret) => question.includes(foldedWords(secret)));
  if (told !== undefined) return { gate: 'g4', why: `the question contains "${told}"` };
  const mark = boilerplateFailure(prompt);
  if (mark !== undefined) return mark;
  const wrong = draft.cuts === undefined ? disagreement(candidate) : cutFailure(candidate);
  if (wrong !== undefined) return { gate: 'g1', why: wrong };
  const shape = rendering === 'short' ? undefined : missingEvidence(candidate);
  if (shape !== undefined) return { gate: 'g1', why: shape };
  return answerFailure(specOf(candidate), probedText(candidate), probeAnswers(candidate));
}

function disagreement({ draft, dossier, rendering, prompt }: Candidate): string | undefined {
  const { task, question, gold } = draft;
  return rederive({ task, rendering, prompt, question, gold, fields: dossier.fields });
}

/** A reference that was cut out of the document: it is the document's own wording at the stored span, and gone from the prompt. */
function cutFailure({ draft, dossier, prompt }: Candidate): string | undefined {
  for (const cut of draft.cuts ?? []) {
    const document = dossier.records.find((record) => record.document.id === cut.document)?.document;
    const wording = document?.text.slice(cut.span.start, cut.span.end);
    if (wording === undefined || draft.gold[0] !== wording) return 'the reference is not the wording at its span';
    if (prompt.includes(wording)) return 'the reference still stands in the prompt';
  }
  return undefined;
}

/** Every document that holds evidence stands in the prompt in full, but for the lines cut out of it. */
function missingEvidence({ draft, dossier, prompt }: Candidate): string | undefined {
  const cut = new Set((draft.cuts ?? []).map((entry) => entry.document));
  for (const id of new Set(draft.evidence.map((entry) => entry.document))) {
    const document = dossier.records.find((record) => record.document.id === id)?.document;
    if (document === undefined) return `the evidence names ${id}, which the dossier lacks`;
    if (!cut.has(id) && !prompt.includes(document.text)) return `the prompt does not hold ${id} in full`;
  }
  return undefined;
}
