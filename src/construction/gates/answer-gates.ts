/**
 * @file The gates that ask nothing of how a sample was made: the reward pays its gold (g2), no cheap answer earns much (g5), and no print
 * of a distribution is left in the prompt (g9). Every track of construction and every import goes through these.
 */

import { blindProbes, respond } from '../../audit/blind/probes.ts';
import { boilerplateMarks } from '../../corpus/structure/boilerplate.ts';
import { type Profile, profiles, type RewardSpec, renderGold, scoreResponse } from '../../rewards/index.ts';
import { exploitLimit, type GateFailure } from './gate.ts';

/** A gold earns 1 up to this: a summary's mean over references ends a rounding below it. */
const roundingBelow = 1e-6;

/** What a reward pays wrongly. */
export interface RewardFault {
  readonly profile: Profile;
  readonly response: 'gold' | 'empty';
  /** From 0 to 1. */
  readonly score: number;
  readonly reason: string;
}

/** g2: the first profile of those claimed that does not pay the gold in full, or pays for an empty response. */
export function rewardFault(spec: RewardSpec, claimed: readonly Profile[] = profiles): RewardFault | undefined {
  for (const profile of claimed) {
    const gold = scoreResponse(spec, renderGold(spec, profile), profile);
    if (gold.status !== 'ok' || gold.score < 1 - roundingBelow) return { profile, response: 'gold', ...gold };
    const empty = scoreResponse(spec, '', profile);
    if (empty.score > 0) return { profile, response: 'empty', ...empty };
  }
  return undefined;
}

const told = ({ profile, response, score, reason }: RewardFault): string =>
  response === 'gold'
    ? `${profile}: the gold scores ${score} (${reason})`
    : `${profile}: an empty response scores ${score}`;

/**
 * g2 and g5: the reward pays the gold in full and nothing else.
 *
 * @param probedText The prompt, or the part of it that general probes are cut from: every line of 100 pages as one answer costs
 * seconds and earns less.
 * @param own Answers that only the track knows: cheap ones that have the form of the task and nothing of the text.
 */
export function answerFailure(
  spec: RewardSpec,
  probedText: string,
  own: readonly string[] = [],
): GateFailure | undefined {
  const fault = rewardFault(spec);
  if (fault !== undefined) return { gate: 'g2', why: told(fault) };
  const probes = own.map((answer) => ({ name: answer, response: respond(answer) }));
  for (const { name, response } of [...probes, ...blindProbes(spec, probedText)]) {
    const { score } = scoreResponse(spec, response, 'hardened');
    if (score > exploitLimit) return { gate: 'g5', why: `a probe scores ${score.toFixed(2)}: ${name.slice(0, 80)}` };
  }
  return undefined;
}

/** g9: a header, footer or page number of a distribution that is left in the prompt. */
export function boilerplateFailure(prompt: string): GateFailure | undefined {
  const mark = boilerplateMarks.find((pattern) => pattern.test(prompt));
  return mark === undefined ? undefined : { gate: 'g9', why: `the prompt matches ${mark}` };
}

/** A text as its words in lower case, with a space on each side, so that whole words can be searched. */
export const foldedWords = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim()} `;
