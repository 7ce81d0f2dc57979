/**
 * @file P3: builds the dataset. Nine tasks in equal parts, two renderings, split by document; every sample has passed the
 * gates. A sample is a function of the documents (by content), the generators' versions and its labels of the random
 * stream, which it carries: the same input gives the same bytes on every machine.
 */

import { assign, documentsByTask } from '../assignment/assign.ts';
import type { Document } from '../corpus/document.ts';
import { sha256 } from '../corpus/make-document.ts';
import { InputError, UsageError } from '../errors.ts';
import { type Random, random } from '../random.ts';
import type { Sample } from '../samples/sample.ts';
import { type TaskId, taskIds, tasks } from '../tasks/task.ts';
import { type Candidate, DepthQuota, failedGate } from './gates.ts';
import type { Dossier, Draft, Generator, Rendering } from './generator.ts';
import { type CountTokens, estimateTokens, type LengthBin, lengthBins } from './length.ts';
import { drawLayout, evidenceDepth } from './long-layout.ts';
import { renderPrompt } from './render.ts';
import { type ConstructionReport, constructionReport, RejectionLog } from './report.ts';
import { type SplitName, splitByDocument } from './split.ts';
import { drawDossier, families } from './synthetic/dossier.ts';
import { overviewSummary } from './synthetic/generators/overview-summary.ts';
import { generators } from './synthetic/generators/registry.ts';

export interface ShortOptions {
  /** Samples to train on; rounded down to a multiple of nine. Default 2,700. */
  readonly train?: number;
  /** Held-out samples, likewise. Default 540. */
  readonly heldout?: number;
  /** Records of a dossier. Default 5 to 8. */
  readonly recordsMin?: number;
  readonly recordsMax?: number;
  /** Longest prompt in tokens. Default: no limit. */
  readonly maxTokens?: number;
}

export interface LongOptions {
  /** Samples over all bins and tasks; a fifth is held out. Default 225: five to each of nine tasks and five bins. */
  readonly samples?: number;
  readonly bins?: readonly LengthBin[];
}

export type BuildEvent =
  | { readonly type: 'build-start'; readonly documents: number; readonly planned: number }
  | { readonly type: 'build-progress'; readonly done: number; readonly planned: number; readonly rendering: Rendering }
  | { readonly type: 'build-end'; readonly report: ConstructionReport };

export interface BuildOptions {
  readonly documents: readonly Document[];
  readonly seed: number;
  /** `false` leaves the rendering out. */
  readonly short?: ShortOptions | false;
  readonly long?: LongOptions | false;
  /** Share of the documents of each family that is held out. Default 0.25. */
  readonly heldoutShare?: number;
  /** Tokens of a prompt under the tokenizer of the policy. Default: 1.35 a word. */
  readonly countTokens?: CountTokens;
  readonly onEvent?: (event: BuildEvent) => void;
}

export interface Dataset {
  readonly samples: Sample[];
  readonly report: ConstructionReport;
}

/** Drafts drawn for one sample before its cell counts as unfillable. */
const maxAttempts = 400;

/** Everything one build shares. */
interface Context {
  readonly options: BuildOptions;
  readonly countTokens: CountTokens;
  readonly tokensOf: (document: Document) => number;
  readonly log: RejectionLog;
  readonly seen: Set<string>;
  readonly samples: Sample[];
  readonly unfilled: Record<string, number>;
  readonly planned: number;
}

/** One cell of the plan: what distinguishes its samples from others, as labels of their random streams. */
interface Cell {
  readonly rendering: Rendering;
  readonly split: SplitName;
  readonly task: TaskId;
  readonly bin?: LengthBin;
}

interface Drawn {
  readonly dossier: Dossier;
  readonly documents?: readonly Document[];
}

const cellName = ({ rendering, split, task, bin }: Cell): string =>
  [rendering, split, task, ...(bin === undefined ? [] : [`${bin}K`])].join('/');

function sampleOf(candidate: Candidate, cell: Cell, generator: Generator, seed: string): Sample {
  const { draft, dossier, prompt, tokens } = candidate;
  const { metric } = tasks[draft.task];
  return {
    id: sampleId(draft, prompt),
    task: draft.task,
    prompt,
    reward: { metric, gold: [...draft.gold], language: 'en' },
    question: draft.question,
    rationale: draft.rationale,
    rendering: cell.rendering,
    split: cell.split,
    cluster: draft.primaryDocument,
    tokens,
    provenance: {
      documents: dossier.records.map(({ document: { id, sha256, source, licence } }) => ({
        id,
        sha256,
        source,
        licence,
      })),
      evidence: draft.evidence.map(({ document, span }) => ({ document, span: { start: span.start, end: span.end } })),
      generator: generator.id,
      generatorVersion: generator.version,
      seed,
    },
  };
}

const sampleId = (draft: Draft, prompt: string): string =>
  sha256(`${draft.task}\u0000${prompt}\u0000${draft.gold.join('\n')}`).slice(0, 16);

