/**
 * @file The gates that every sample passes (data-construction notes, section 1.6).
 *
 * g1 gold re-derived from the rendered prompt; g2 reward(gold) = 1 and reward('') = 0 under both profiles; g3 one answer
 * only (T9, a free text, has one reference and no one answer); g4 answer not in the question (T2 and T8 list their
 * candidates by design, T6 its names but not their categories);
 * g5 exploit probes pay at most 0.34 under `hardened`; g6 evidence depth spread over ten bins; g7 length within its bin;
 * g8 options and orders shuffled; g9 no distribution headers, footers or page numbers (running heads are taken off where a
 * file is read: in a prompt of many documents a line may repeat by right).
 * g1-g5, g7 and g9 judge one sample. g6 (long prompts only: a short one is a page) and g8 are properties of the set:
 * `DepthQuota`, in mixtures the tenth that a place asks for, and the generators' shuffles keep them, the report measures them.
 */
import { boilerplateMarks } from '../corpus/structure/boilerplate.ts';
import { exploitProbes, profiles, type RewardSpec, renderGold, scoreResponse } from '../rewards/index.ts';
import { type TaskId, tasks } from '../tasks/task.ts';
import type { Dossier, Draft, Rendering } from './generator.ts';
import { type LengthBin, lengthBin } from './plan.ts';
import { rederive } from './rederive.ts';
import { shortContext } from './render.ts';

export const gateIds = ['draft', 'g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'g8', 'g9', 'duplicate'] as const;
export type GateId = (typeof gateIds)[number];

/** What each gate asks, for the dataset card. */
export const gateRules: Readonly<Record<GateId, string>> = {
  draft: 'the generator can pose its problem over the dossier drawn',
  g1: 'an independent routine finds the same gold in the rendered prompt',
  g2: 'reward(gold) = 1 and reward("") = 0 under both reward profiles',
  g3: 'the answer is unique (T9, a free text, is exempt)',
  g4: 'the answer is not in the question (T2 and T8 list their candidates by design, T6 its names)',
  g5: 'no exploit probe pays more than 0.34 under the hardened profile',
  g6: 'evidence is spread evenly over the depth of the context (long prompts)',
  g7: 'the length is within its bin or limit',
  g8: 'options and orders are shuffled',
  g9: 'no distribution header, footer or page number is left',
  duplicate: 'the prompt occurs once in the dataset',
};

/** The most that a probe may earn on one sample. */
export const exploitLimit = 0.34;

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

export interface GateFailure {
  readonly gate: GateId;
  readonly why: string;
}

export function specOf(draft: Draft): RewardSpec {
  return { metric: tasks[draft.task].metric, gold: draft.gold, language: 'en' };
}

const fold = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim()} `;

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
      return (table.data ?? []).flat();
    }
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
    T7: [[...keys, ...keys].join('\n')],
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

function rewardFailure(candidate: Candidate): GateFailure | undefined {
  const spec = specOf(candidate.draft);
  for (const profile of profiles) {
    const gold = scoreResponse(spec, renderGold(spec, profile), profile);
    if (gold.score < 1 - 1e-9) return { gate: 'g2', why: `${profile}: the gold scores ${gold.score} (${gold.reason})` };
    const empty = scoreResponse(spec, '', profile);
    if (empty.score > 0) return { gate: 'g2', why: `${profile}: an empty response scores ${empty.score}` };
  }
  const own = probeAnswers(candidate).map((answer) => ({ name: answer, response: `</think>\n[Answer]\n${answer}` }));
  for (const { name, response } of [...own, ...exploitProbes(spec, probedText(candidate))]) {
    const { score } = scoreResponse(spec, response, 'hardened');
    if (score > exploitLimit) return { gate: 'g5', why: `a probe scores ${score.toFixed(2)}: ${name.slice(0, 80)}` };
  }
  return undefined;
}

/** The first gate that the sample does not pass, cheapest first; undefined when it passes all. */
export function failedGate(candidate: Candidate): GateFailure | undefined {
  const { draft, prompt, rendering, tokens, bin, maxTokens } = candidate;
  if (bin !== undefined && lengthBin(tokens) !== bin)
    return { gate: 'g7', why: `${tokens} tokens are outside the ${bin}K bin` };
  if (maxTokens !== undefined && tokens > maxTokens) return { gate: 'g7', why: `${tokens} tokens exceed ${maxTokens}` };
  const twin = notUnique(candidate);
  if (twin !== undefined) return { gate: 'g3', why: twin };
  const question = fold(draft.question);
  const told = secrets(candidate).find((secret) => question.includes(fold(secret)));
  if (told !== undefined) return { gate: 'g4', why: `the question contains "${told}"` };
  const mark = boilerplateMarks.find((pattern) => pattern.test(prompt));
  if (mark !== undefined) return { gate: 'g9', why: `the prompt matches ${mark}` };
  const wrong = draft.cuts === undefined ? disagreement(candidate) : cutFailure(candidate);
  if (wrong !== undefined) return { gate: 'g1', why: wrong };
  const shape = rendering === 'short' ? undefined : missingEvidence(candidate);
  if (shape !== undefined) return { gate: 'g1', why: shape };
  return rewardFailure(candidate);
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

const depthBins = 10;

/** The tenth of the context, 0 to 9, that a depth (0 = start, 1 = end) lies in. */
export const tenthOf = (depth: number): number => Math.min(depthBins - 1, Math.floor(depth * depthBins));

/** g6 for the quickstart's long samples: no depth bin takes more than its even share plus one. */
export class DepthQuota {
  readonly counts: number[];
  private readonly most: number;

  constructor(samples: number) {
    this.counts = new Array<number>(depthBins).fill(0);
    this.most = Math.ceil(samples / depthBins) + 1;
  }

  /** Takes a place in the bin of this depth (0 = start, 1 = end), if one is left. */
  take(depth: number): boolean {
    const bin = tenthOf(depth);
    if ((this.counts[bin] ?? 0) >= this.most) return false;
    this.counts[bin] = (this.counts[bin] ?? 0) + 1;
    return true;
  }
}
