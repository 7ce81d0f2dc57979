/**
 * @file One draft from the facts to the sample (P3, LLM track): written, checked against its documents, gated, asked without the documents,
 * solved by readers who do not see the key, judged, asked among other documents, and solved by the cascade, the cheaper check first.
 * Everything follows from the configuration, the documents and the replies, so that a run that was killed comes to the same sample
 * from the replies it has.
 */
import type { Cost } from '../../llm/cost-ledger.ts';
import { noCost } from '../../llm/cost-ledger.ts';
import { random } from '../../random.ts';
import type { RewardSpec } from '../../rewards/index.ts';
import type { LlmProvenance, Sample } from '../../samples/sample.ts';
import { type TaskId, tasks } from '../../tasks/task.ts';
import { estimateTokens } from '../../tokens.ts';
import { draftGateFailure } from '../gates/draft-gates.ts';
import type { GateFailure } from '../gates/gate.ts';
import { sampleOf } from '../make-sample.ts';
import { statedReward } from '../state-reward.ts';
import { checkDraft, type Keyed } from './checks/check-draft.ts';
import type { AskedBefore, DraftPlace } from './checks/draft-place.ts';
import type { Written } from './draft.ts';
import { type Asker, type AskStage, type Control, Discard, type Fault, primaryOf, type Slot } from './draft-context.ts';
import { injectionIn } from './injections.ts';
import { judgeDraft } from './judge-draft.ts';
import { promptVersions, samplePrompt } from './prompts.ts';
import { languageOf, shownOf } from './shown-documents.ts';
import { promptDocuments } from './solving/around.ts';
import { blindly } from './solving/blind.ts';
import { settle } from './solving/cascade.ts';
import { closedBook } from './solving/closed-book.ts';
import { robustly } from './solving/robustness.ts';
import { kept, type Rollouts } from './solving/rollouts.ts';
import { writeDraft, writingOf } from './write-draft.ts';

/** What became of one draft: a sample, or the stage that discarded it. */
export interface Outcome {
  readonly index: number;
  readonly task: TaskId;
  readonly subTask: string;
  readonly document: string;
  readonly sample?: Sample;
  /** The stage that discarded the draft, and why. */
  readonly stage?: string;
  readonly why?: string;
  /** Faults that were sent back to the writer. */
  readonly repairs: readonly Fault[];
  /** What judges said of near misses. */
  readonly controls: readonly Control[];
  /** Known when all drafts are through: replies may be shared. */
  readonly cost: Cost;
  readonly stages: Readonly<Partial<Record<AskStage, Cost>>>;
}

/** What the checks of models found in favour of a draft. */
interface Examined {
  readonly keyed: Keyed;
  readonly spec: RewardSpec;
  readonly prompt: string;
  readonly judges: LlmProvenance['judges'];
  readonly closedBook?: Rollouts | undefined;
  readonly blind?: Rollouts | undefined;
  readonly robustness?: Rollouts | undefined;
}

type TextExamination =
  | { readonly faults: readonly Fault[] }
  | { readonly found: Pick<Examined, 'keyed' | 'spec' | 'prompt'> };

type Examination = { readonly faults: readonly Fault[] } | { readonly found: Examined };

const isFault = (found: Rollouts | Fault | undefined): found is Fault => found !== undefined && 'stage' in found;

const gatesInChinese: Readonly<Partial<Record<GateFailure['gate'], string>>> = {
  g2: '评分不认这个答案',
  g4: '问题里出现了答案',
  g5: '不读文档、随手作答也能得分',
  g9: '题面残留排版痕迹',
};

const gateFault = ({ gate, why }: GateFailure): Fault => ({
  stage: gate,
  why,
  zh: `${gatesInChinese[gate] ?? gate}（${why}）`,
});

/** Checks that cost nothing: all faults of text, or the gate that refuses the draft. */
function examineText(asker: Asker, slot: Slot, written: Written, place: DraftPlace): TextExamination {
  const { seed } = asker.context.config;
  const checked = checkDraft(place, written, random(seed, 'llm-options', slot.index));
  if (!checked.ok) return { faults: checked.faults.map(({ en, zh }) => ({ stage: 'text', why: en, zh })) };
  const { keyed } = checked;
  const language = languageOf(primaryOf(slot));
  const prompt = samplePrompt(promptDocuments(slot, seed), keyed.question, slot.subTask, language);
  const { metric } = tasks[slot.task];
  const spec = statedReward({ metric, gold: keyed.gold, language }, { prompt, question: keyed.question });
  const failure = draftGateFailure({ task: slot.task, spec, question: keyed.question, prompt });
  if (failure !== undefined) return { faults: [gateFault(failure)] };
  return { found: { keyed, spec, prompt } };
}

