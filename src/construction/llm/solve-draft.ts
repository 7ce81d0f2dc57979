/**
 * @file A draft before its solvers: without the document, among others, and in the cascade of a weak and a strong policy.
 */
import type { Document } from '../../corpus/document.ts';
import type { RewardSpec } from '../../rewards/index.ts';
import type { LlmProvenance } from '../../samples/sample.ts';
import type { TaskId } from '../../tasks/task.ts';
import { estimateTokens } from '../../tokens.ts';
import type { Keyed } from './check-draft.ts';
import type { LlmTrackConfig } from './config.ts';
import { passRate, rolloutReward, strongVerdict, weakVerdict } from './difficulty.ts';
import { type Asker, Discard, type Slot, seedOf } from './draft-context.ts';
import { samplePrompt, solveMessages } from './prompts.ts';

/** The reward at which a rollout of the task passes. */
const passRewardOf = ({ passReward, passRewardByTask }: LlmTrackConfig, task: TaskId): number =>
  passRewardByTask[task] ?? passReward;

interface Solving {
  readonly endpoint: string;
  readonly prompt: string;
  readonly spec: RewardSpec;
  readonly rollouts: number;
  /** Names the purpose in the random stream. */
  readonly label: string;
}

async function solve(asker: Asker, slot: Slot, { endpoint, prompt, spec, rollouts, label }: Solving) {
  const { seed, cascade } = asker.context.config;
  const request = {
    messages: solveMessages(prompt),
    temperature: cascade?.temperature ?? 1,
    maxTokens: cascade?.maxTokens ?? 2048,
    seed: seedOf(seed, label, slot.index),
  };
  const answers = await asker.askGroup(endpoint, request, rollouts);
  const rewards = answers.map(({ reply }) => rolloutReward(spec, reply.text));
  return { model: asker.nameOf(endpoint), requests: answers.map(({ key }) => key), rewards };
}

type Stage = Awaited<ReturnType<typeof solve>>;

/**
 * Asks the question without the document and among others, where the configuration wants it; gives the rollouts.
 *
 * @throws Discard when too many pass without the document, or none among others.
 */
export async function checks(asker: Asker, slot: Slot, keyed: Keyed, spec: RewardSpec) {
  const { closedBook, robustness } = asker.context.config;
  const found: { closedBook?: Stage; robustness?: Stage } = {};
  if (closedBook !== undefined) {
    const prompt = samplePrompt('', keyed.question, slot.task);
    found.closedBook = await solve(asker, slot, { ...closedBook, prompt, spec, label: 'closed-book' });
    const rate = passRate(found.closedBook.rewards, passRewardOf(asker.context.config, slot.task));
    if (rate > closedBook.most) throw new Discard('closed-book', `${rate} pass without the document`);
  }
  if (robustness !== undefined) {
    const prompt = samplePrompt(crowded(slot, robustness.addTokens), keyed.question, slot.task);
    found.robustness = await solve(asker, slot, { ...robustness, prompt, spec, label: 'robustness' });
    if (passRate(found.robustness.rewards, passRewardOf(asker.context.config, slot.task)) === 0)
      throw new Discard('robustness', 'nobody answers among other documents');
  }
  return found;
}

/** A document under its title, as prompts hold it. */
export const block = ({ title, text }: Document): string => `# ${title}\n\n${text}`;

/** The first of others that come to so many tokens. */
export function surrounding(others: readonly Document[], tokens: number): Document[] {
  const around: Document[] = [];
  let room = tokens;
  for (const other of others) {
    if (room <= 0) break;
    around.push(other);
    room -= estimateTokens(other.text);
  }
  return around;
}

/** The document among others. */
function crowded({ document, others }: Slot, tokens: number): string {
  const around = surrounding(others, tokens);
  const middle = Math.ceil(around.length / 2);
  return [...around.slice(0, middle), document, ...around.slice(middle)].map(block).join('\n\n');
}

/**
 * The difficulty by rollouts on the prompt, weak policy first; undefined without a cascade.
 *
 * @throws Discard when the strong policy passes less often than `strongHardFrom`.
 */
export async function settle(asker: Asker, slot: Slot, prompt: string, spec: RewardSpec) {
  const { cascade } = asker.context.config;
  if (cascade === undefined) return { rollouts: [] };
  const { rollouts: count } = cascade;
  const passReward = passRewardOf(asker.context.config, slot.task);
  const weak = await solve(asker, slot, { endpoint: cascade.weak, prompt, spec, rollouts: count, label: 'weak' });
  const rollouts: LlmProvenance['rollouts'] = [{ stage: 'weak', ...weak }];
  const first = weakVerdict(passRate(weak.rewards, passReward), cascade);
  if (first !== 'unsolved') return { rollouts, difficulty: first };
  const strong = await solve(asker, slot, { endpoint: cascade.strong, prompt, spec, rollouts: count, label: 'strong' });
  rollouts.push({ stage: 'strong', ...strong });
  const difficulty = strongVerdict(passRate(strong.rewards, passReward), cascade);
  if (difficulty === 'discard')
    throw new Discard('cascade', `rewards of the strong policy: ${strong.rewards.join(' ')}`);
  return { rollouts, difficulty };
}
