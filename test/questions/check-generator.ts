/**
 * @file Draws samples of one generator and compares each gold with what a second implementation of its program makes of the prompt.
 */
import { blindProbes } from '../../src/audit/blind/probes.ts';
import { exploitLimit } from '../../src/construction/gates/gate.ts';
import { drawQuestion } from '../../src/construction/questions/draw-question.ts';
import { Library } from '../../src/construction/questions/library.ts';
import type { QuestionGenerator } from '../../src/construction/questions/question.ts';
import { RejectionLog } from '../../src/construction/report.ts';
import type { Document } from '../../src/corpus/document.ts';
import { renderGold, scoreResponse } from '../../src/rewards/index.ts';
import { rewardOf } from '../../src/samples/reward-of.ts';
import type { Sample } from '../../src/samples/sample.ts';
import { estimateTokens } from '../../src/tokens.ts';
import { seconds } from './second/index.ts';
import { wrongReference } from './second/reference.ts';

/** Lengths of prompts in tokens; the samples of a generator take turns. */
const lengths = [2048, 4096, 8192, 16384] as const;
/** A generator may give nothing over the documents at hand: after so many draws without a sample it is left. */
const patience = 120;

/** What became of one gold. */
export interface Verdict {
  readonly sample: Sample;
  readonly verdict: 'agree' | 'disagree' | 'cannot tell';
  readonly second: readonly string[];
  readonly goldPaid: boolean;
  /** The most that an answer without reading earns. */
  readonly blind: number;
  /** The answer that earns it. */
  readonly probe: string;
}

/** One library a language. */
export const librariesOf = (documents: readonly Document[]): Library[] =>
  (['en', 'zh'] as const).flatMap((language) => {
    const own = documents.filter((document) => document.language === language);
    return own.length === 0 ? [] : [new Library(own, language, estimateTokens)];
  });

/** Up to `samples` samples, by turns of the languages and lengths. */
export function* drawSamples(
  generator: QuestionGenerator,
  libraries: readonly Library[],
  samples: number,
): Generator<Sample> {
  const serving = libraries.filter(
    (library) => generator.languages.includes(library.language) && library.serving(generator).length > 0,
  );
  const drawing = {
    countTokens: estimateTokens,
    tokensOf: ({ text }: Document) => estimateTokens(text),
    log: new RejectionLog(),
    seen: new Set<string>(),
  };
  const fitting = lengths.filter((length) => length >= generator.least);
  for (let i = 0, made = 0, missed = 0; made < samples && missed < patience && serving.length > 0; i++) {
    const library = serving[i % serving.length];
    const tokens = fitting[Math.floor(i / serving.length) % fitting.length];
    if (library === undefined || tokens === undefined) return;
    const sample = drawQuestion(drawing, {
      place: { task: generator.task, tokens, split: 'train', index: i },
      generator,
      library,
      labels: ['second', generator.id, library.language, i],
    });
    missed = sample === undefined ? missed + 1 : 0;
    if (sample === undefined) continue;
    made++;
    yield sample;
  }
}

/** The second answer; a summary (T9) has none: what is looked at is that the reference is not in the prompt and its figures are. */
function answered({ prompt, question, reward, task }: Sample, id: string): readonly string[] | undefined {
  const asked = { prompt, question, language: reward.language };
  if (task !== 'T9') return seconds[id]?.(asked);
  return wrongReference(asked, reward.gold) === undefined ? reward.gold : ['the reference'];
}

/** Judges one sample. */
export function judge(sample: Sample): Verdict {
  const spec = rewardOf(sample);
  const second = answered(sample, sample.provenance.generator);
  const paid = (response: string): number => scoreResponse(spec, response, 'hardened').score;
  const answer = second === undefined ? 0 : paid(renderGold({ ...spec, gold: second }));
  const text = `${sample.prompt.slice(0, 3000)}\n\n${sample.question}`;
  const probes = blindProbes(spec, text).map(({ name, response }) => ({ name, score: paid(response) }));
  const best = probes.sort((a, b) => b.score - a.score)[0];
  return {
    sample,
    verdict: second === undefined || second.length === 0 ? 'cannot tell' : answer > 1 - 1e-6 ? 'agree' : 'disagree',
    second: second ?? [],
    goldPaid: paid(renderGold(spec)) > 1 - 1e-6,
    blind: best?.score ?? 0,
    probe: best?.name ?? '',
  };
}

/** A generator passes when all that can be told agree, nearly all can be told, golds are paid and blind answers are not. */
export const passes = (verdicts: readonly Verdict[]): boolean =>
  verdicts.every(({ verdict, goldPaid, blind }) => verdict !== 'disagree' && goldPaid && blind <= exploitLimit) &&
  verdicts.filter(({ verdict }) => verdict === 'cannot tell').length <= 0.02 * verdicts.length;
