/**
 * @file P3: builds the dataset. Nine tasks in equal parts, two renderings, split by document; every sample has passed the
 * gates. A sample is a function of the documents (by content), the generators' versions and its labels of the random
 * stream, which it carries: the same input gives the same bytes on every machine.
 */
import { assign, documentsByTask } from '../assignment/assign.ts';
import type { Document } from '../corpus/document.ts';
import { InputError } from '../errors.ts';
import type { Random } from '../random.ts';
import type { Sample } from '../samples/sample.ts';
import { type TaskId, taskIds } from '../tasks/task.ts';
import { type CountTokens, estimateTokens } from '../tokens.ts';
import { type Cell, type DrawContext, type Drawn, type DrawOptions, drawSample } from './draw-sample.ts';
import { DepthQuota } from './gates/depth.ts';
import type { Generator, Rendering } from './generator.ts';
import { drawLayout } from './long-layout.ts';
import { type DossierPlan, type LengthBin, type PlanOptions, planBuild, type ShortOptions } from './plan.ts';
import { type ConstructionReport, constructionReport, RejectionLog } from './report.ts';
import { defaultHeldoutShare, type SplitName, splitByDocument, splitNames } from './split.ts';
import { drawDossier, families } from './synthetic/dossier.ts';
import { overviewSummary } from './synthetic/generators/overview-summary.ts';
import { generators } from './synthetic/generators/registry.ts';

/** Progress of a build: `planned` and `done` count samples of both renderings and both splits. */
export type BuildEvent =
  | { readonly type: 'build-start'; readonly documents: number; readonly planned: number }
  | { readonly type: 'build-progress'; readonly done: number; readonly planned: number; readonly rendering: Rendering }
  | { readonly type: 'build-end'; readonly report: ConstructionReport };

/** What a build over dossiers reads; `short` and `long` in `PlanOptions` size its two renderings. */
export interface BuildOptions extends PlanOptions {
  readonly documents: readonly Document[];
  readonly seed: number;
  /** Share of the documents of each family that is held out. Default 0.25. */
  readonly heldoutShare?: number;
  /** Tokens of a prompt under the tokenizer of the policy. Default: the estimate. */
  readonly countTokens?: CountTokens;
  /** Called as samples are built. */
  readonly onEvent?: (event: BuildEvent) => void;
}

/** What a build gives: the samples, short ones of a split before its long ones, and the report for the card. */
export interface Dataset {
  readonly samples: Sample[];
  readonly report: ConstructionReport;
}

/** Drafts drawn for one sample before its cell counts as unfillable. */
const maxAttempts = 400;

/** Everything one build shares. */
interface Context extends DrawContext {
  readonly options: BuildOptions;
  readonly plan: DossierPlan;
  readonly samples: Sample[];
  /** Places that stayed empty, by cell. */
  readonly unfilled: Record<string, number>;
}

const cellName = ({ rendering, split, task, bin }: Cell): string =>
  [rendering, split, task, ...(bin === undefined ? [] : [`${bin}K`])].join('/');

/**
 * Fills one place of a cell, or counts it as unfilled. A cell that failed once at 400 attempts is not worth 400 more for
 * each of its places.
 */
function place(context: Context, options: DrawOptions, index: number): void {
  const { samples, unfilled, plan } = context;
  const { seed, onEvent } = context.options;
  const { rendering, split, task, bin } = options.cell;
  const name = cellName(options.cell);
  const attempts = name in unfilled ? 0 : maxAttempts;
  for (let i = 0; i < attempts; i++) {
    const labels = [seed, rendering, split, task, ...(bin === undefined ? [] : [bin]), index, i];
    const sample = drawSample(context, options, labels);
    if (sample === undefined) continue;
    samples.push(sample);
    // A long sample takes as much time as a hundred short ones.
    if (rendering === 'long' || samples.length % 100 === 0)
      onEvent?.({ type: 'build-progress', done: samples.length, planned: plan.samples, rendering });
    return;
  }
  unfilled[name] = (unfilled[name] ?? 0) + 1;
}

/** For each task, the families of the documents that can serve it. */
function groupsByTask(documents: readonly Document[]): Record<TaskId, Document[][]> {
  const serving = documentsByTask(documents, assign(documents));
  return Object.fromEntries(taskIds.map((task) => [task, [...families(serving[task]).values()]])) as Record<
    TaskId,
    Document[][]
  >;
}

/** Records of one short dossier. */
function recordsOf(options: ShortOptions, split: SplitName, rng: Random): number {
  const { recordsMin = 5, recordsMax = 8, recordsMaxHeldout = recordsMax, logarithmic = false } = options;
  const most = split === 'heldout' ? recordsMaxHeldout : recordsMax;
  return logarithmic ? Math.round(recordsMin * (most / recordsMin) ** rng.next()) : rng.integer(recordsMin, most);
}

