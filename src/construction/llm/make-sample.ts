/**
 * @file One draft from the question to the sample (P3, LLM track): written, checked against its document, gated, judged, asked without
 * the document and among others, and solved by the cascade. Everything follows from the configuration, the document and the replies,
 * so that a run that was killed comes to the same sample from the replies it has.
 */
import type { Document, Span } from '../../corpus/document.ts';
import { sha256 } from '../../corpus/make-document.ts';
import { askStructured } from '../../llm/ask-structured.ts';
import type { Answered, CachedClient, PricedModel } from '../../llm/cached-client.ts';
import type { ChatRequest } from '../../llm/chat-model.ts';
import { type Cost, noCost } from '../../llm/cost-ledger.ts';
import { random } from '../../random.ts';
import type { RewardSpec } from '../../rewards/index.ts';
import type { LlmProvenance, Sample } from '../../samples/sample.ts';
import { type TaskId, tasks } from '../../tasks/task.ts';
import { estimateTokens } from '../length.ts';
import type { SplitName } from '../split.ts';
import { checkDraft, type Keyed } from './check-draft.ts';
import { choiceSchemaOf } from './choices.ts';
import type { LlmTrackConfig } from './config.ts';
import { passRate, rolloutReward, strongVerdict, weakVerdict } from './difficulty.ts';
import { type Written, writtenSchemaOf } from './draft.ts';
import { answerGateFailure } from './gate-answer.ts';
import { injectionIn } from './injections.ts';
import { judgeMessages, verdictDecoding, verdictFailure, verdictSchema } from './judge.ts';
import { generationMessages, samplePrompt, solveMessages } from './prompts.ts';

export interface Slot {
  readonly index: number;
  readonly task: TaskId;
  readonly document: Document;
  readonly split: SplitName;
  /** Documents that have nothing to do with it. */
  readonly others: readonly Document[];
}

export interface TrackContext {
  readonly config: LlmTrackConfig;
  readonly client: Pick<CachedClient, 'ask' | 'askGroup'>;
  readonly models: ReadonlyMap<string, PricedModel>;
}

export interface Outcome {
  readonly index: number;
  readonly task: TaskId;
  readonly document: string;
  readonly sample?: Sample;
  /** The stage that discarded the draft, and why. */
  readonly stage?: string;
  readonly why?: string;
  /** Known when all drafts are through: replies may be shared. */
  readonly cost: Cost;
}

/** Ends a draft; never leaves this file. */
class Discard extends Error {
  readonly stage: string;
  constructor(stage: string, why: string) {
    super(why);
    this.stage = stage;
  }
}

/** Asks the endpoints by their names. */
class Asker {
  readonly context: TrackContext;

  constructor(context: TrackContext) {
    this.context = context;
  }

  ask(endpoint: string, request: ChatRequest): Promise<Answered> {
    return this.context.client.ask(this.modelOf(endpoint), request);
  }

  askGroup(endpoint: string, request: ChatRequest, count: number): Promise<Answered[]> {
    return this.context.client.askGroup(this.modelOf(endpoint), request, count);
  }

  private modelOf(endpoint: string): PricedModel {
    const model = this.context.models.get(endpoint);
    if (model === undefined) throw new Error(`no endpoint ${endpoint}`);
    return model;
  }

  nameOf(endpoint: string): string {
    return this.context.models.get(endpoint)?.model.name ?? endpoint;
  }
}

/** Room above it for the seeds of a group, which servers read as 32 bits. */
const seedOf = (...labels: (string | number)[]): number => random(...labels).uint32() >>> 2;

/** The endpoint for a document of this length. */
export function routeOf({ generation }: LlmTrackConfig, tokens: number): string | undefined {
  return generation.routes.find(({ upTo = Number.POSITIVE_INFINITY }) => tokens <= upTo)?.endpoint;
}

/** The reward at which a rollout of the task passes. */
const passRewardOf = ({ passReward, passRewardByTask }: LlmTrackConfig, task: TaskId): number =>
  passRewardByTask[task] ?? passReward;

async function write(asker: Asker, { index, task, document }: Slot) {
  const { config } = asker.context;
  const { temperature, maxTokens, repairs, choices } = config.generation;
  const endpoint = routeOf(config, estimateTokens(document.text));
  const optionsDraw = () => random(config.seed, 'llm-options', index);
  if (endpoint === undefined) throw new Discard('route', 'no endpoint takes a document of this length');
  const written = await askStructured<Written>({
    request: {
      messages: generationMessages(task, document),
      temperature,
      maxTokens,
      seed: seedOf(config.seed, 'generate', index),
    },
    schema: writtenSchemaOf(task),
    decoding: choices ? choiceSchemaOf(task, document) : undefined,
    object: (draft) => {
      const checked = checkDraft(task, draft, document.text, optionsDraw());
      return checked.ok ? undefined : checked.why;
    },
    repairs,
    constrain: config.endpoints[endpoint]?.constrain ?? false,
    ask: (request) => asker.ask(endpoint, request),
  });
  if (!written.ok) throw new Discard(written.at === 'form' ? 'schema' : 'text', written.why);
  const generation = { request: written.answers.at(-1)?.key ?? '', model: asker.nameOf(endpoint) };
  const checked = checkDraft(task, written.value, document.text, optionsDraw());
  if (!checked.ok) throw new Error('what was accepted is accepted again');
  return { written: written.value, keyed: checked.keyed, generation };
}

