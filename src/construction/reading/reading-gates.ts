/**
 * @file The gates for a sample over a reading. g6 and g8 are kept by the build and the generators and measured in
 * the report; g10 (closed book, 8 rollouts) needs a model and is not run here.
 */
import type { RewardSpec } from '../../rewards/index.ts';
import { tasks } from '../../tasks/task.ts';
import { answerFailure, boilerplateFailure, foldedWords } from '../gates/answer-gates.ts';
import type { GateFailure, GateId } from '../gates/gate.ts';
import { statedOnce, statedReward } from '../state-reward.ts';
import type { ReadingDraft, ReadingGenerator } from './reading.ts';
import { rederiveReading } from './rederive-reading.ts';

/** A rendered problem over a reading, before the gates have judged it; lengths are in tokens. */
export interface ReadingCandidate {
  readonly generator: ReadingGenerator;
  readonly draft: ReadingDraft;
  readonly prompt: string;
  readonly tokens: number;
  /** The length aimed at. */
  readonly length: number;
}

/** A prompt belongs to a length when it is within 20 % of it; in the shortest, the question alone may take more than that. */
export const withinLength = (tokens: number, length: number): boolean => Math.abs(tokens - length) <= 0.2 * length;

/** The reward specification: the metric of the generator's task, in the language of the reading. */
export const specOfReading = ({ generator, draft }: Pick<ReadingCandidate, 'generator' | 'draft'>): RewardSpec => ({
  metric: tasks[generator.task].metric,
  gold: draft.gold,
  language: draft.reading.language,
});

/** The same with what the prompt tells of it. */
export const rewardOfReading = (candidate: Pick<ReadingCandidate, 'generator' | 'draft' | 'prompt'>): RewardSpec =>
  statedOnce(candidate, ({ draft: { question, templates }, prompt }) =>
    statedReward(specOfReading(candidate), { prompt, question, templates }),
  );

function secrets({ generator, draft }: ReadingCandidate): readonly string[] {
  if (generator.task !== 'T5') return draft.gold;
  const table = JSON.parse(draft.gold[0] ?? '{}') as { data?: string[][] };
  // A name may be what the question groups by; whole rows may not stand in it.
  return (table.data ?? []).map((row) => row.join(' '));
}

/** Text that general probes are cut from: every line of a hundred pages as one answer costs seconds and earns less. */
const probedLength = 3000;

/** Cheap answers that know the form of the task and the identifiers, and nothing of the text. */
function ownProbes({ generator, draft }: ReadingCandidate): string[] {
  const ids = draft.reading.units.map(({ id }) => id);
  const speakers = [...new Set(draft.reading.units.map(({ speaker }) => speaker ?? ''))];
  const general = [draft.question, ids.join('\n'), speakers.join('\n')];
  if (generator.task === 'T6') {
    const labels = draft.gold.map((line) => line.split(' ')[0] ?? '');
    const titles = [...new Set(draft.reading.units.map(({ document }) => document.title))];
    const even = `${(100 / draft.gold.length).toFixed(2)}%`;
    general.push(labels.map((label, i) => `${label} E${i + 1}`).join('\n'));
    general.push(titles.map((title) => `${title} ${even}`).join('\n'));
    for (const value of speakers) general.push(labels.map((label) => `${label} ${value}`).join('\n'));
  }
  return general;
}

/** The start of the prompt, and the question. */
const probedText = ({ prompt, draft }: ReadingCandidate): string =>
  prompt.length <= probedLength ? prompt : `${prompt.slice(0, probedLength)}\n\n${draft.question}`;

function told(candidate: ReadingCandidate): string | undefined {
  const question = foldedWords(candidate.draft.question);
  return secrets(candidate).find((secret) => question.includes(foldedWords(secret)));
}

function proof({ generator, draft, prompt }: ReadingCandidate): string | undefined {
  for (const { document, span, text, id } of draft.evidence) {
    const composed = draft.composed === true || text === document.text.slice(span.start, span.end);
    if (!composed) return `${id} is not the wording at its span`;
    if (!prompt.includes(text)) return `the prompt does not hold ${id}`;
  }
  const sources = [...new Set(draft.evidence.map(({ document }) => document))];
  return rederiveReading({ generator, prompt, question: draft.question, gold: draft.gold, sources });
}

/** The first gate that the sample does not pass, cheapest first; undefined when it passes all that apply. */
export function failedReadingGate(candidate: ReadingCandidate): GateFailure | undefined {
  const { generator, draft, prompt, tokens, length } = candidate;
  const applies = (gate: GateId): boolean => generator.exempt[gate] === undefined;
  if (!withinLength(tokens, length)) return { gate: 'g7', why: `${tokens} tokens are not within 20 % of ${length}` };
  if (applies('g3') && new Set(draft.gold.map(foldedWords)).size < draft.gold.length)
    return { gate: 'g3', why: 'two gold lines are equal' };
  const secret = applies('g4') ? told(candidate) : undefined;
  if (secret !== undefined) return { gate: 'g4', why: `the question contains "${secret}"` };
  const mark = boilerplateFailure(prompt);
  if (mark !== undefined) return mark;
  // Where g1 is exempt from the prompt, the same routine derives the gold from the documents.
  const wrong = proof(candidate);
  if (wrong !== undefined) return { gate: 'g1', why: wrong };
  return answerFailure(rewardOfReading(candidate), probedText(candidate), ownProbes(candidate));
}
