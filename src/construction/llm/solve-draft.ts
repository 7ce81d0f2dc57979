/**
 * @file A draft before its solvers: without the documents, over the documents by readers who do not see the key, among other documents, and
 * in the cascade of a weak and a strong policy.
 */
import type { Document } from '../../corpus/document.ts';
import type { Answered } from '../../llm/cached-client.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import { random } from '../../random.ts';
import type { RewardSpec } from '../../rewards/index.ts';
import type { LlmProvenance } from '../../samples/sample.ts';
import { estimateTokens } from '../../tokens.ts';
import type { Keyed } from './checks/check-draft.ts';
import { goodRewardOf, passRate, rolloutReward, strongVerdict, weakVerdict } from './difficulty.ts';
import { type Asker, type AskStage, Discard, type Fault, primaryOf, type Slot, seedOf } from './draft-context.ts';
import { blindMessages, samplePrompt, solveMessages } from './prompts.ts';
import { languageOf, shownOf } from './shown-documents.ts';

interface Solving {
  readonly endpoint: string;
  readonly messages: readonly ChatMessage[];
  readonly spec: RewardSpec;
  readonly stage: AskStage;
  /** Numbers of the rollouts to ask for, from and up to; each has a seed of its own. */
  readonly from: number;
  readonly to: number;
}

/** Rollouts of a model, with their rewards. */
export interface Rollouts {
  readonly model: string;
  readonly requests: string[];
  readonly rewards: number[];
  readonly texts: readonly string[];
}

/** As the sample keeps them. */
export const kept = ({ model, requests, rewards }: Rollouts) => ({ model, requests, rewards });

async function solve(
  asker: Asker,
  slot: Slot,
  { endpoint, messages, spec, stage, from, to }: Solving,
): Promise<Rollouts> {
  const { seed, solving } = asker.context.config;
  const request = {
    messages,
    temperature: solving.temperature,
    maxTokens: solving.maxTokens,
    seed: seedOf(seed, stage, slot.index) + from,
  };
  const answers: Answered[] = to > from ? await asker.askGroup(endpoint, request, to - from, stage) : [];
  const texts = answers.map(({ reply }) => reply.text);
  return {
    model: asker.nameOf(endpoint),
    requests: answers.map(({ key }) => key),
    rewards: texts.map((text) => rolloutReward(spec, text)),
    texts,
  };
}

const joined = (a: Rollouts, b: Rollouts): Rollouts => ({
  model: a.model,
  requests: [...a.requests, ...b.requests],
  rewards: [...a.rewards, ...b.rewards],
  texts: [...a.texts, ...b.texts],
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const shortened = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 240);

/** What a reader wrote as the answer, and what it quoted. */
function told(text: string): { readonly answer: string; readonly quotes: readonly string[] } {
  const said = text.slice(text.lastIndexOf('</think>') + 1);
  const at = Math.max(said.lastIndexOf('[Answer]'), said.lastIndexOf('[答案]'));
  const quotes = (at < 0 ? said : said.slice(0, at)).match(/^> ?.+$/gm) ?? [];
  return {
    answer: at < 0 ? said.trim() : said.slice(at).replace(/^\[(?:Answer|答案)\]\s*/, ''),
    quotes: quotes.map((quote) => quote.replace(/^> ?/, '')),
  };
}

/** How likely guessing has to be to come so far for a draft not to be blamed: one right letter of two says nothing. */
const believed = 0.15;

/** The probability that as many guesses are right, each with the chance; part of a reward counts as a whole one. */
function byChance(rewards: readonly number[], chance: number): number {
  const count = rewards.length;
  const least = Math.ceil(rewards.reduce((sum, reward) => sum + reward, 0) - 1e-9);
  let [sum, ways] = [0, 1];
  for (let right = 0; right <= count; right++) {
    if (right >= least) sum += ways * chance ** right * (1 - chance) ** (count - right);
    ways = (ways * (count - right)) / (right + 1);
  }
  return sum;
}

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
    mean(rewards) > limit + 1e-9 && byChance(rewards, keyed.chance) <= believed;
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
  const why = `readers without the documents earn ${earned.toFixed(2)} on average (chance is ${keyed.chance.toFixed(2)}), e.g. by answering "${shortened(told(found.texts[0] ?? '').answer)}": ask for what cannot be known or guessed`;
  return { stage: 'closed-book', why };
}

/** Without marks, so that two readers who write a thing differently are seen to agree. */
const plain = (answer: string): string =>
  answer
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();

function disagreement({ texts, rewards }: Rollouts, keyed: Keyed, good: number): Fault {
  const others = texts.map(told).filter((_, i) => (rewards[i] ?? 0) < good - 1e-9);
  const agree = others.length > 1 && new Set(others.map(({ answer }) => plain(answer))).size === 1;
  const answers = others
    .map(
      ({ answer, quotes }) =>
        `"${shortened(answer)}"${quotes.length > 0 ? ` by "${shortened(quotes.join('" "'))}"` : ''}`,
    )
    .join('; ');
  const meaning = agree
    ? 'they agree with each other: the key is wrong, or the question asks for something else'
    : 'the question may be read in several ways, or the key lacks or adds something';
  const key = shortened(keyed.gold.join(' | '));
  return { stage: 'blind', why: `readers who did not see the key (${key}) answered ${answers}; ${meaning}` };
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
  const { blind, config } = { blind: asker.context.config.blind, config: asker.context.config };
  if (blind === undefined || slot.task === 'T9') return undefined;
  const language = languageOf(primaryOf(slot));
  const messages = blindMessages(samplePrompt(slot.documents, keyed.question, slot.subTask, language), language);
  const ask = (from: number, to: number) =>
    solve(asker, slot, { endpoint: blind.endpoint, messages, spec, stage: 'blind', from, to });
  const good = goodRewardOf(config, slot.task);
  const passes = ({ rewards }: Rollouts): number => rewards.filter((reward) => reward >= good - 1e-9).length;
  const first = await ask(0, blind.answers);
  const divided = 2 * passes(first) === blind.answers;
  const found = divided ? joined(first, await ask(blind.answers, blind.answers + 1)) : first;
  return 2 * passes(found) > found.rewards.length ? found : disagreement(found, keyed, good);
}

/** The first of others that come to so many tokens. */
export function surrounding(others: readonly Document[], tokens: number): Document[] {
  const around: Document[] = [];
  let room = tokens;
  for (const other of others) {
    if (room <= 0) break;
    around.push(other);
    room -= estimateTokens(shownOf(other).text);
  }
  return around;
}

/** The documents among others, in an order that the seed draws. */
export function crowded({ documents, others, index }: Slot, seed: number, tokens: number): Document[] {
  return random(seed, 'llm-order', index).shuffle([...documents, ...surrounding(others, tokens)]);
}

/** The documents of the prompt: those asked about, and as many like them as its length wants. */
export function promptDocuments(slot: Slot, seed: number): readonly Document[] {
  if (slot.length === undefined) return slot.documents;
  const own = slot.documents.reduce((sum, document) => sum + estimateTokens(shownOf(document).text), 0);
  return own >= slot.length ? slot.documents : crowded(slot, seed, slot.length - own);
}

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
  const why = `among other documents of the same kind nobody finds the key; one answered "${shortened(told(found.texts[0] ?? '').answer)}": the question must say what it is about so that no other document fits`;
  return { stage: 'robustness', why };
}

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
    const passed = found.rewards.filter((reward) => reward >= good - 1e-9).length;
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
