/**
 * @file One attempt at a sample of a reading generator: a reading of the length, problems over it, the gates.
 */
import type { Document } from '../../corpus/document.ts';
import { random } from '../../random.ts';
import type { Sample } from '../../samples/sample.ts';
import type { DrawContext } from '../draw-sample.ts';
import { depthFrom, tenthOf } from '../gates/depth.ts';
import { sampleOf } from '../make-sample.ts';
import { drawReading } from '../reading/draw-reading.ts';
import type { ReadingLanguage } from '../reading/phrase.ts';
import type { ReadingDraft, ReadingGenerator } from '../reading/reading.ts';
import { failedReadingGate, type ReadingCandidate, rewardOfReading } from '../reading/reading-gates.ts';
import { renderReading } from '../reading/render-reading.ts';
import type { MixturePlace } from './mixture.ts';

/** One place of a mixture, to be filled by one generator over readings. */
export interface ReadingPlace {
  readonly place: MixturePlace;
  readonly generator: ReadingGenerator;
  /** Documents of the split in one language. */
  readonly documents: readonly Document[];
  readonly language: ReadingLanguage;
  readonly labels: readonly (string | number)[];
}

/** Problems tried over one reading: drawing it costs more than posing one. */
const proposals = 8;

/** Where the first evidence stands: 0 at the start of the context, 1 at its end. */
export function depthOf({ reading, evidence }: ReadingDraft): number {
  const first = evidence[0]?.id;
  let before = 0;
  let all = 0;
  for (const { id, text } of reading.units) {
    if (id === first) before = all;
    all += text.length;
  }
  return all === 0 ? 0 : before / all;
}

/** Units of evidence that a sample names: a sweep over a long context has hundreds. */
const namedEvidence = 40;

function made(candidate: ReadingCandidate, place: MixturePlace, seed: string): Sample {
  const { generator, draft, prompt, tokens } = candidate;
  const documents = [...new Set(draft.reading.units.map((unit) => unit.document))];
  const evidence = draft.evidence.slice(0, namedEvidence);
  return sampleOf({
    draft: {
      task: generator.task,
      spec: rewardOfReading(candidate),
      question: draft.question,
      rationale: draft.rationale,
      cluster: evidence[0]?.document.id ?? documents[0]?.id ?? '',
      evidence: evidence.map(({ document, span }) => ({ document: document.id, span })),
    },
    prompt,
    tokens,
    rendering: tokens < 0.8 * depthFrom ? 'short' : 'long',
    split: place.split,
    documents,
    generator,
    seed,
    ...(draft.composed === true ? { more: { composed: true } } : {}),
  });
}

/** The first of a few problems over one reading that passes every gate; what fails goes into the log. */
export function drawReadingSample(context: DrawContext, options: ReadingPlace): Sample | undefined {
  const { place, generator, documents, language, labels } = options;
  const { log, seen } = context;
  const rng = random(...labels);
  const { kind, reserve } = generator;
  const reading = drawReading({
    documents,
    language,
    kind,
    tokens: place.tokens,
    reserve: Math.min(reserve, 0.5 * place.tokens),
    countTokens: context.countTokens,
    rng,
  });
  if (reading === undefined) {
    log.add(generator.id, 'g7', 'no reading of this length');
    return undefined;
  }
  for (let i = 0; i < proposals; i++) {
    const draft = generator.propose(reading, rng);
    if (draft === undefined) {
      log.add(
        generator.id,
        'draft',
        (language === 'zh' ? generator.rarelyChinese : undefined) ?? 'not over this reading',
      );
      continue;
    }
    const even = place.tenth !== undefined && generator.exempt.g6 === undefined;
    if (even && tenthOf(depthOf(draft)) !== place.tenth) {
      log.add(generator.id, 'g6', 'not in the tenth of the context that is asked for');
      continue;
    }
    const prompt = renderReading(draft, generator.task);
    const tokens = context.countTokens(prompt);
    const candidate = { generator, draft, prompt, tokens, length: place.tokens };
    const failure = failedReadingGate(candidate);
    if (failure !== undefined) {
      log.add(generator.id, failure.gate, failure.why);
      continue;
    }
    const sample = made(candidate, place, `${labels.join('/')}/${i}`);
    if (seen.has(sample.id)) {
      log.add(generator.id, 'duplicate', sample.question);
      continue;
    }
    seen.add(sample.id);
    return sample;
  }
  return undefined;
}
