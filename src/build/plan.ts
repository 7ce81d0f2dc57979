/**
 * @file What a build is asked for, by kind. A command decides on one, `runBuild` carries it out. What is saved of it, for a build that
 * goes on, is in `build-record.ts` and `shard-record.ts`.
 */
import type { Source } from '../construction/import/import-rows.ts';
import type { LlmTrackConfig } from '../construction/llm/config.ts';
import type { Shard } from '../construction/mixture/shard.ts';
import type { DataRequest } from '../refinement/diagnose.ts';
import type { BuildSettings } from './build-record.ts';
import type { ShardRecord } from './shard-record.ts';

/** A build of dossiers, short and long: how many of each. */
export type DossierSettings = Omit<BuildSettings, 'mixture'>;
/** A build by every generator: which mixture, how many places. */
export type MixtureSettings = ShardRecord['settings'];

interface Resumable {
  /** Directory that the dataset or shard goes to. */
  readonly out: string;
  /** Go on with what a killed build left there; otherwise begin. */
  readonly resume: boolean;
}

/** Samples over dossiers, as the quickstart has them. */
export interface QuickstartPlan extends Resumable {
  readonly kind: 'quickstart';
  readonly settings: DossierSettings;
}

/** Samples of all tasks and lengths by every generator. */
export interface MixturePlan extends Resumable {
  readonly kind: 'mixture';
  readonly settings: MixtureSettings;
}

/** Every n-th place of a mixture. */
export interface ShardPlan extends Resumable {
  readonly kind: 'shard';
  readonly settings: MixtureSettings;
  readonly shard: Shard;
}

/** The shards of a mixture as the dataset that one build would have written. */
export interface MergePlan {
  readonly kind: 'merge';
  readonly out: string;
  readonly shards: readonly string[];
}

/** The next version of a dataset, with what a diagnosis asked for. */
export interface SupplementPlan {
  readonly kind: 'supplement';
  readonly out: string;
  /** Dataset that is added to. */
  readonly base: string;
  readonly request: DataRequest;
  readonly settings: Pick<BuildSettings, 'docs' | 'licence' | 'seed' | 'tokenizer'>;
}

/** Samples that language models write; the configuration names the directory. */
export interface LlmPlan {
  readonly kind: 'llm';
  readonly config: LlmTrackConfig;
  readonly resume: boolean;
}

/** Rows of a dataset of somebody else. */
export interface ImportPlan {
  readonly kind: 'import';
  /** Absent: rows are read and counted, and nothing is written. */
  readonly out?: string;
  /** Files, folders and patterns. */
  readonly targets: readonly string[];
  /** Path of the tokenizer that counts prompts; the estimate without it. */
  readonly tokenizer?: string | undefined;
  /** Of text files; told from their bytes without it. */
  readonly encoding?: string | undefined;
  /** Name of the dataset. */
  readonly name: string;
  readonly source: Source;
}

/** A dataset that is there already, and is only counted. */
export interface CompletePlan {
  readonly kind: 'complete';
  readonly out: string;
}

/** Told apart by `kind`. */
export type BuildPlan =
  | QuickstartPlan
  | MixturePlan
  | ShardPlan
  | MergePlan
  | SupplementPlan
  | LlmPlan
  | ImportPlan
  | CompletePlan;
