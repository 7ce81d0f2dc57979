/** @file A draft among other documents of its kind. */
import type { RewardSpec } from '../../../rewards/index.ts';
import type { Keyed } from '../checks/check-draft.ts';
import { goodRewardOf, passRate } from '../difficulty.ts';
import { type Asker, type Fault, primaryOf, type Slot } from '../draft-context.ts';
import { samplePrompt, solveMessages } from '../prompts.ts';
import { languageOf } from '../shown-documents.ts';
import { crowded, promptDocuments } from './around.ts';
import { type Rollouts, solve } from './rollouts.ts';
import { shortened, told } from './told-answer.ts';

/** Asks among other documents, in the final prompt where that has others already. */
export async function robustly(
  asker: Asker,
  slot: Slot,
  keyed: Keyed,
  spec: RewardSpec,
): Promise<Rollouts | Fault | undefined> {
  const { config } = asker.context;
  const { robustness: wanted, seed } = config;
  if (wanted === undefined) return undefined;
  const language = languageOf(primaryOf(slot));
  const final = promptDocuments(slot, seed);
  const documents = final.length > slot.documents.length ? final : crowded(slot, seed, wanted.addTokens);
  const messages = solveMessages(samplePrompt(documents, keyed.question, slot.subTask, language));
  const found = await solve(asker, slot, {
    ...wanted,
    messages,
    spec,
    stage: 'robustness',
    from: 0,
    to: wanted.rollouts,
  });
  if (passRate(found.rewards, goodRewardOf(config, slot.task)) > 0) return found;
  const said = shortened(told(found.texts[0] ?? '').answer);
  return {
    stage: 'robustness',
    why: `among other documents of the same kind nobody finds the key; one answered "${said}": the question must say what it is about so that no other document fits`,
    zh: `放在其他同类文档之间，没有人得出答案；有人答“${said}”：问题须说明所问为何，使别的文档都不符合`,
  };
}
