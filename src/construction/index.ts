/** @file Public entry point `golongrl/construction`. */

export { type CountTokens, estimateTokens } from '../tokens.ts';
export {
  type BuildEvent,
  type BuildOptions,
  buildDataset,
  type Dataset,
} from './build.ts';
export { type Candidate, failedGate } from './gates/dossier-gates.ts';
export { exploitLimit, type GateFailure, type GateId, gateRules } from './gates/gate.ts';
export type { Dossier, DossierRecord, Draft, Generator, Rendering } from './generator.ts';
export { buildMixture, type MixtureOptions } from './mixture/build-mixture.ts';
export { type MixtureName, mixtureNames, mixtures, parseMixture, planMixture } from './mixture/mixture.ts';
export { MixtureTally } from './mixture/mixture-report.ts';
export {
  type DossierPlan as BuildPlan,
  type LengthBin,
  type LongOptions,
  lengthBins,
  planBuild,
  type ShortOptions,
} from './plan.ts';
export type { Reading, ReadingDraft, ReadingGenerator } from './reading/reading.ts';
export { renderPrompt, renderResponse } from './render.ts';
export { type ConstructionReport, reportLines } from './report.ts';
export { splitByDocument } from './split.ts';
export { drawDossier, families } from './synthetic/dossier.ts';
export { generators } from './synthetic/generators/registry.ts';
export { readingGenerators } from './synthetic/readings/registry.ts';