/** The documents of a drawn prompt as provenance: the dossier's own and the fillers between them. */
function withFillers(sample: Sample, documents: readonly Document[] | undefined): Sample {
  if (documents === undefined) return sample;
  const listed = documents.map(({ id, sha256, source, licence }) => ({ id, sha256, source, licence }));
  return { ...sample, provenance: { ...sample.provenance, documents: listed } };
}

interface AttemptOptions {
  readonly cell: Cell;
  /** Tried in order; the first that can pose its problem over the dossier does. */
  readonly generators: readonly [Generator, ...Generator[]];
  readonly draw: (rng: Random) => Drawn | undefined;
  readonly quota?: DepthQuota;
  readonly maxTokens?: number;
}

/** The problem of the first generator that can pose one. */
function pose(
  candidates: readonly Generator[],
  dossier: Dossier,
  rng: Random,
): { generator: Generator; draft: Draft } | undefined {
  for (const generator of candidates) {
    const draft = generator.propose(dossier, rng);
    if (draft !== undefined) return { generator, draft };
  }
  return undefined;
}

/** One draw of one sample: a sample, or nothing and a line in the log. */
function attempt(context: Context, options: AttemptOptions, labels: readonly (string | number)[]): Sample | undefined {
  const { cell, quota } = options;
  const { log } = context;
  const rng = random(...labels);
  const drawn = options.draw(rng);
  const [first] = options.generators;
  if (drawn === undefined) {
    log.add(first.id, 'g7', 'no dossier of this length');
    return undefined;
  }
  const posed = pose(options.generators, drawn.dossier, rng);
  if (posed === undefined) {
    log.add(first.id, 'draft', 'not over this dossier');
    return undefined;
  }
  const { generator, draft } = posed;
  const prompt = renderPrompt(drawn.dossier, draft, cell.rendering, drawn.documents);
  const tokens =
    drawn.documents === undefined ? context.countTokens(prompt) : longTokens(context, drawn.documents, draft, prompt);
  const candidate: Candidate = { draft, prompt, tokens, ...drawn, ...cell, maxTokens: options.maxTokens };
  const failure = failedGate(candidate);
  if (failure !== undefined) {
    log.add(generator.id, failure.gate, failure.why);
    return undefined;
  }
  const sample = withFillers(sampleOf(candidate, cell, generator, labels.join('/')), drawn.documents);
  if (context.seen.has(sample.id)) {
    log.add(generator.id, 'duplicate', sample.question);
    return undefined;
  }
  if (quota !== undefined && drawn.documents !== undefined && !quota.take(depthOf(draft, drawn.documents))) {
    log.add(generator.id, 'g6', 'its tenth of the context has its share');
    return undefined;
  }
  context.seen.add(sample.id);
  return sample;
}

