/** @file A draft before readers who have its documents and do not see its key. */
import type { RewardSpec } from '../../../rewards/index.ts';
import type { Keyed } from '../checks/check-draft.ts';
import { say } from '../checks/said.ts';
import { goodRewardOf, isPass, passesIn } from '../difficulty.ts';
import { type Asker, type Fault, primaryOf, type Slot } from '../draft-context.ts';
import { blindMessages, samplePrompt } from '../prompts.ts';
import { languageOf } from '../shown-documents.ts';
import { joined, type Rollouts, solve } from './rollouts.ts';
import { shortened, told } from './told-answer.ts';

/** Without marks, so that two readers who write a thing differently are seen to agree. */
const plain = (answer: string): string =>
  answer
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();

function disagreement({ texts, rewards }: Rollouts, keyed: Keyed, good: number): Fault {
  const others = texts.map(told).filter((_, i) => !isPass(rewards[i] ?? 0, good));
  const agree = others.length > 1 && new Set(others.map(({ answer }) => plain(answer))).size === 1;
  const answers = others
    .map(
      ({ answer, quotes }) =>
        `"${shortened(answer)}"${quotes.length > 0 ? ` by "${shortened(quotes.join('" "'))}"` : ''}`,
    )
    .join('; ');
  const meaning = agree
    ? say(
        'they agree with each other: the key is wrong, or the question asks for something else',
        '他们彼此一致：答案有误，或问题问的是别的',
      )
    : say(
        'the question may be read in several ways, or the key lacks or adds something',
        '问题可能有几种读法，或答案有缺漏、多余',
      );
  const key = shortened(keyed.gold.join(' | '));
  return {
    stage: 'blind',
    why: `readers who did not see the key (${key}) answered ${answers}; ${meaning.en}`,
    zh: `没有看到答案（${key}）的读者答 ${answers}；${meaning.zh}`,
  };
}

/**
 * Readers answer over the documents without seeing the key, and quote what they rely on. Most of them must come to the key; when they are
 * divided one more is asked. Summaries have no one key and are left to the judge.
 */
export async function blindly(
  asker: Asker,
  slot: Slot,
  keyed: Keyed,
  spec: RewardSpec,
): Promise<Rollouts | Fault | undefined> {
  const { config } = asker.context;
  const { blind } = config;
  if (blind === undefined || slot.task === 'T9') return undefined;
  const language = languageOf(primaryOf(slot));
  const messages = blindMessages(samplePrompt(slot.documents, keyed.question, slot.subTask, language), language);
  const ask = (from: number, to: number) =>
    solve(asker, slot, { endpoint: blind.endpoint, messages, spec, stage: 'blind', from, to });
  const good = goodRewardOf(config, slot.task);
  const first = await ask(0, blind.answers);
  const divided = 2 * passesIn(first.rewards, good) === blind.answers;
  const found = divided ? joined(first, await ask(blind.answers, blind.answers + 1)) : first;
  return 2 * passesIn(found.rewards, good) > found.rewards.length ? found : disagreement(found, keyed, good);
}
