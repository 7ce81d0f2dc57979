/**
 * @file One conversation with the writer: the draft, and all that is wrong with it sent back at once, whoever found it, until nothing is or
 * the repairs are used up.
 */
import { askStructured } from '../../llm/ask-structured.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import { random } from '../../random.ts';
import type { LlmProvenance } from '../../samples/sample.ts';
import { askedOf } from './checks/check-draft.ts';
import type { AskedBefore } from './checks/draft-place.ts';
import { choiceSchemaOf } from './choices.ts';
import { type Written, writtenSchemaOf } from './draft.ts';
import { type Asker, Discard, type Fault, primaryOf, routeOf, type Slot, seedOf } from './draft-context.ts';
import { type OfferedFact, offeredFacts } from './plan/offered-facts.ts';
import { repairWish, writeMessages } from './prompts.ts';
import { languageOf, renderDocuments } from './shown-documents.ts';

/** What a draft is written from, before any request. */
export interface Writing {
  readonly offered: readonly OfferedFact[];
  readonly messages: readonly ChatMessage[];
}

/** Offered facts that a draft is asked to begin from: what one document is asked about changes from draft to draft. */
const begun = 3;

/** The first request of a draft; the same in every run. */
export function writingOf({ subTask, documents, index }: Slot, seed: number, asked: readonly AskedBefore[]): Writing {
  const draw = random(seed, 'llm-facts', index);
  const offered = offeredFacts(subTask, documents, draw);
  const numbers = offered.map((_, i) => i + 1);
  const begin = draw.sample(numbers, begun).sort((a, b) => a - b);
  return { offered, messages: writeMessages({ subTask, documents, offered, begin, asked }) };
}

/** What a writer came to, with the reply that it stands in. */
export interface WrittenDraft<T> {
  readonly written: Written;
  readonly found: T;
  readonly generation: LlmProvenance['generation'];
}

/** Characters of a draft that go back with its faults. */
export const shownDraft = 12_000;

/** @throws Discard when the last draft allowed has faults, with the stage of the first. */
export async function writeDraft<T>(
  asker: Asker,
  slot: Slot,
  { messages: first }: Writing,
  examine: (written: Written) => Promise<{ readonly faults: readonly Fault[] } | { readonly found: T }>,
): Promise<WrittenDraft<T>> {
  const { config, countTokens } = asker.context;
  const { temperature, maxTokens, repairs, choices } = config.generation;
  const language = languageOf(primaryOf(slot));
  const endpoint = routeOf(config, await countTokens(renderDocuments(slot.documents, language)));
  if (endpoint === undefined) throw new Discard('route', 'no endpoint takes documents of this length');
  const seed = seedOf(config.seed, 'generate', slot.index);
  let messages = first;
  for (let round = 0; ; round++) {
    const answer = await askStructured<Written>({
      request: { messages, temperature, maxTokens, seed: seed + round },
      schema: writtenSchemaOf(slot.task),
      decoding: choices ? choiceSchemaOf(slot.task, primaryOf(slot)) : undefined,
      repairs: 0,
      constrain: config.endpoints[endpoint]?.constrain ?? false,
      ask: (request) => asker.ask(endpoint, request, round === 0 ? 'write' : 'repair'),
    });
    asker.tell(answer.ok ? askedOf(answer.value) : undefined);
    const examined = answer.ok
      ? await examine(answer.value)
      : { faults: [{ stage: 'schema', why: answer.why, zh: `格式不符：${answer.why}` }] };
    const reply = answer.answers.at(-1);
    if (answer.ok && 'found' in examined) {
      const generation = { request: reply?.key ?? '', model: asker.nameOf(endpoint) };
      return { written: answer.value, found: examined.found, generation };
    }
    const faults = 'faults' in examined ? examined.faults : [];
    const [worst] = faults;
    if (round >= repairs) throw new Discard(worst?.stage ?? 'text', faults.map(({ why }) => why).join('\n'));
    asker.repairs.push(...faults);
    const wish = repairWish(
      faults.map(({ why, zh = why }) => (language === 'zh' ? zh : why)),
      language,
    );
    messages = [
      ...first,
      { role: 'assistant', content: (reply?.reply.text ?? '').slice(0, shownDraft) },
      { role: 'user', content: wish },
    ];
  }
}
