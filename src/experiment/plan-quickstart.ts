/**
 * @file The plan of a quickstart: the engine is measured, and the steps that fit into the time there is go into the run's configuration,
 * so that a resumed run takes as many.
 */
import { measureEngine } from '../planning/measure-engine.ts';
import { readModelShape } from '../planning/read-model-shape.ts';
import { planRun, type RunPlan, runPlanText } from '../planning/run-plan.ts';
import { random } from '../random.ts';
import { promptEncoder } from '../rollouts/group.ts';
import { type StageContext, stage } from '../runs/events.ts';
import type { RunDirectory } from '../runs/run-directory.ts';
import type { Sample } from '../samples/sample.ts';
import type { TrainingConfig } from '../training/config.ts';
import { formatConfig } from '../training/parse-config.ts';
import type { PolicyAndPrompts } from './run-experiment.ts';

/** What is planned. */
export interface PlanQuickstartOptions {
  readonly run: RunDirectory;
  readonly config: TrainingConfig;
  /** Folder of the policy. */
  readonly model: string;
  readonly train: readonly Sample[];
  /** Seconds that the whole may take; absent: the steps of the configuration are taken, whatever they take. */
  readonly budget?: number | undefined;
  /** When the run began, by `performance.now()`. */
  readonly begun: number;
  readonly signal?: AbortSignal | undefined;
}

/** Training prompts that are tokenised to know their lengths. */
const triedPrompts = 64;

/** The configuration with the steps that fit. What an earlier sitting planned stands. */
export async function planQuickstart(
  { run, config, model, train, budget, begun, signal }: PlanQuickstartOptions,
  { engine, tokenizer, heldout }: PolicyAndPrompts,
  context: StageContext,
): Promise<TrainingConfig> {
  if ((await run.readRecord()).facts.plan !== undefined || signal?.aborted) return config;
  const { maxContext } = await engine.info();
  const drawn = random(config.seed, 'plan').sample(train, triedPrompts);
  const prompts = (await promptEncoder(tokenizer)(drawn)).filter(
    ({ prompt }) => prompt.length <= maxContext - config.rollout.maxTokens,
  );
  // Training says what is wrong with such a set.
  if (prompts.length === 0) return config;
  const plan = await stage('plan', context, async (): Promise<{ value: RunPlan; summary: string }> => {
    const { shape } = await readModelShape(model);
    const speed = await measureEngine({ engine, tokenizer, config, shape, prompts, signal });
    const value = planRun({
      config,
      shape,
      speed,
      budget,
      trainTokens: prompts.map(({ prompt }) => prompt.length),
      heldoutTokens: heldout.map(({ prompt }) => prompt.length),
      setup: (performance.now() - begun) / 1000,
    });
    return { value, summary: runPlanText(value) };
  });
  const planned = { ...config, steps: plan.steps };
  await run.writeConfig(formatConfig(planned));
  await run.update({ facts: { plan } });
  return planned;
}
