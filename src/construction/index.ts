/** @file Public entry point `golongrl/construction`: generators, gates and whole builds: documents become samples. */

export { type CountTokens, estimateTokens } from '../tokens.ts';
export {
  type BuildEvent,
  type BuildOptions,
  buildDataset,
  type Dataset,
} from './build.ts';
export { type Candidate, failedGate } from './gates/dossier-gates.ts';
export { exploitLimit, type GateFailure, type GateId, gateIds, gateRules } from './gates/gate.ts';
export {
  type Dossier,
  type DossierRecord,
  type Draft,
  type Generator,
  type Rendering,
  renderings,
} from './generator.ts';
export { buildMixture, type MixtureOptions } from './mixture/build-mixture.ts';
export type { PlaceResult } from './mixture/draw-place.ts';
export {
  type LengthShare,
  type MixtureName,
  type MixturePlace,
  type MixtureRequest,
  mixtureNames,
  mixtures,
  parseMixture,
  planMixture,
  type Shares,
} from './mixture/mixture.ts';
export { MixtureTally } from './mixture/mixture-report.ts';
export {
  type DatasetSizes,
  type DossierPlan as BuildPlan,
  type LengthBin,
  type LongOptions,
  lengthBins,
  type PlanOptions,
  planBuild,
  type RecordRange,
  type ShortOptions,
} from './plan.ts';
export type { Phrase, ReadingLanguage, Slots } from './reading/phrase.ts';
export type { Reading, ReadingDraft, ReadingGenerator, Unit } from './reading/reading.ts';
export { renderPrompt, renderResponse } from './render.ts';
export { type ConstructionReport, type Rejection, RejectionLog, reportLines } from './report.ts';
export { type SplitName, splitByDocument, splitNames } from './split.ts';
export { drawDossier, families } from './synthetic/dossier.ts';
export { generators } from './synthetic/generators/registry.ts';
export { readingGenerators } from './synthetic/readings/registry.ts';
