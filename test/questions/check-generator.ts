/**
 * @file Draws samples of one generator and compares each gold with what a second implementation of its program makes of the prompt.
 */
import { blindProbes } from '../../src/audit/blind/probes.ts';
import type { ReaderName } from '../../src/audit/readers/readers.ts';
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
export const usualLengths: readonly number[] = [2048, 4096, 8192, 16384];
/** Some documents have no more to give: after so many draws without a sample they are left. */
const patience = 60;

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

/** Up to `samples` samples, by turns of the libraries and lengths; a generator that needs longer prompts has those that it needs. */
export function* drawSamples(
  generator: QuestionGenerator,
  libraries: readonly Library[],
  samples: number,
  lengths = usualLengths,
): Generator<Sample> {
  const drawing = {
    countTokens: estimateTokens,
    tokensOf: ({ text }: Document) => estimateTokens(text),
    log: new RejectionLog(),
    seen: new Set<string>(),
  };
  const fitting = [...new Set(lengths.map((length) => Math.max(length, generator.least)))];
  let serving = libraries
    .map((library, number) => ({ library, number, missed: 0 }))
    .filter(({ library }) => generator.languages.includes(library.language) && library.serving(generator).length > 0);
  for (let i = 0, made = 0; serving.length > 0; i++) {
    for (const source of serving) {
      const { library, number } = source;
      const place = {
        task: generator.task,
        tokens: fitting[i % fitting.length] ?? generator.least,
        split: 'train',
        index: i,
      } as const;
      const labels = ['second', generator.id, number, i];
      const sample = drawQuestion(drawing, { place, generator, library, labels });
      source.missed = sample === undefined ? source.missed + 1 : 0;
      if (sample === undefined) continue;
      yield sample;
      if (++made >= samples) return;
    }
    serving = serving.filter(({ missed }) => missed < patience);
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

/** What became of the golds of one generator. */
export interface Tally {
  readonly id: string;
  readonly samples: number;
  readonly agree: number;
  readonly disagree: number;
  readonly untold: number;
  readonly paid: number;
  /** Answers without reading that earn more than the limit. */
  readonly blind: number;
  /** Of how many the best line, and the best passage of 512 tokens, earn half or more. */
  readonly line: number;
  readonly passage: number;
  readonly passes: boolean;
}

/** Counts verdicts. */
export function tallyOf(id: string, verdicts: readonly Verdict[]): Tally {
  const count = (wanted: Verdict['verdict']): number => verdicts.filter(({ verdict }) => verdict === wanted).length;
  const cracked = (reader: ReaderName): number =>
    verdicts.filter(({ sample }) => sample.provenance.needs?.crackedBy.includes(reader) === true).length;
  return {
    id,
    samples: verdicts.length,
    agree: count('agree'),
    disagree: count('disagree'),
    untold: count('cannot tell'),
    paid: verdicts.filter(({ goldPaid }) => goldPaid).length,
    blind: verdicts.filter(({ blind }) => blind > exploitLimit).length,
    line: cracked('best line'),
    passage: cracked('passage 1'),
    passes: passes(verdicts),
  };
}

/** A generator passes when all that can be told agree, nearly all can be told, golds are paid and blind answers are not. */
export const passes = (verdicts: readonly Verdict[]): boolean =>
  verdicts.every(({ verdict, goldPaid, blind }) => verdict !== 'disagree' && goldPaid && blind <= exploitLimit) &&
  verdicts.filter(({ verdict }) => verdict === 'cannot tell').length <= 0.02 * verdicts.length;
