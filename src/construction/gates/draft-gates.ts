/**
 * @file The gates for a draft of a language model: g4, g9, g2, g5. g1 is the location of evidence and key in the document
 * (`check-draft.ts`), g3 the judge's answer uniqueness, g8 the shuffle of options.
 */
import type { RewardSpec } from '../../rewards/index.ts';
import type { TaskId } from '../../tasks/task.ts';
import { answerFailure, boilerplateFailure } from './answer-gates.ts';
import type { GateFailure } from './gate.ts';
import { foldedText, timesStanding } from './locate.ts';

/** What the gates see of a draft that a language model wrote; `prompt` is the whole prompt. */
export interface GatedDraft {
  readonly task: TaskId;
  readonly spec: RewardSpec;
  readonly question: string;
  readonly prompt: string;
}

const withoutSeparators = (text: string): string => text.replace(/(?<=\d),(?=\d{3})/g, '');

/** Characters of a long prompt that the probes are cut from: more of them earn less and cost seconds. */
const probed = 20_000;

/** Keys of letters, and labels by numbers, stand in no question; whether it tells which is right, `check-draft.ts` has asked. */
function toldKey({ task, spec, question }: GatedDraft): string | undefined {
  if (task === 'T2' || task === 'T6' || task === 'T7' || task === 'T8') return undefined;
  const asked = withoutSeparators(foldedText(question));
  return spec.gold.find((line) => timesStanding(asked, withoutSeparators(foldedText(line)), 1) > 0);
}

/** The first gate that the draft does not pass; undefined when it passes all. */
export function draftGateFailure(draft: GatedDraft): GateFailure | undefined {
  const told = toldKey(draft);
  if (told !== undefined) return { gate: 'g4', why: `the question contains "${told.slice(0, 80)}"` };
  return boilerplateFailure(draft.prompt) ?? answerFailure(draft.spec, draft.prompt.slice(-probed));
}
