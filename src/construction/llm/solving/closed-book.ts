/** @file A draft before readers who have none of its documents: what they earn beyond guessing, a policy would earn unread. */
import type { RewardSpec } from '../../../rewards/index.ts';
import type { Keyed } from '../checks/check-draft.ts';
import { type Asker, type Fault, primaryOf, type Slot } from '../draft-context.ts';
import { samplePrompt, solveMessages } from '../prompts.ts';
import { languageOf } from '../shown-documents.ts';
import { byGuessing } from './guessing.ts';
import { joined, mean, type Rollouts, solve } from './rollouts.ts';
import { shortened, told } from './told-answer.ts';

/** How likely guessing has to be to come so far for a draft not to be blamed: one right letter of two says nothing. */
const believed = 0.1;

/**
 * Asks the question without its documents. What guessing among the options earns is not held against it.
 *
 * @returns the rollouts, or what is wrong when their mean reward is above chance by more than `most` of the rest, and guessing would not
 * come so far easily.
 */
export async function closedBook(
  asker: Asker,
  slot: Slot,
  keyed: Keyed,
  spec: RewardSpec,
): Promise<Rollouts | Fault | undefined> {
  const { closedBook: wanted } = asker.context.config;
  if (wanted === undefined) return undefined;
  const messages = solveMessages(samplePrompt([], keyed.question, slot.subTask, languageOf(primaryOf(slot))));
  const ask = (from: number, to: number) =>
    solve(asker, slot, { endpoint: wanted.endpoint, messages, spec, stage: 'closed book', from, to });
  const limit = keyed.chance + wanted.most * (1 - keyed.chance);
  const blamed = (rewards: readonly number[]): boolean =>
    mean(rewards) > limit + 1e-9 && byGuessing(rewards, keyed.guesses) <= believed;
  let found = await ask(0, 1);
  for (let count = 1; count < wanted.rollouts; count++) {
    const left = wanted.rollouts - count;
    const ends = [0, 1].map((reward) => blamed([...found.rewards, ...new Array<number>(left).fill(reward)]));
    // What is left cannot change the verdict any more.
    if (ends[0] === ends[1]) break;
    found = joined(found, await ask(count, count + 1));
  }
  const missing = new Array<number>(wanted.rollouts - found.rewards.length).fill(0);
  if (!blamed([...found.rewards, ...missing])) return found;
  const earned = mean(found.rewards);
  const [said, chance] = [shortened(told(found.texts[0] ?? '').answer), keyed.chance.toFixed(2)];
  return {
    stage: 'closed-book',
    why: `readers without the documents earn ${earned.toFixed(2)} on average (chance is ${chance}), e.g. by answering "${said}": ask for what cannot be known or guessed`,
    zh: `没有文档的读者平均也得 ${earned.toFixed(2)} 分（随机为 ${chance}），例如答“${said}”：请问无从知道也猜不到的内容`,
  };
}