async function examine(asker: Asker, slot: Slot, written: Written, place: DraftPlace): Promise<Examination> {
  const text = examineText(asker, slot, written, place);
  if ('faults' in text) return { faults: text.faults };
  const { keyed, spec, prompt } = text.found;
  const closed = await closedBook(asker, slot, keyed, spec);
  if (isFault(closed)) return { faults: [closed] };
  const blind = await blindly(asker, slot, keyed, spec);
  if (isFault(blind)) return { faults: [blind] };
  const { judges, faults } = await judgeDraft(asker, slot, written, keyed);
  if (faults.length > 0) return { faults };
  const robustness = await robustly(asker, slot, keyed, spec);
  if (isFault(robustness)) return { faults: [robustness] };
  return { found: { keyed, spec, prompt, judges, closedBook: closed, blind, robustness } };
}

function llmOf(
  found: Examined,
  generation: LlmProvenance['generation'],
  repairs: readonly Fault[],
  subTask: Slot['subTask'],
) {
  const { judges, closedBook: closed, blind, robustness } = found;
  return {
    generation,
    prompts: { ...promptVersions, subTask: subTask.version },
    ...(repairs.length === 0 ? {} : { repairs: repairs.map(({ stage }) => stage) }),
    judges,
    ...(closed === undefined ? {} : { closedBook: kept(closed) }),
    ...(blind === undefined ? {} : { blind: kept(blind) }),
    ...(robustness === undefined ? {} : { robustness: kept(robustness) }),
  };
}

async function make(asker: Asker, slot: Slot, asked: readonly AskedBefore[]): Promise<Sample> {
  const { task, subTask, documents, split, index } = slot;
  const { config } = asker.context;
  const injected = documents
    .map(({ title, text }) => injectionIn(`${title}\n${text}`))
    .find((one) => one !== undefined);
  if (injected !== undefined)
    throw new Discard('injection', `the document addresses a model: ${injected.slice(0, 100)}`);
  const writing = writingOf(slot, config.seed, asked);
  const offered = writing.offered.map(({ quote }) => quote);
  const place = { subTask, shown: documents.map(shownOf), offered, asked };
  const { written, found, generation } = await writeDraft(asker, slot, writing, (draft) =>
    examine(asker, slot, draft, place),
  );
  const { keyed, spec, prompt } = found;
  const paid = (['blind', 'robustness'] as const).flatMap((name) => {
    const [endpoint, rollouts] = [config[name]?.endpoint, found[name]];
    return endpoint === undefined || rollouts === undefined ? [] : [{ endpoint, rollouts }];
  });
  const settled = await settle(asker, slot, prompt, spec, paid);
  const shown = promptDocuments(slot, config.seed);
  return sampleOf({
    draft: {
      task,
      spec,
      question: keyed.question,
      rationale: written.reason,
      cluster: primaryOf(slot).id,
      evidence: keyed.evidence,
    },
    prompt,
    tokens: estimateTokens(prompt),
    rendering: 'long',
    split,
    documents: shown,
    generator: { id: `llm-${subTask.id}`, version: subTask.version },
    seed: `${config.seed}/llm/${task}/${index}`,
    more: {
      subtask: subTask.title.en,
      llm: { ...llmOf(found, generation, asker.repairs, subTask), ...settled, cost: noCost },
    },
  });
}

/**
 * @param asked What earlier drafts asked of the same documents.
 * @throws ChatFailure when a request got no reply, ResourceError when the budget is spent.
 */
export async function makeLlmSample(asker: Asker, slot: Slot, asked: readonly AskedBefore[]): Promise<Outcome> {
  const place = { index: slot.index, task: slot.task, subTask: slot.subTask.id, document: primaryOf(slot).id };
  const told = () => ({
    repairs: asker.repairs,
    controls: asker.controls,
    cost: noCost,
    stages: {},
  });
  try {
    const sample = await make(asker, slot, asked);
    return { ...place, sample, ...told() };
  } catch (error) {
    if (!(error instanceof Discard)) throw error;
    return { ...place, stage: error.stage, why: error.message, ...told() };
  }
}
