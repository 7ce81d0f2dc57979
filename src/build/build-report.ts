/**
 * @file What came of a plan, whatever its kind: for a person, for a program, for a script.
 */
import type { GolongrlError } from '../errors.ts';
import type { OpenedModel } from '../llm/chat-model.ts';
import type { StageContext } from '../runs/events.ts';

/** What a build reports to, and what only a caller can open. */
export interface BuildContext extends StageContext {
  /** Opens the policy of a folder for the LLM track. */
  readonly openModel: (directory: string) => Promise<OpenedModel>;
}

/** What `runBuild` and `previewPlan` return for every kind of plan. */
export interface BuildReport {
  /** Where the result lies; absent where nothing was written. */
  readonly out?: string | undefined;
  /** What the stages came to, as the dataset card says it. */
  readonly lines: readonly string[];
  /** The result in words. */
  readonly summary: string;
  /** The result as data, in the order in which it is printed. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Why the build counts as failed although it has a report. */
  readonly failure?: GolongrlError;
}