function buildShort(context: Context, split: SplitName, documents: readonly Document[], options: ShortOptions): void {
  const { named, maxTokens } = options;
  const groups = groupsByTask(documents);
  const draw =
    (task: TaskId) =>
    (rng: Random): Drawn | undefined => {
      if (groups[task].length === 0) return undefined;
      const dossier = drawDossier(rng.pick(groups[task]), recordsOf(options, split, rng), rng);
      return dossier === undefined ? undefined : { dossier: { ...dossier, named } };
    };
  for (let index = 0; index < context.plan.short[split]; index++) {
    for (const task of taskIds) {
      const cell: Cell = { rendering: 'short', split, task };
      place(context, { cell, generators: [generators[task]], draw: draw(task), maxTokens }, index);
    }
  }
}

/** Long T9 asks for a human-written overview where the dossier has one that passes, else for a record in one sentence. */
const longGenerators = (task: TaskId): readonly [Generator, ...Generator[]] =>
  task === 'T9' ? [overviewSummary, generators.T9] : [generators[task]];

/** In random order; for T9 those of reference works first, which carry overviews that people wrote. */
function longFamilies(task: TaskId, groups: readonly Document[][], rng: Random): Document[][] {
  const rank = (family: readonly Document[]): number => (task === 'T9' && family[0]?.kind === 'reference' ? 0 : 1);
  return rng.shuffle(groups).sort((a, b) => rank(a) - rank(b));
}

function buildLong(context: Context, split: SplitName, documents: readonly Document[], quota: DepthQuota): void {
  const groups = groupsByTask(documents);
  const { tokensOf, plan } = context;
  const draw =
    (task: TaskId, bin: LengthBin) =>
    (rng: Random): Drawn | undefined => {
      // A family is settled first, so that those whose documents seldom fit the bin are not crowded out by the others.
      for (const family of longFamilies(task, groups[task], rng)) {
        for (let i = 0; i < 8; i++) {
          const layout = drawLayout({ documents, family, bin, tokensOf, rng });
          if (layout !== undefined) return layout;
        }
      }
      return undefined;
    };
  for (let index = 0; index < plan.long[split]; index++) {
    for (const bin of plan.bins) {
      for (const task of taskIds) {
        const cell: Cell = { rendering: 'long', split, task, bin };
        place(context, { cell, generators: longGenerators(task), draw: draw(task, bin), quota }, index);
      }
    }
  }
}

function checkDocuments(documents: readonly Document[]): void {
  if (families(documents).size > 0) return;
  const hint = 'Longer texts with at least one recurring name give more parts.';
  throw new InputError('no-records', `none of the ${documents.length} documents has a record to ask about`, hint);
}

/** Counts each document once: the same ones are tried for many prompts. */
function tokenCache(countTokens: CountTokens): (document: Document) => number {
  const lengths = new Map<string, number>();
  return (document) => {
    const known = lengths.get(document.id) ?? countTokens(document.text);
    lengths.set(document.id, known);
    return known;
  };
}

/**
 * Builds the samples of both renderings, train and held-out.
 *
 * @example
 * const { samples, report } = buildDataset({ documents: loadCorpus(), seed: 7, long: false });
 * @throws InputError when no document has a record, UsageError when an option is out of range.
 */
export function buildDataset(options: BuildOptions): Dataset {
  const { documents, short = {}, onEvent, countTokens = estimateTokens } = options;
  checkDocuments(documents);
  const plan = planBuild(options);
  const context: Context = {
    options,
    plan,
    countTokens,
    tokensOf: tokenCache(countTokens),
    log: new RejectionLog(),
    seen: new Set(),
    samples: [],
    unfilled: {},
  };
  onEvent?.({ type: 'build-start', documents: documents.length, planned: plan.samples });
  const parts = splitByDocument(documents, options.heldoutShare ?? defaultHeldoutShare);
  const depth = new Array<number>(10).fill(0);
  for (const split of splitNames) {
    if (short !== false) buildShort(context, split, parts[split], short);
    const quota = new DepthQuota(taskIds.length * plan.bins.length * plan.long[split]);
    buildLong(context, split, parts[split], quota);
    for (const [i, count] of quota.counts.entries()) depth[i] = (depth[i] ?? 0) + count;
  }
  const report = constructionReport({
    samples: context.samples,
    families: new Map(documents.map((document) => [document.id, document.record?.family ?? 'none'])),
    depth,
    rejections: context.log,
    unfilled: context.unfilled,
  });
  onEvent?.({ type: 'build-end', report });
  return { samples: context.samples, report };
}
