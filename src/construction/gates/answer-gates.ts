/**
 * @file The gates of programmatic samples that ask nothing of a dossier: g2, g4, g5, g9. g1 is the location of evidence and key in the
 * document (draft.ts), g3 the judge's answer uniqueness, g8 the shuffle of options.
 */
import { boilerplateMarks } from '../../corpus/structure/boilerplate.ts';
import { exploitProbes, profiles, type RewardSpec, renderGold, scoreResponse } from '../../rewards/index.ts';
import type { TaskId } from '../../tasks/task.ts';
import { exploitLimit, type GateFailure } from '../gates.ts';
import { foldedText, timesStanding } from './locate.ts';

export interface Answerable {
  readonly task: TaskId;
  readonly spec: RewardSpec;
  readonly question: string;
  readonly prompt: string;
}

const withoutSeparators = (text: string): string => text.replace(/(?<=\d),(?=\d{3})/g, '');

/** Characters of a long prompt that the probes are cut from: more of them earn less and cost seconds. */
const probed = 20_000;

export function answerGateFailure({ task, spec, question, prompt }: Answerable): GateFailure | undefined {
  // Options and items to order stand in the question by design; whether it tells which is right, `check-draft.ts` has asked.
  const asked = withoutSeparators(foldedText(question));
  const told = ['T2', 'T8'].includes(task)
    ? undefined
    : spec.gold.find((line) => timesStanding(asked, withoutSeparators(foldedText(line)), 1) > 0);
  if (told !== undefined) return { gate: 'g4', why: `the question contains "${told.slice(0, 80)}"` };
  const mark = boilerplateMarks.find((pattern) => pattern.test(prompt));
  if (mark !== undefined) return { gate: 'g9', why: `the prompt matches ${mark}` };
  for (const profile of profiles) {
    const gold = scoreResponse(spec, renderGold(spec, profile), profile).score;
    if (gold < 1 - 1e-9) return { gate: 'g2', why: `${profile}: the gold scores ${gold}` };
    const empty = scoreResponse(spec, '', profile).score;
    if (empty > 0) return { gate: 'g2', why: `${profile}: an empty response scores ${empty}` };
  }
  for (const { name, response } of exploitProbes(spec, prompt.slice(-probed))) {
    const { score } = scoreResponse(spec, response, 'hardened');
    if (score > exploitLimit) return { gate: 'g5', why: `a probe scores ${score.toFixed(2)}: ${name.slice(0, 80)}` };
  }
  return undefined;
}