/** With the built-in estimate, the sum over documents spares counting the words of 100 pages once more. */
function longTokens(context: Context, documents: readonly Document[], draft: Draft, prompt: string): number {
  if (context.options.countTokens !== undefined) return context.countTokens(prompt);
  const own = documents.reduce((sum, document) => sum + context.tokensOf(document), 0);
  const tail = prompt.slice(prompt.lastIndexOf('\n\nThe documents above include '));
  const cut = draft.cuts === undefined ? 0 : context.countTokens(draft.gold.join(' '));
  return own - cut + context.countTokens(`${tail} ${documents.map((document) => `# ${document.title}`).join(' ')}`);
}

function depthOf(draft: Draft, documents: readonly Document[]): number {
  const first = draft.evidence.find((entry) => entry.document === draft.primaryDocument);
  return evidenceDepth(documents, draft.primaryDocument, first?.span.start ?? 0);
}

/** Fills one place of a cell, or counts it as unfilled. */
function place(context: Context, options: AttemptOptions, index: number): boolean {
  const { seed, onEvent } = context.options;
  const { rendering, split, task, bin } = options.cell;
  for (let i = 0; i < maxAttempts; i++) {
    const labels = [seed, rendering, split, task, ...(bin === undefined ? [] : [bin]), index, i];
    const sample = attempt(context, options, labels);
    if (sample === undefined) continue;
    context.samples.push(sample);
    const done = context.samples.length;
    if (done % 100 === 0) onEvent?.({ type: 'build-progress', done, planned: context.planned, rendering });
    return true;
  }
  const name = cellName(options.cell);
  context.unfilled[name] = (context.unfilled[name] ?? 0) + 1;
  return false;
}

/** For each task, the families of the documents that can serve it. */
function groupsByTask(documents: readonly Document[]): Record<TaskId, Document[][]> {
  const serving = documentsByTask(documents, assign(documents));
  return Object.fromEntries(taskIds.map((task) => [task, [...families(serving[task]).values()]])) as Record<
    TaskId,
    Document[][]
  >;
}

function buildShort(
  context: Context,
  split: SplitName,
  documents: readonly Document[],
  options: ShortOptions,
  count: number,
): void {
  const { recordsMin = 5, recordsMax = 8, maxTokens } = options;
  const groups = groupsByTask(documents);
  const draw =
    (task: TaskId) =>
    (rng: Random): Drawn | undefined => {
      if (groups[task].length === 0) return undefined;
      const dossier = drawDossier(rng.pick(groups[task]), rng.integer(recordsMin, recordsMax), rng);
      return dossier === undefined ? undefined : { dossier };
    };
  const full = new Set<TaskId>();
  for (let index = 0; index < Math.floor(count / taskIds.length); index++) {
    for (const task of taskIds) {
      const cell: Cell = { rendering: 'short', split, task };
      // A cell that failed once at 400 attempts is not worth 400 more for each of its places.
      if (full.has(task)) context.unfilled[cellName(cell)] = (context.unfilled[cellName(cell)] ?? 0) + 1;
      else if (!place(context, { cell, generators: [generators[task]], draw: draw(task), maxTokens }, index))
        full.add(task);
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

interface LongPlan {
  readonly perCell: Readonly<Record<SplitName, number>>;
  readonly bins: readonly LengthBin[];
}

function buildLong(
  context: Context,
  split: SplitName,
  documents: readonly Document[],
  plan: LongPlan,
  quota: DepthQuota,
): void {
  const groups = groupsByTask(documents);
  const { tokensOf } = context;
  const full = new Set<string>();
  for (let index = 0; index < plan.perCell[split]; index++) {
    for (const bin of plan.bins) {
      const draw =
        (task: TaskId) =>
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
      for (const task of taskIds) {
        const cell: Cell = { rendering: 'long', split, task, bin };
        const name = cellName(cell);
        if (full.has(name)) context.unfilled[name] = (context.unfilled[name] ?? 0) + 1;
        else if (!place(context, { cell, generators: longGenerators(task), draw: draw(task), quota }, index))
          full.add(name);
      }
    }
  }
}

/** Every cell of (bin, task) gets the same number, at least one held out for every four to train on. */
function longPlan(options: LongOptions): LongPlan {
  const bins = options.bins ?? lengthBins;
  const perCell = Math.max(1, Math.round((options.samples ?? 225) / (bins.length * taskIds.length)));
  const heldout = Math.max(perCell > 1 ? 1 : 0, Math.round(perCell / 5));
  return { bins, perCell: { train: perCell - heldout, heldout } };
}

function checkOptions({ documents, short }: BuildOptions): void {
  if (families(documents).size === 0) {
    const hint = 'Longer texts with at least one recurring name give more parts.';
    throw new InputError('no-records', `none of the ${documents.length} documents has a record to ask about`, hint);
  }
  if (short === false || short === undefined) return;
  const { recordsMin = 5, recordsMax = 8 } = short;
  if (recordsMin < 4 || recordsMax < recordsMin) {
    throw new UsageError(
      'records-range',
      `records: got ${recordsMin} to ${recordsMax}, expected 4 <= recordsMin <= recordsMax`,
    );
  }
}

/**
 * Builds the samples of both renderings, train and held-out.
 *
 * @example
 * const { samples, report } = buildDataset({ documents: loadCorpus(), seed: 7, long: false });
 * @throws InputError when no document has a record, UsageError when an option is out of range.
 */
export function buildDataset(options: BuildOptions): Dataset {
  checkOptions(options);
  const { documents, short = {}, long = {}, onEvent } = options;
  const countTokens = options.countTokens ?? estimateTokens;
  const lengths = new Map<string, number>();
  const tokensOf = (document: Document): number => {
    const known = lengths.get(document.id) ?? countTokens(document.text);
    lengths.set(document.id, known);
    return known;
  };
  const split = splitByDocument(documents, options.heldoutShare ?? 0.25);
  const plan = long === false ? undefined : longPlan(long);
  const { train = 2700, heldout = 540 } = short === false ? { train: 0, heldout: 0 } : short;
  const perLong = plan === undefined ? 0 : plan.bins.length * taskIds.length;
  const planned = train + heldout + perLong * ((plan?.perCell.train ?? 0) + (plan?.perCell.heldout ?? 0));
  const unfilled: Record<string, number> = {};
  const context: Context = {
    options,
    countTokens,
    tokensOf,
    log: new RejectionLog(),
    seen: new Set(),
    samples: [],
    unfilled,
    planned,
  };
  onEvent?.({ type: 'build-start', documents: documents.length, planned });
  const depth = new Array<number>(10).fill(0);
  for (const name of ['train', 'heldout'] as const) {
    if (short !== false) buildShort(context, name, split[name], short, name === 'train' ? train : heldout);
    if (plan === undefined) continue;
    const quota = new DepthQuota(perLong * plan.perCell[name]);
    buildLong(context, name, split[name], plan, quota);
    for (const [i, count] of quota.counts.entries()) depth[i] = (depth[i] ?? 0) + count;
  }
  const familyOf = new Map(documents.map((document) => [document.id, document.record?.family ?? 'none']));
  const report = constructionReport({
    samples: context.samples,
    families: familyOf,
    depth,
    rejections: context.log,
    unfilled,
  });
  onEvent?.({ type: 'build-end', report });
  return { samples: context.samples, report };
}
