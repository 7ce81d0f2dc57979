/**
 * @file P3, synthetic track without a model: a mixture of all nine tasks from 0.1K to 256K tokens, by every generator in turn.
 * Samples are yielded one by one, because the long ones together outgrow memory. Each is a function of the documents, the
 * generators' versions and its labels: the same input gives the same bytes.
 */
import { assign, documentsByTask } from '../../assignment/assign.ts';
import type { Document } from '../../corpus/document.ts';
import { InputError } from '../../errors.ts';
import type { Sample } from '../../samples/sample.ts';
import { type TaskId, taskIds } from '../../tasks/task.ts';
import type { DrawContext } from '../draw-sample.ts';
import { DepthQuota } from '../gates.ts';
import type { Generator } from '../generator.ts';
import { type CountTokens, estimateTokens } from '../length.ts';
import type { ReadingGenerator } from '../reading/reading.ts';
import { weighted } from '../reading/weighted.ts';
import { defaultHeldoutShare, type SplitName, splitByDocument, splitNames } from '../split.ts';
import { families } from '../synthetic/dossier.ts';
import { overviewSummary } from '../synthetic/generators/overview-summary.ts';
import { generators } from '../synthetic/generators/registry.ts';
import { readingGenerators } from '../synthetic/readings/registry.ts';
import { depthFrom, drawReadingSample } from './draw-reading-sample.ts';
import { drawRecordSample, servesLength } from './draw-record-sample.ts';
import { type MixtureName, type MixturePlace, planMixture } from './mixture.ts';
import { MixtureTally } from './mixture-report.ts';

export interface MixtureOptions {
  readonly documents: readonly Document[];
  readonly seed: number;
  readonly preset: MixtureName;
  /** Samples of both splits together. */
  readonly samples: number;
  /** Longest prompt in nominal tokens; default 256K. */
  readonly longest?: number;
  /** Tokens of a prompt under the tokenizer of the policy. Default: 1.35 a word, one a Chinese character. */
  readonly countTokens?: CountTokens;
}

type Candidate = { readonly reading: ReadingGenerator } | { readonly record: Generator };

/** Readings drawn for one place by each generator before the next one is tried. */
const attempts = 10;

/** Generators of the task that can be used at this length. */
function candidatesFor(task: TaskId, tokens: number, records: boolean): Candidate[] {
  const own = [generators[task], ...(task === 'T9' ? [overviewSummary] : [])];
  return [
    ...own.filter((record) => records && servesLength(record, tokens)).map((record) => ({ record })),
    ...readingGenerators
      .filter((reading) => reading.task === task && tokens >= reading.least && tokens <= reading.most)
      .map((reading) => ({ reading })),
  ];
}

/** What is drawn from in one split. */
interface SplitPool {
  readonly documents: readonly Document[];
  readonly byLanguage: readonly {
    readonly language: 'en' | 'zh';
    readonly documents: readonly Document[];
    readonly length: number;
  }[];
  readonly familiesOf: Readonly<Record<TaskId, Document[][]>>;
}

function poolOf(documents: readonly Document[]): SplitPool {
  const serving = documentsByTask(documents, assign(documents));
  const byLanguage = (['en', 'zh'] as const).map((language) => {
    const own = documents.filter((document) => document.language === language);
    return { language, documents: own, length: own.reduce((sum, { text }) => sum + text.length, 0) };
  });
  return {
    documents,
    byLanguage: byLanguage.filter((entry) => entry.documents.length > 0),
    familiesOf: Object.fromEntries(taskIds.map((task) => [task, [...families(serving[task]).values()]])) as Record<
      TaskId,
      Document[][]
    >,
  };
}

/**
 * @example
 * const tally = new MixtureTally();
 * for (const sample of buildMixture({ documents, seed: 7, preset: 'balanced', samples: 900 }, tally)) await write(sample);
 *
 * @throws InputError when there is no document in English or Chinese.
 */
