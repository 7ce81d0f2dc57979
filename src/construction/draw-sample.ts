/**
 * @file P3: one attempt at one sample: a dossier, a problem over it, its prompt, the gates.
 */
import type { Document } from '../corpus/document.ts';
import { type Random, random } from '../random.ts';
import type { Sample } from '../samples/sample.ts';
import type { TaskId } from '../tasks/task.ts';
import type { CountTokens } from '../tokens.ts';
import { type DepthQuota, tenthOf } from './gates/depth.ts';
import { type Candidate, failedGate, specOf } from './gates/dossier-gates.ts';
import type { Dossier, Draft, Generator, Rendering } from './generator.ts';
import { evidenceDepth } from './long-layout.ts';
import { sampleOf } from './make-sample.ts';
import type { LengthBin } from './plan.ts';
import { headingOf, renderPrompt } from './render.ts';
import type { RejectionLog } from './report.ts';
import type { SplitName } from './split.ts';

/** One cell of the plan: what distinguishes its samples from others, as labels of their random streams. */
export interface Cell {
  readonly rendering: Rendering;
  readonly split: SplitName;
  readonly task: TaskId;
  readonly bin?: LengthBin;
}

/** A dossier, and for the long rendering the documents it stands among. */
export interface Drawn {
  readonly dossier: Dossier;
  readonly documents?: readonly Document[];
}

/** How one place of a cell is filled: who poses the problem, over what, and within which limits. */
export interface DrawOptions {
  readonly cell: Cell;
  /** Tried in order; the first that can pose its problem over the dossier does. */
  readonly generators: readonly [Generator, ...Generator[]];
  readonly draw: (rng: Random) => Drawn | undefined;
  readonly quota?: DepthQuota;
  /** g6 without a quota: the tenth of a long context that the first evidence has to stand in. */
  readonly tenth?: number | undefined;
  readonly maxTokens?: number | undefined;
}

/** What the attempts of one build share. */
export interface DrawContext {
  /** An estimate: lengths of parts add up to the length of the whole. */
  readonly countTokens: CountTokens;
  /** Tokens of a document's text, counted once. */
  readonly tokensOf: (document: Document) => number;
  readonly log: RejectionLog;
  /** Ids of the samples so far. */
  readonly seen: Set<string>;
}

/** The problem of the first generator that can pose one. */
function pose(
  generators: readonly Generator[],
  dossier: Dossier,
  rng: Random,
): { generator: Generator; draft: Draft } | undefined {
  for (const generator of generators) {
    const draft = generator.propose(dossier, rng);
    if (draft !== undefined) return { generator, draft };
  }
  return undefined;
}

/** The sum over documents spares reading 100 pages once more. */
function tokensOfPrompt(context: DrawContext, { documents }: Drawn, draft: Draft, prompt: string): number {
  const { countTokens, tokensOf } = context;
  if (documents === undefined) return countTokens(prompt);
  const own = documents.reduce((sum, document) => sum + tokensOf(document), 0);
  const tail = prompt.slice(prompt.lastIndexOf('\n\nThe documents above include '));
  const cut = draft.cuts === undefined ? 0 : countTokens(draft.gold.join(' '));
  return own - cut + countTokens(`${tail} ${documents.map((document) => `# ${headingOf(document)}`).join(' ')}`);
}

function depthOf(draft: Draft, documents: readonly Document[]): number {
  const first = draft.evidence.find((entry) => entry.document === draft.primaryDocument);
  return evidenceDepth(documents, draft.primaryDocument, first?.span.start ?? 0);
}

interface Posed extends Candidate {
  /** Of a long prompt: the dossier's own documents and the fillers between them. */
  readonly documents?: readonly Document[];
  readonly generator: Generator;
}

function made(candidate: Posed, cell: Cell, seed: string): Sample {
  const { draft, dossier, prompt, tokens, generator, documents } = candidate;
  const { rendering, split } = cell;
  return sampleOf({
    draft: { ...draft, spec: specOf(candidate), cluster: draft.primaryDocument },
    prompt,
    tokens,
    rendering,
    split,
    documents: documents ?? dossier.records.map((record) => record.document),
    generator,
    seed,
  });
}

/**
 * A sample that has passed every gate, or nothing and a line in the log.
 *
 * @param labels Of the random stream: what makes this attempt differ from all others.
 */
export function drawSample(
  context: DrawContext,
  options: DrawOptions,
  labels: readonly (string | number)[],
): Sample | undefined {
  const { cell, quota, tenth, generators, maxTokens } = options;
  const { log, seen } = context;
  const rng = random(...labels);
  const drawn = options.draw(rng);
  const [first] = generators;
  if (drawn === undefined) {
    log.add(first.id, 'g7', 'no dossier of this length');
    return undefined;
  }
  const posed = pose(generators, drawn.dossier, rng);
  if (posed === undefined) {
    log.add(first.id, 'draft', 'not over this dossier');
    return undefined;
  }
  const { draft, generator } = posed;
  if (tenth !== undefined && drawn.documents !== undefined && tenthOf(depthOf(draft, drawn.documents)) !== tenth) {
    log.add(generator.id, 'g6', 'not in the tenth of the context that is asked for');
    return undefined;
  }
  const prompt = renderPrompt(drawn.dossier, draft, cell.rendering, drawn.documents);
  const tokens = tokensOfPrompt(context, drawn, draft, prompt);
  const candidate: Posed = { ...drawn, ...posed, ...cell, prompt, tokens, maxTokens };
  const failure = failedGate(candidate);
  if (failure !== undefined) {
    log.add(generator.id, failure.gate, failure.why);
    return undefined;
  }
  const sample = made(candidate, cell, labels.join('/'));
  if (seen.has(sample.id)) {
    log.add(generator.id, 'duplicate', sample.question);
    return undefined;
  }
  if (quota !== undefined && drawn.documents !== undefined && !quota.take(depthOf(draft, drawn.documents))) {
    log.add(generator.id, 'g6', 'its tenth of the context has its share');
    return undefined;
  }
  seen.add(sample.id);
  return sample;
}
