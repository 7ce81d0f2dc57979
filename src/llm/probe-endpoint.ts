/**
 * @file The probe: one short request with every field that later requests may have. What the server refuses is left out and the request sent
 * again, until it is answered; the answer shows how thoughts arrive. Refusals cost nothing, the answer some hundred tokens at most.
 */
import type { ChatRequest } from './chat-model.ts';
import type { EndpointTraits } from './endpoint-traits.ts';
import { guesses, learnt } from './negotiate.ts';
import type { SendRequest } from './send-request.ts';
import { StatusFailure } from './server-failure.ts';
import type { WireReply } from './wire-reply.ts';
import type { WireBody } from './wire-request.ts';

const task = 'Add the numbers that you are told. Answer with one JSON object and nothing else.';

/** What is asked: nothing that a model could refuse or write about at length. */
export const probeRequest: ChatRequest = {
  messages: [
    { role: 'system', content: task },
    { role: 'user', content: 'Numbers: 17 and 25. Answer as JSON: {"sum": NUMBER}' },
  ],
  temperature: 0.7,
  topP: 0.95,
  // Thoughts show within these; the answer need not.
  maxTokens: 256,
  seed: 7,
  jsonSchema: {
    type: 'object',
    properties: { sum: { type: 'integer' } },
    required: ['sum'],
    additionalProperties: false,
  },
};

/** Whether a request is the probe, for servers that count. */
export const isProbe = ({ messages }: { readonly messages: readonly { readonly content: unknown }[] }): boolean =>
  messages.some(({ content }) => typeof content === 'string' && content.startsWith(task));

/** What a server takes, and its answer. */
export interface Probed {
  readonly traits: EndpointTraits;
  readonly found: WireReply;
}

/** Where the thoughts of a model stand that spent the whole limit on them. */
function reasoningOf({ reply, reasoning }: WireReply): EndpointTraits['reasoning'] {
  return reasoning === 'none' && reply.finish === 'length' && reply.text.trim() === '' ? 'hidden' : reasoning;
}

/** The statuses by which servers refuse what they do not know. */
const refused = (error: unknown): error is StatusFailure =>
  error instanceof StatusFailure && [400, 422].includes(error.status);

/** @param bodyOf The body of the probe for what is known so far. @throws ChatFailure when no form of it is answered. */
export async function probeEndpoint(
  start: EndpointTraits,
  bodyOf: (traits: EndpointTraits) => WireBody,
  send: SendRequest,
  signal?: AbortSignal,
): Promise<Probed> {
  let traits = start;
  let open: Generator<EndpointTraits> | undefined;
  let first: unknown;
  for (;;) {
    const body = bodyOf(traits);
    try {
      const found = await send(body, signal);
      return { traits: { ...traits, reasoning: reasoningOf(found) }, found };
    } catch (error) {
      if (!(error instanceof StatusFailure)) throw error;
      const next = learnt(traits, error, body);
      if (next === undefined && !refused(error)) throw error;
      if (next === undefined) first ??= error;
      open = next === undefined ? (open ?? guesses(traits, body)) : open;
      const guess = next ?? open?.next().value;
      // Of many refusals the first says most: the later ones are about what was guessed.
      if (guess === undefined) throw first;
      traits = guess;
    }
  }
}