async function judgeOnce(asker: Asker, endpoint: string, slot: Slot, written: Written, keyed: Keyed, wrong: boolean) {
  const { judge, endpoints } = asker.context.config;
  const { task, document } = slot;
  const gold = wrong ? keyed.wrong : keyed.gold;
  const messages = judgeMessages({
    task,
    text: document.text,
    question: keyed.question,
    gold,
    rationale: written.rationale,
  });
  return await askStructured({
    request: { messages, temperature: 0, maxTokens: judge.maxTokens, seed: 1 },
    schema: verdictSchema,
    decoding: verdictDecoding,
    repairs: judge.repairs,
    constrain: endpoints[endpoint]?.constrain ?? false,
    ask: (request) => asker.ask(endpoint, request),
  });
}

/** A judge is believed only when it refuses the wrong key for what the key is: by a criterion, not for lack of a form or mark. */
function checkControl(control: Awaited<ReturnType<typeof judgeOnce>>, text: string): void {
  if (!control.ok) throw new Discard('judge-control', `no verdict on a wrong key: ${control.why}`);
  const failed = verdictFailure(control.value, text);
  if (failed === undefined) throw new Discard('judge-control', 'the judge passes a key that is wrong');
  if (failed === 'mark') throw new Discard('judge-control', 'the verdict on a wrong key bears another mark');
}

async function judgeDraft(asker: Asker, slot: Slot, written: Written, keyed: Keyed): Promise<LlmProvenance['judges']> {
  const { judge } = asker.context.config;
  const judges: LlmProvenance['judges'] = [];
  for (const endpoint of judge.endpoints) {
    const found = await judgeOnce(asker, endpoint, slot, written, keyed, false);
    if (!found.ok) throw new Discard('judge-schema', found.why);
    const failed = verdictFailure(found.value, slot.document.text);
    if (failed !== undefined) throw new Discard(`judge-${failed}`, found.value.reason.slice(0, 300));
    const { mark: _, reason: __, ...verdict } = found.value;
    const passes = Object.fromEntries(Object.entries(verdict).map(([name, value]) => [name, value === 'pass']));
    const control = judge.control ? await judgeOnce(asker, endpoint, slot, written, keyed, true) : undefined;
    if (control !== undefined) checkControl(control, slot.document.text);
    const key = control?.answers.at(-1)?.key;
    const request = found.answers.at(-1)?.key ?? '';
    judges.push({
      request,
      model: asker.nameOf(endpoint),
      verdict: passes,
      ...(key === undefined ? {} : { control: key }),
    });
  }
  return judges;
}

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

async function checks(asker: Asker, slot: Slot, keyed: Keyed, spec: RewardSpec) {
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

async function settle(asker: Asker, slot: Slot, prompt: string, spec: RewardSpec) {
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

interface Parts {
  readonly slot: Slot;
  readonly seed: number;
  readonly keyed: Keyed;
  readonly written: Written;
  readonly spec: RewardSpec;
  readonly prompt: string;
  readonly llm: LlmProvenance;
}

function sampleOf({ slot, seed, keyed, written, spec, prompt, llm }: Parts): Sample {
  const { task, document, split, index } = slot;
  const { id, sha256: hash, source, licence } = document;
  const span = ({ start, end }: Span) => ({ document: id, span: { start, end } });
  return {
    id: sha256(`${task}\u0000${prompt}\u0000${spec.gold.join('\n')}`).slice(0, 16),
    task,
    prompt,
    reward: { metric: spec.metric, gold: [...spec.gold], language: spec.language },
    question: keyed.question,
    rationale: written.rationale,
    rendering: 'long',
    split,
    cluster: id,
    tokens: estimateTokens(prompt),
    provenance: {
      documents: [{ id, sha256: hash, source, licence }],
      evidence: keyed.evidence.map(span),
      generator: 'llm',
      generatorVersion: 1,
      seed: `${seed}/llm/${task}/${index}`,
      llm,
    },
  };
}

async function make(asker: Asker, slot: Slot): Promise<Sample> {
  const { task, document } = slot;
  const { seed } = asker.context.config;
  const injected = injectionIn(`${document.title}\n${document.text}`);
  if (injected !== undefined)
    throw new Discard('injection', `the document addresses a model: ${injected.slice(0, 100)}`);
  const { written, keyed, generation } = await write(asker, slot);
  const told = injectionIn(`${written.question}\n${written.rationale}`);
  if (told !== undefined) throw new Discard('injection', `the draft addresses a model: ${told.slice(0, 100)}`);
  const language = document.language === 'zh' ? 'zh' : 'en';
  const spec: RewardSpec = { metric: tasks[task].metric, gold: keyed.gold, language };
  const prompt = samplePrompt(block(document), keyed.question, task);
  const failure = answerGateFailure({ task, spec, question: keyed.question, prompt });
  if (failure !== undefined) throw new Discard(failure.gate, failure.why);
  const judges = await judgeDraft(asker, slot, written, keyed);
  const checksFound = await checks(asker, slot, keyed, spec);
  const settled = await settle(asker, slot, prompt, spec);
  return sampleOf({
    slot,
    seed,
    keyed,
    written,
    spec,
    prompt,
    llm: { generation, judges, ...checksFound, ...settled, cost: noCost },
  });
}

/** @throws ChatFailure when a request got no reply, ResourceError when the budget is spent. */
export async function makeLlmSample(context: TrackContext, slot: Slot): Promise<Outcome> {
  const asker = new Asker(context);
  const place = { index: slot.index, task: slot.task, document: slot.document.id };
  try {
    const sample = await make(asker, slot);
    return { ...place, sample, cost: noCost };
  } catch (error) {
    if (!(error instanceof Discard)) throw error;
    return { ...place, stage: error.stage, why: error.message, cost: noCost };
  }
}
