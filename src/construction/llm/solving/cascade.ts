/** @file A draft in the cascade of a weak and a strong policy, which settles its difficulty. */
import type { RewardSpec } from '../../../rewards/index.ts';
import type { LlmProvenance } from '../../../samples/sample.ts';
import { goodRewardOf, passesIn, strongVerdict, weakVerdict } from '../difficulty.ts';
import { type Asker, Discard, type Slot } from '../draft-context.ts';
import { solveMessages } from '../prompts.ts';
import { joined, kept, type Rollouts, solve } from './rollouts.ts';

/** What the cascade settles. */
export interface Settled {
  readonly rollouts: LlmProvenance['rollouts'];
  readonly difficulty?: NonNullable<LlmProvenance['difficulty']>;
}

/**
 * Rollouts one after another until what is left cannot change the verdict any more: the verdict is that of all of them.
 *
 * @param known Rollouts of the same policy over the same documents that an earlier check has paid for.
 */
async function settledBy<T>(
  count: number,
  known: Rollouts,
  ask: (from: number, to: number) => Promise<Rollouts>,
  verdict: (rate: number) => T,
  good: number,
): Promise<{ readonly found: Rollouts; readonly verdict: T }> {
  let found: Rollouts = {
    ...known,
    requests: known.requests.slice(0, count),
    rewards: known.rewards.slice(0, count),
    texts: known.texts.slice(0, count),
  };
  for (;;) {
    const passed = passesIn(found.rewards, good);
    const left = count - found.rewards.length;
    const [worst, best] = [verdict(passed / count), verdict((passed + left) / count)];
    if (left === 0 || worst === best) return { found, verdict: worst };
    const next = Math.max(1, Math.floor(left / 2));
    const from = found.rewards.length;
    found = joined(found, await ask(from, from + next));
  }
}

/**
 * The difficulty by rollouts on the prompt, weak policy first; empty without a cascade.
 *
 * @param paid Rollouts that checks have paid for, which count for the strong policy where it is the same endpoint.
 * @throws Discard when the strong policy passes less often than `strongHardFrom`.
 */
export async function settle(
  asker: Asker,
  slot: Slot,
  prompt: string,
  spec: RewardSpec,
  paid: readonly { readonly endpoint: string; readonly rollouts: Rollouts }[],
): Promise<Settled> {
  const { config } = asker.context;
  const { cascade } = config;
  if (cascade === undefined) return { rollouts: [] };
  const good = goodRewardOf(config, slot.task);
  const none = (endpoint: string): Rollouts => ({
    model: asker.nameOf(endpoint),
    requests: [],
    rewards: [],
    texts: [],
  });
  const stageOf = (endpoint: string) => (from: number, to: number) =>
    solve(asker, slot, { endpoint, messages: solveMessages(prompt), spec, stage: 'cascade', from, to });
  const ask = { weak: stageOf(cascade.weak), strong: stageOf(cascade.strong) };
  const weak = await settledBy(
    cascade.rollouts,
    none(cascade.weak),
    ask.weak,
    (rate) => weakVerdict(rate, cascade),
    good,
  );
  const rollouts: LlmProvenance['rollouts'] = [{ stage: 'weak', ...kept(weak.found) }];
  if (weak.verdict !== 'unsolved') return { rollouts, difficulty: weak.verdict };
  const known = paid
    .filter(({ endpoint }) => endpoint === cascade.strong)
    .reduce((sum, { rollouts: one }) => joined(sum, one), none(cascade.strong));
  const strong = await settledBy(cascade.rollouts, known, ask.strong, (rate) => strongVerdict(rate, cascade), good);
  rollouts.push({ stage: 'strong', ...kept(strong.found) });
  if (strong.verdict === 'discard')
    throw new Discard('cascade', `rewards of the strong policy: ${strong.found.rewards.join(' ')}`);
  return { rollouts, difficulty: strong.verdict };
}
