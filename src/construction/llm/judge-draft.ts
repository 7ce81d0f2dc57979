/**
 * @file A draft before its judges: each sees the key among near misses, in one order or in both. A judge that passes a near miss is not
 * believed; what it says against the key or the exercise goes back to the writer.
 */
import { askStructured } from '../../llm/ask-structured.ts';
import { random } from '../../random.ts';
import type { LlmProvenance } from '../../samples/sample.ts';
import type { Keyed } from './checks/check-draft.ts';
import { isUnfound, locateFacts } from './checks/evidence.ts';
import { type Said, say } from './checks/said.ts';
import type { Written } from './draft.ts';
import { type Asker, Discard, type Fault, primaryOf, type Slot, seedOf } from './draft-context.ts';
import { criterionNames, judgeMessages, type KeyVerdict, type Verdict, verdictSchemaOf } from './judge.ts';
import { markOf } from './prompts.ts';
import { languageOf, renderDocuments, shownOf } from './shown-documents.ts';

/** A key as it is shown; `miss` names what is wrong with it. */
interface Candidate {
  readonly gold: readonly string[];
  readonly miss?: string;
}

/** The key and one or two near misses, in an order that the seed draws. */
function candidatesOf(asker: Asker, slot: Slot, { gold, misses }: Keyed, control: boolean): Candidate[] {
  const draw = random(asker.context.config.seed, 'llm-judge', slot.index);
  const shown = control ? misses.slice(0, draw.chance(0.25) ? 2 : 1) : [];
  return draw.shuffle([{ gold }, ...shown.map(({ kind, gold: wrong }) => ({ gold: wrong, miss: kind }))]);
}

interface Judgement {
  readonly key: string;
  readonly verdict: Verdict;
}

async function judgeOnce(
  asker: Asker,
  endpoint: string,
  slot: Slot,
  written: Written,
  keyed: Keyed,
  candidates: readonly Candidate[],
): Promise<Judgement> {
  const { judge, endpoints, seed } = asker.context.config;
  const language = languageOf(primaryOf(slot));
  const messages = judgeMessages({
    subTask: slot.subTask,
    documents: slot.documents,
    language,
    question: keyed.question,
    keys: candidates.map(({ gold }) => gold),
    keyPoints: slot.task === 'T9' ? written.answer.map(({ text = '' }) => text) : [],
  });
  const found = await askStructured<Verdict>({
    request: { messages, temperature: 0, maxTokens: judge.maxTokens, seed: seedOf(seed, 'judge', slot.index) },
    schema: verdictSchemaOf(slot.task, candidates.length),
    repairs: judge.repairs,
    constrain: endpoints[endpoint]?.constrain ?? false,
    ask: (request) => asker.ask(endpoint, request, 'judge'),
  });
  if (!found.ok) throw new Discard('judge-schema', found.why);
  if (found.value.mark !== markOf(renderDocuments(slot.documents, language)))
    throw new Discard('judge-mark', 'the verdict bears another mark than the documents');
  return { key: found.answers.at(-1)?.key ?? '', verdict: found.value };
}

/** Key points that a summary must make, as a share. */
const leastCoverage = 0.75;

/** What a judge holds against one key; undefined where it is right. A claim counts as supported by a quote that stands there. */
export function keyObjection(verdict: KeyVerdict, slot: Slot, keyPoints: readonly string[]): Said | undefined {
  const { claims, points = [], reason = '' } = verdict;
  if (claims === undefined) return verdict.verdict === 'right' ? undefined : say(reason, reason);
  const shown = slot.documents.map(shownOf);
  const open = claims.filter(
    ({ supported, quote }) => !supported || locateFacts({ facts: [{ quote, says: '' }] }, shown, []).some(isUnfound),
  );
  if (open.length > 0)
    return say(
      `not supported by the documents: ${open.map(({ claim, quote }) => `"${claim}"${quote === '' ? '' : ` (they say "${quote}")`}`).join('; ')}`,
      `文档并不支持：${open.map(({ claim, quote }) => `“${claim}”${quote === '' ? '' : `（原文为“${quote}”）`}`).join('；')}`,
    );
  const covered = new Set(points.filter((one) => one.covered).map(({ point }) => point));
  const missing = keyPoints.filter((_, i) => !covered.has(i + 1));
  return keyPoints.length - missing.length >= leastCoverage * keyPoints.length
    ? undefined
    : say(
        `the summary does not make the key points: ${missing.map((point) => `"${point}"`).join('; ')}`,
        `摘要没有写到要点：${missing.map((point) => `“${point}”`).join('；')}`,
      );
}

interface Found {
  readonly faults: readonly Fault[];
  readonly passed: readonly string[];
}

function readVerdict(
  { verdict }: Judgement,
  slot: Slot,
  written: Written,
  candidates: readonly Candidate[],
  least: number,
): Found {
  const points = slot.task === 'T9' ? written.answer.map(({ text = '' }) => text) : [];
  const faults: Fault[] = [];
  const passed: string[] = [];
  for (const [i, { miss }] of candidates.entries()) {
    const objection = keyObjection(verdict.keys[i] ?? {}, slot, points);
    if (miss === undefined && objection !== undefined)
      faults.push({ stage: 'judge-key', why: objection.en, zh: objection.zh });
    if (miss !== undefined && objection === undefined) passed.push(miss);
  }
  for (const name of criterionNames) {
    const { points: given, reason } = verdict.criteria[name];
    const zh = `${name} 一项满分 5 分，得 ${given} 分：${reason}`;
    if (given < least) faults.push({ stage: `judge-${name}`, why: `${given} of 5 points for ${name}: ${reason}`, zh });
  }
  return { faults, passed };
}

/** The verdicts of all judges; what they say against the draft. */
export interface Judged {
  readonly judges: LlmProvenance['judges'];
  readonly faults: readonly Fault[];
}

/**
 * @throws Discard when a judge gives no verdict or passes a near miss.
 */
export async function judgeDraft(asker: Asker, slot: Slot, written: Written, keyed: Keyed): Promise<Judged> {
  const { judge } = asker.context.config;
  const judges: LlmProvenance['judges'][number][] = [];
  const faults: Fault[] = [];
  for (const [number, endpoint] of judge.endpoints.entries()) {
    const first = candidatesOf(asker, slot, keyed, judge.control);
    // Every second judge sees the other order, and each sees both where that is wanted.
    const orders = judge.swap ? [first, first.toReversed()] : [number % 2 === 0 ? first : first.toReversed()];
    for (const candidates of orders) {
      const judgement = await judgeOnce(asker, endpoint, slot, written, keyed, candidates);
      const found = readVerdict(judgement, slot, written, candidates, judge.least);
      const model = asker.nameOf(endpoint);
      for (const { miss } of candidates)
        if (miss !== undefined)
          asker.controls.push({ judge: model, kind: miss, refused: !found.passed.includes(miss) });
      if (found.passed.length > 0)
        throw new Discard('judge-control', `the judge passes a key that is wrong (${found.passed.join(', ')})`);
      faults.push(...found.faults);
      const verdict = Object.fromEntries(
        criterionNames.map((name) => [name, judgement.verdict.criteria[name].points >= judge.least]),
      );
      judges.push({ request: judgement.key, model, verdict, ...(judge.control ? { control: judgement.key } : {}) });
    }
  }
  return { judges, faults };
}
