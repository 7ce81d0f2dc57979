/**
 * @file A request as it goes over the wire: the protocol's fields, in the form that the server takes, with the fields that a user adds and
 * without those that a user leaves out.
 */
import type { ChatMessage, ChatRequest } from './chat-model.ts';
import type { EndpointTraits } from './endpoint-traits.ts';

/** What a user says of the fields of an endpoint's requests. */
export interface FieldSettings {
  /** Fields of the body that are added, or put in the place of ours. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
  /** Fields of the body that are left out. */
  readonly omit?: readonly string[] | undefined;
}

/** What stands in the body beside the request itself. */
export interface WireOptions extends FieldSettings {
  readonly model: string;
  readonly traits: EndpointTraits;
  /** Tokens for the thoughts, beside those of the answer. */
  readonly room: number;
  readonly stream: boolean;
}

/** The body of a request to `chat/completions`. */
export type WireBody = Readonly<Record<string, unknown>>;

const wireMessage = ({ role, content, toolCalls, toolCallId }: ChatMessage) => ({
  role,
  content,
  ...(toolCalls === undefined || toolCalls.length === 0
    ? {}
    : {
        tool_calls: toolCalls.map((call) => ({
          id: call.id,
          type: 'function',
          function: { name: call.name, arguments: call.arguments },
        })),
      }),
  ...(toolCallId === undefined ? {} : { tool_call_id: toolCallId }),
});

/** Instructions in the role that the server takes; templates without one want them before the first message of the user. */
function wireMessages(messages: readonly ChatMessage[], system: EndpointTraits['system']) {
  if (system === 'system') return messages.map(wireMessage);
  if (system === 'developer')
    return messages.map((message) => ({
      ...wireMessage(message),
      role: message.role === 'system' ? 'developer' : message.role,
    }));
  const told = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const others = messages.filter(({ role }) => role !== 'system');
  const first = others.findIndex(({ role }) => role === 'user');
  if (first < 0) return [{ role: 'user', content: told.join('\n\n') }, ...others.map(wireMessage)];
  return others.map((message, at) =>
    wireMessage(at === first ? { ...message, content: [...told, message.content].join('\n\n') } : message),
  );
}

function formOf({ jsonSchema }: ChatRequest, form: EndpointTraits['form']) {
  if (jsonSchema === undefined || form === 'none') return {};
  if (form === 'json_object') return { response_format: { type: form } };
  return { response_format: { type: form, json_schema: { name: 'answer', strict: true, schema: jsonSchema } } };
}

/** The body of one request. */
export function wireRequest(request: ChatRequest, options: WireOptions): WireBody {
  const { model, traits, room, stream, extraBody = {}, omit = [] } = options;
  const { tools, topP, maxTokens, seed, repetitionPenalty } = request;
  const body: Record<string, unknown> = {
    model,
    messages: wireMessages(request.messages, traits.system),
    temperature: request.temperature,
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxTokens === undefined || traits.limit === 'none' ? {} : { [traits.limit]: maxTokens + room }),
    ...(seed === undefined ? {} : { seed }),
    ...(repetitionPenalty === undefined ? {} : { repetition_penalty: repetitionPenalty }),
    ...formOf(request, traits.form),
    ...(tools === undefined || tools.length === 0
      ? {}
      : { tools: tools.map((tool) => ({ type: 'function', function: tool })) }),
    ...(stream ? { stream, stream_options: { include_usage: true } } : { stream }),
  };
  for (const field of traits.without) delete body[field];
  Object.assign(body, extraBody);
  for (const field of omit) delete body[field];
  return body;
}
