/**
 * @file One draft from the question to the sample (P3, LLM track): written, checked against its document, gated, judged, asked without
 * the document and among others, and solved by the cascade. Everything follows from the configuration, the document and the replies,
 * so that a run that was killed comes to the same sample from the replies it has.
 */
import { askStructured } from '../../llm/ask-structured.ts';
import { type Cost, noCost } from '../../llm/cost-ledger.ts';
import { random } from '../../random.ts';
import type { RewardSpec } from '../../rewards/index.ts';
import type { LlmProvenance, Sample } from '../../samples/sample.ts';
import { type TaskId, tasks } from '../../tasks/task.ts';
import { estimateTokens } from '../../tokens.ts';
import { draftGateFailure } from '../gates/draft-gates.ts';
import { sampleOf } from '../make-sample.ts';
import { checkDraft, type Keyed } from './check-draft.ts';
import { choiceSchemaOf } from './choices.ts';
import { type Written, writtenSchemaOf } from './draft.ts';
import { Asker, Discard, routeOf, type Slot, seedOf, type TrackContext } from './draft-context.ts';
import { injectionIn } from './injections.ts';
import { judgeDraft } from './judge-draft.ts';
import { generationMessages, samplePrompt } from './prompts.ts';
import { block, checks, settle } from './solve-draft.ts';

/** What became of one draft: a sample, or the stage that discarded it. */
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

interface Parts {
  readonly slot: Slot;
  readonly seed: number;
  readonly keyed: Keyed;
  readonly written: Written;
  readonly spec: RewardSpec;
  readonly prompt: string;
  readonly llm: LlmProvenance;
}

function made({ slot, seed, keyed, written, spec, prompt, llm }: Parts): Sample {
  const { task, document, split, index } = slot;
  return sampleOf({
    draft: {
      task,
      spec,
      question: keyed.question,
      rationale: written.rationale,
      cluster: document.id,
      evidence: keyed.evidence.map((span) => ({ document: document.id, span })),
    },
    prompt,
    tokens: estimateTokens(prompt),
    rendering: 'long',
    split,
    documents: [document],
    generator: { id: 'llm', version: 1 },
    seed: `${seed}/llm/${task}/${index}`,
    more: { llm },
  });
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
  const failure = draftGateFailure({ task, spec, question: keyed.question, prompt });
  if (failure !== undefined) throw new Discard(failure.gate, failure.why);
  const judges = await judgeDraft(asker, slot, written, keyed);
  const checksFound = await checks(asker, slot, keyed, spec);
  const settled = await settle(asker, slot, prompt, spec);
  return made({
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
