/**
 * @file Carries out the plan of a command and prints what came of it: one report and one printing for every kind of build.
 */
import type { BuildReport } from '../../build/build-report.ts';
import type { BuildPlan } from '../../build/plan.ts';
import { previewPlan } from '../../build/preview/preview-plan.ts';
import { runBuild } from '../../build/run-build.ts';
import { openEmbedded } from '../shared/open-chat-model.ts';
import type { Format, OutputFlags } from '../shared/options.ts';
import { progress } from '../shared/progress.ts';
import type { Terminal } from '../shared/terminal.ts';

/** Words for a person, one JSON object for a program, the place of the result for a script. */
export function print({ out, lines, summary, facts }: BuildReport, format: Format, terminal: Terminal): void {
  if (format === 'human' && lines.length > 0) terminal.err(`${lines.join('\n')}\n`);
  if (format === 'json') terminal.out(`${JSON.stringify(facts)}\n`);
  else if (format === 'human') terminal.out(`${summary}\n`);
  else if (out !== undefined) terminal.out(`${out}\n`);
}

/** The LLM track is silent beside JSON too, as it always was: scripts read both streams of it. */
const isSilent = ({ kind }: BuildPlan, format: Format): boolean =>
  format === 'quiet' || (kind === 'llm' && format === 'json');

/** @throws what the build throws, and the failure that its report states. */
export async function carryOut(
  plan: BuildPlan,
  { dryRun, format }: Pick<OutputFlags, 'dryRun' | 'format'>,
  terminal: Terminal,
): Promise<void> {
  const onEvent = isSilent(plan, format) ? () => undefined : progress(terminal);
  const context = { onEvent, seconds: {}, openModel: (name: string) => openEmbedded(name, terminal) };
  // A dry run has no place to name: what it says is its result.
  if (dryRun === true) return print(await previewPlan(plan, context), format === 'quiet' ? 'human' : format, terminal);
  const report = await runBuild(plan, context);
  print(report, format, terminal);
  if (report.failure !== undefined) throw report.failure;
}