export function* buildMixture(
  options: MixtureOptions,
  tally = new MixtureTally(),
): globalThis.Generator<Sample, MixtureTally> {
  const { documents, seed, preset, samples, longest = 262144, countTokens = estimateTokens } = options;
  const parts = splitByDocument(documents, defaultHeldoutShare);
  const pools = Object.fromEntries(splitNames.map((split) => [split, poolOf(parts[split])])) as Record<
    SplitName,
    SplitPool
  >;
  if (splitNames.every((split) => pools[split].byLanguage.length === 0))
    throw new InputError(
      'no-documents',
      `none of the ${documents.length} documents is in English or Chinese`,
      'Give other documents.',
    );
  const lengths = new Map<string, number>();
  const context: DrawContext = {
    countTokens,
    estimated: options.countTokens === undefined,
    tokensOf: ({ id, text }) => {
      const known = lengths.get(id) ?? countTokens(text);
      lengths.set(id, known);
      return known;
    },
    log: tally.rejections,
    seen: new Set(),
  };
  const plan = planMixture(preset, samples).filter(({ tokens }) => tokens <= longest);
  const quotas = Object.fromEntries(
    splitNames.map((split) => [split, new DepthQuota(localPlaces(plan, split), 0)]),
  ) as Record<SplitName, DepthQuota>;
  for (const place of plan) {
    const sample = fill(context, options, place, pools[place.split], quotas[place.split], seed);
    tally.add(place, sample);
    if (sample !== undefined) yield sample;
  }
  tally.depth = quotas.train.counts.map((count, i) => count + (quotas.heldout.counts[i] ?? 0));
  return tally;
}

/** About how many places of a split will take part in g6: of each task, its share of generators that are not exempt. */
function localPlaces(plan: readonly MixturePlace[], split: SplitName): number {
  return Math.ceil(
    plan
      .filter((place) => place.split === split && place.tokens >= depthFrom)
      .reduce((sum, { task, tokens }) => {
        const all = candidatesFor(task, tokens, true);
        const local = all.filter((candidate) => 'record' in candidate || candidate.reading.exempt.g6 === undefined);
        return sum + local.length / Math.max(1, all.length);
      }, 0),
  );
}

function fill(
  context: DrawContext,
  options: MixtureOptions,
  place: MixturePlace,
  pool: SplitPool,
  quota: DepthQuota,
  seed: number,
): Sample | undefined {
  const { task, split, tokens, index } = place;
  const candidates = candidatesFor(task, tokens, pool.familiesOf[task].length > 0);
  for (let turn = 0; turn < candidates.length; turn++) {
    const candidate = candidates[(index + turn) % candidates.length];
    for (let attempt = 0; attempt < attempts; attempt++) {
      const labels = [seed, 'mixture', options.preset, split, task, tokens, index, turn, attempt];
      const sample = candidate === undefined ? undefined : draw(context, place, candidate, pool, quota, labels);
      if (sample !== undefined) return sample;
    }
  }
  return undefined;
}

function draw(
  context: DrawContext,
  place: MixturePlace,
  candidate: Candidate,
  pool: SplitPool,
  quota: DepthQuota,
  labels: readonly (string | number)[],
): Sample | undefined {
  const { documents, byLanguage, familiesOf } = pool;
  if ('record' in candidate)
    return drawRecordSample(context, {
      place,
      generator: candidate.record,
      documents,
      families: familiesOf[place.task],
      quota,
      labels,
    });
  // Languages in proportion to their text, by place: a corpus of both serves both.
  const chosen = weighted(byLanguage, ({ length }) => length, (place.index * 0.618034) % 1);
  if (chosen === undefined) return undefined;
  return drawReadingSample(context, {
    place,
    generator: candidate.reading,
    documents: chosen.documents,
    language: chosen.language,
    quota,
    labels,
  });
}
