/**
 * @file A draft before its judges: every endpoint judges key and wrong key, and what one of them does not pass is discarded.
 */
import { askStructured } from '../../llm/ask-structured.ts';
import type { LlmProvenance } from '../../samples/sample.ts';
import type { Keyed } from './check-draft.ts';
import type { Written } from './draft.ts';
import { type Asker, Discard, type Slot } from './draft-context.ts';
import { judgeMessages, verdictDecoding, verdictFailure, verdictSchema } from './judge.ts';

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

/**
 * The verdicts of all judges, one an endpoint; empty where the configuration names none.
 *
 * @throws Discard when a judge gives no verdict, fails a criterion, or passes the wrong key.
 */
export async function judgeDraft(
  asker: Asker,
  slot: Slot,
  written: Written,
  keyed: Keyed,
): Promise<LlmProvenance['judges']> {
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
