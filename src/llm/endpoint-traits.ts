/**
 * @file What a server takes and how its model thinks, as a probe found it out or as a refusal taught it later: which field limits the
 * tokens, which fields are left out, how an answer is constrained, which role instructions have, where thoughts arrive.
 */
import { z } from 'zod';

/** From the plain protocol to what is left when a server refuses; in each list the first is asked for first. */
export const traitSchema = z.object({
  limit: z.enum(['max_tokens', 'max_completion_tokens', 'none']).describe('The field that limits the tokens.'),
  without: z.array(z.string()).describe('Fields that the server refuses.'),
  form: z.enum(['json_schema', 'json_object', 'none']).describe('How an answer is constrained.'),
  system: z.enum(['system', 'developer', 'user']).describe('The role of instructions; user: before the first message.'),
  stream: z.boolean().describe('Whether the server answers piece by piece alone.'),
  reasoning: z
    .enum(['none', 'reasoning_content', 'reasoning', 'think', 'parts', 'hidden'])
    .describe('Where thoughts arrive; hidden: counted and not shown.'),
});

/** What is known of one model at one address. */
export type EndpointTraits = z.infer<typeof traitSchema>;

/** The protocol as it is written down. */
export const plainTraits: EndpointTraits = {
  limit: 'max_tokens',
  without: [],
  form: 'json_schema',
  system: 'system',
  stream: false,
  reasoning: 'none',
};

/** Where thoughts stand, in words. */
const places: Readonly<Record<EndpointTraits['reasoning'], string>> = {
  none: '',
  reasoning_content: 'its thoughts arrive in reasoning_content',
  reasoning: 'its thoughts arrive in reasoning',
  think: 'its thoughts arrive in <think> marks',
  parts: 'its thoughts arrive as parts of the message',
  hidden: 'it thinks without showing its thoughts',
};

/** What differs from the plain protocol, in one line; empty where nothing does. */
export function traitWords(traits: EndpointTraits): string {
  const { limit, without, form, system, stream, reasoning } = traits;
  const limits = { max_tokens: '', max_completion_tokens: 'max_completion_tokens for max_tokens', none: 'no limit' };
  const forms = { json_schema: '', json_object: 'json_object for json_schema', none: 'without response_format' };
  const roles = { system: '', developer: 'role developer for system', user: 'instructions in the first user message' };
  const fields = without.length === 0 ? '' : `without ${without.join(', ')}`;
  const words = [limits[limit], fields, forms[form], roles[system], stream ? 'streamed' : '', places[reasoning]];
  return words.filter((word) => word !== '').join('; ');
}
