/**
 * @file The gates for a sample of a question generator. g6 and g8 are kept by the build and the generators and measured in the report;
 * g10 (closed book, 8 rollouts) needs a model and is not run here.
 */
import type { RewardSpec } from '../../rewards/index.ts';
import { tasks } from '../../tasks/task.ts';
import { answerFailure, boilerplateFailure, foldedWords } from '../gates/answer-gates.ts';
import type { GateFailure, GateId } from '../gates/gate.ts';
import { sameAnswer } from '../gates/same-answer.ts';
import { withinLength } from '../reading/reading-gates.ts';
import { statedOnce, statedReward } from '../state-reward.ts';
import type { Context, QuestionDraft, QuestionGenerator } from './question.ts';
import { readDocuments } from './read-prompt.ts';
import type { RenderedPrompt } from './render-prompt.ts';

/** A rendered problem, before the gates have judged it; lengths are in tokens. */
export interface QuestionCandidate {
  readonly generator: QuestionGenerator;
  readonly context: Context;
  readonly draft: QuestionDraft;
  /** As it was said, without the answer contract. */
  readonly question: string;
  readonly prompt: RenderedPrompt;
  readonly tokens: number;
  /** The length aimed at. */
  readonly length: number;
}

const specOf = ({ generator, draft, context }: QuestionCandidate): RewardSpec => ({
  metric: tasks[generator.task].metric,
  gold: draft.gold,
  language: context.language,
});

/** The reward specification with what the prompt tells of it. */
export const rewardOf = (candidate: QuestionCandidate): RewardSpec =>
  statedOnce(candidate, ({ question, draft: { templates }, prompt }) =>
    statedReward(specOf(candidate), { prompt: prompt.text, question, templates }),
  );

/** Answers that the question lists by design: options, things to order, passages to match. */
const listed = new Set(['T2', 'T6', 'T8']);

function secrets({ generator, draft }: QuestionCandidate): readonly string[] {
  if (listed.has(generator.task)) return [];
  if (generator.task !== 'T5') return draft.gold;
  const table = JSON.parse(draft.gold[0] ?? '{}') as { data?: string[][] };
  return (table.data ?? []).map((row) => row.join(' '));
}

function told(candidate: QuestionCandidate): string | undefined {
  const question = foldedWords(candidate.question);
  return secrets(candidate).find((secret) => question.includes(foldedWords(secret)));
}

/** Text that general probes are cut from: every line of a hundred pages as one answer costs seconds and earns less. */
const probedLength = 3000;

const probedText = ({ prompt: { text }, question }: QuestionCandidate): string =>
  text.length <= probedLength ? text : `${text.slice(0, probedLength)}\n\n${question}`;

/** Cheap answers that know the form of the task and the titles, and nothing of the text. */
function ownProbes({ generator, draft, question, context }: QuestionCandidate): string[] {
  const titles = context.documents.map(({ title }) => title);
  const probes = [question, titles.join('\n')];
  if (generator.task !== 'T6') return probes;
  const labels = draft.gold.map((line) => /^[^:：]+/.exec(line)?.[0] ?? '');
  const values = [...new Set(draft.gold.map((line) => line.replace(/^[^:：]+[:：]\s*/, '')))];
  return [...probes, ...values.map((value) => labels.map((label) => `${label}: ${value}`).join('\n'))];
}

function proof(candidate: QuestionCandidate): string | undefined {
  const { generator, context, draft, question, prompt } = candidate;
  const cut = new Set(draft.cuts ?? []);
  for (const place of draft.proof)
    if (!cut.has(place) && prompt.place(place) === undefined) return 'a proof is not in the prompt';
  const slots = generator.wordings.read(question);
  if (slots === undefined) return 'the question cannot be read back';
  const shown = { language: context.language, documents: readDocuments(prompt.context), slots };
  if (generator.verify !== undefined) return generator.verify(shown, draft.gold);
  const found = generator.solve(shown);
  if (found === undefined || found.length === 0) return 'the prompt does not answer the question';
  return sameAnswer(generator.task, found, draft.gold)
    ? undefined
    : `the prompt says ${found.join(' | ').slice(0, 900)}`;
}

/** The first gate that the sample does not pass, cheapest first; undefined when it passes all that apply. */
export function failedQuestionGate(candidate: QuestionCandidate): GateFailure | undefined {
  const { generator, draft, prompt, tokens, length } = candidate;
  const applies = (gate: GateId): boolean => generator.exempt?.[gate] === undefined;
  if (!withinLength(tokens, length)) return { gate: 'g7', why: `${tokens} tokens are not within 20 % of ${length}` };
  if (applies('g3') && new Set(draft.gold.map(foldedWords)).size < draft.gold.length)
    return { gate: 'g3', why: 'two gold lines are equal' };
  const secret = applies('g4') ? told(candidate) : undefined;
  if (secret !== undefined) return { gate: 'g4', why: `the question contains "${secret}"` };
  const mark = boilerplateFailure(prompt.text);
  if (mark !== undefined) return mark;
  const wrong = proof(candidate);
  if (wrong !== undefined) return { gate: 'g1', why: wrong };
  return answerFailure(rewardOf(candidate), probedText(candidate), ownProbes(candidate));
}
