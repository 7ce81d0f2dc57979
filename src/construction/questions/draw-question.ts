/**
 * @file One attempt at a sample of a question generator: a context of the length, problems over it, the gates.
 */
import { type ReaderName, readerNames, readersAnswers } from '../../audit/readers/readers.ts';
import { sha256 } from '../../corpus/make-document.ts';
import { random } from '../../random.ts';
import { type RewardSpec, scoreResponse } from '../../rewards/index.ts';
import type { Sample } from '../../samples/sample.ts';
import type { DrawContext } from '../draw-sample.ts';
import { depthFrom } from '../gates/depth.ts';
import { sampleOf } from '../make-sample.ts';
import type { MixturePlace } from '../mixture/mixture.ts';
import { atDepth } from './at-depth.ts';
import { drawContext } from './draw-context.ts';
import type { Library } from './library.ts';
import { needsOf } from './needs.ts';
import type { QuestionGenerator } from './question.ts';
import { failedQuestionGate, type QuestionCandidate, rewardOf } from './question-gates.ts';
import { contractOf, type QuestionPlace, renderPrompt } from './render-prompt.ts';

/** One place of a mixture, to be filled by one generator. */
export interface QuestionAttempt {
  readonly place: MixturePlace;
  readonly generator: QuestionGenerator;
  readonly library: Library;
  readonly labels: readonly (string | number)[];
  readonly questionPlace?: QuestionPlace;
}

/** Problems tried over one context: drawing it costs more than posing one. */
const proposals = 8;
/** A context that gave no problem so often gives none. */
const refusalsHeard = 3;
/** Places of the proof that a sample names: a sweep over a long context has hundreds. */
const namedProof = 60;

/** Solvers without understanding that earn half of a sample's reward or more. */
function crackersOf(spec: RewardSpec, prompt: string): ReaderName[] {
  const answers = readersAnswers({ spec, question: spec.question ?? '', prompt });
  return readerNames.filter((name) => scoreResponse(spec, answers[name], 'hardened').score >= 0.5);
}

/** Wordings go round from a start that depends on the document, so that the few prompts of one document differ. */
const wordingOf = (document: string, index: number): number =>
  (Number.parseInt(sha256(document).slice(0, 6), 16) + index) % 1e6;

function made(
  candidate: QuestionCandidate,
  { place, labels }: QuestionAttempt,
  countTokens: DrawContext['countTokens'],
  i: number,
): Sample {
  const { generator, context, draft, question, prompt, tokens } = candidate;
  const places = draft.proof.flatMap((entry) => prompt.place(entry) ?? []);
  const [main] = draft.proof;
  return sampleOf({
    draft: {
      task: generator.task,
      spec: rewardOf(candidate),
      question,
      rationale: draft.rationale,
      cluster: main?.document.id ?? context.documents[0]?.document.id ?? '',
      evidence: draft.proof.slice(0, namedProof).map(({ document, span }) => ({ document: document.id, span })),
    },
    prompt: prompt.text,
    tokens,
    rendering: tokens < 0.8 * depthFrom ? 'short' : 'long',
    split: place.split,
    documents: context.documents.map(({ document }) => document),
    generator,
    seed: `${labels.join('/')}/${i}`,
    more: {
      subtask: generator.subtask,
      needs: { ...needsOf(prompt.text, places, countTokens), crackedBy: crackersOf(rewardOf(candidate), prompt.text) },
    },
  });
}

/** The first of a few problems over one context that passes every gate; what fails goes into the log. */
export function drawQuestion(drawing: DrawContext, attempt: QuestionAttempt): Sample | undefined {
  const { place, generator, library, labels, questionPlace } = attempt;
  const { log, seen, countTokens } = drawing;
  const rng = random(...labels);
  const drawn = drawContext({ library, generator, tokens: place.tokens, random: rng });
  if (typeof drawn === 'string') {
    log.add(generator.id, 'g7', drawn);
    return undefined;
  }
  const contract = contractOf(generator, drawn.language);
  let refused = 0;
  for (let i = 0; i < proposals && refused < refusalsHeard; i++) {
    const draft = generator.draw(drawn, rng);
    if (typeof draft === 'string') {
      log.add(generator.id, 'draft', draft);
      refused++;
      continue;
    }
    const even = place.tenth !== undefined && generator.exempt?.g6 === undefined;
    const context = even ? atDepth(drawn, draft, place.tenth) : drawn;
    if (context === undefined) {
      log.add(generator.id, 'g6', 'not in the tenth of the context that is asked for');
      continue;
    }
    const about = draft.proof[0]?.document.id ?? '';
    const number = wordingOf(about, place.index + rng.integer(0, 1));
    const question = generator.wordings.say(context.language, number, draft.slots);
    const prompt = renderPrompt(context, draft, {
      question,
      contract,
      ...(questionPlace === undefined ? {} : { place: questionPlace }),
    });
    const tokens = countTokens(prompt.text);
    const candidate: QuestionCandidate = { generator, context, draft, question, prompt, tokens, length: place.tokens };
    const failure = failedQuestionGate(candidate);
    if (failure !== undefined) {
      log.add(generator.id, failure.gate, failure.why);
      continue;
    }
    const sample = made(candidate, attempt, countTokens, i);
    if (seen.has(sample.id)) {
      log.add(generator.id, 'duplicate', sample.question);
      continue;
    }
    seen.add(sample.id);
    return sample;
  }
  return undefined;
}
