/**
 * @file Everything a report shows, read from a run directory. What a run has not written yet is absent here.
 */
import { z } from 'zod';
import type { Comparison } from '../evaluation/compare/statistics.ts';
import type { EvaluationRow } from '../evaluation/heldout.ts';
import { heldoutScoreSchema, type RunDirectory, type RunRecord } from '../runs/run-directory.ts';
import type { StepTimings } from '../training/loop.ts';
import type { TrainingMetrics } from '../training/step-metrics.ts';

const changeSchema = z.object({
  before: z.number(),
  after: z.number(),
  ci95: z.tuple([z.number(), z.number()]),
  samples: z.number(),
});
const comparisonSchema = z.object({
  tasks: z.record(z.string(), changeSchema),
  mean: changeSchema,
  clusters: z.number(),
});
const lengthSchema = z.object({
  name: z.string(),
  over: z.number(),
  to: z.number().optional(),
  beyondTraining: z.boolean(),
  sampled: changeSchema.optional(),
  greedy: changeSchema.optional(),
});
const floorSchema = z.object({
  reward: z.number(),
  ci95: z.tuple([z.number(), z.number()]),
  questions: z.number(),
  policy: z.string(),
});
const planSchema = z.object({
  setup: z.number(),
  evaluation: z.number(),
  step: z.number(),
  rest: z.number(),
  total: z.number(),
  steps: z.number(),
  asked: z.number(),
  budget: z.number().optional(),
});
const policySchema = z.object({
  model: z.string(),
  architecture: z.string(),
  parameters: z.number(),
  maxContext: z.number(),
});
const countsSchema = z.record(z.string(), z.number());

/** Facts that run.json may hold; the loose objects keep what this version does not know. */
const factsSchema = z.looseObject({
  policy: policySchema.optional(),
  comparison: z.object({ sampled: comparisonSchema.optional(), greedy: comparisonSchema.optional() }).optional(),
  /** The comparison by length of the prompt. */
  lengths: z.array(lengthSchema).optional(),
  /** What a policy earns of the evaluated questions that reads nothing, by task. */
  floors: z.record(z.string(), floorSchema).optional(),
  /** What the run was expected to take. */
  plan: planSchema.optional(),
  /** Name of the control that the run is. */
  control: z.string().optional(),
  heldout: z.array(heldoutScoreSchema).optional(),
  best: heldoutScoreSchema.optional(),
  seconds: countsSchema.optional(),
  peakRssMb: z.number().optional(),
  /** Of each process that worked on the run and ended in order: seconds by stage, peak memory, and seconds from its start to its end. */
  sittings: z
    .array(z.object({ seconds: countsSchema, peakRssMb: z.number().optional(), wall: z.number().optional() }))
    .optional(),
  dataset: z
    .looseObject({
      samples: z.number(),
      byTask: countsSchema,
      documents: countsSchema,
      /** Samples by task and column: short train, short held-out, then the length bins of long ones. */
      lengths: z.record(z.string(), countsSchema),
      rejections: z.array(z.object({ generator: z.string(), gate: z.string(), count: z.number() })),
      corpus: z.array(z.string()).default([]),
      refinement: z.array(z.string()),
    })
    .optional(),
});
/** Every field may be missing: a run writes them as it gets there. */
export type RunFacts = z.infer<typeof factsSchema>;

/** `sampled` and `greedy` compare before and after; undefined until both exist. */
export interface RunView {
  readonly record: RunRecord;
  readonly facts: RunFacts;
  /** The text of config.yaml. */
  readonly config: string;
  readonly metrics: readonly TrainingMetrics[];
  readonly timings: readonly StepTimings[];
  readonly before: readonly EvaluationRow[];
  readonly after: readonly EvaluationRow[];
  readonly sampled: Comparison | undefined;
  readonly greedy: Comparison | undefined;
}

/** @throws InputError when this is no run directory. */
export async function readRun(run: RunDirectory): Promise<RunView> {
  const record = await run.readRecord();
  const facts = factsSchema.safeParse(record.facts).data ?? {};
  return {
    record,
    facts,
    config: await run.readConfig(),
    metrics: (await run.readMetrics()) as TrainingMetrics[],
    timings: (await run.readTimings()) as StepTimings[],
    before: (await run.readEvaluation('before-sampled')) as EvaluationRow[],
    after: (await run.readEvaluation('after-sampled')) as EvaluationRow[],
    sampled: facts.comparison?.sampled,
    greedy: facts.comparison?.greedy,
  };
}
