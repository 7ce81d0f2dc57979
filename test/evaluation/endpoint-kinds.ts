/**
 * @file Kinds of servers as they are found: each refuses something that others take, in its own words, or has a model that thinks. Thoughts
 * take 3,000 tokens out of the limit of a request; a reply whose thoughts fill it is cut off with nothing said.
 */
import type { WireRequest } from './scripted-server.ts';

export interface WireChoice {
  readonly message: {
    readonly role: string;
    readonly content: string | null;
    readonly reasoning_content?: string;
    readonly tool_calls?: unknown;
  };
  readonly finish_reason: string;
}

/** A choice with what it used. */
export interface WireAnswer {
  readonly choice: WireChoice;
  readonly usage: Readonly<Record<string, unknown>>;
}

interface Kind {
  readonly refuses?: (request: WireRequest) => { readonly status: number; readonly body: unknown } | undefined;
  readonly thinks?: (request: WireRequest, plain: WireAnswer) => WireAnswer;
}

const thoughtTokens = 3000;
const limitOf = ({ max_tokens, max_completion_tokens }: WireRequest): number =>
  max_tokens ?? max_completion_tokens ?? Number.POSITIVE_INFINITY;

const refused = (message: string, more: object = {}, status = 400) => ({
  status,
  body: { error: { message, ...more } },
});

type Showing = (thoughts: string, content: string) => WireChoice['message'];
const shown = {
  apart: (reasoning_content, content) => ({ role: 'assistant', content, reasoning_content }),
  marks: (thoughts, content) => ({
    role: 'assistant',
    content: `${thoughts}${content === '' ? '' : `</think>${content}`}`,
  }),
  hidden: (_, content) => ({ role: 'assistant', content }),
} satisfies Record<string, Showing>;

const thinking =
  (show: Showing, counted: boolean) =>
  (request: WireRequest, { choice, usage }: WireAnswer): WireAnswer => {
    const thoughts = Math.min(thoughtTokens, limitOf(request));
    const cut = thoughts === limitOf(request);
    const written = Number(usage.completion_tokens);
    return {
      choice: cut
        ? { message: show('<think>I wonder', ''), finish_reason: 'length' }
        : { ...choice, message: show('<think>I wonder, and now I know.', choice.message.content ?? '') },
      usage: {
        ...usage,
        completion_tokens: thoughts + (cut ? 0 : written),
        ...(counted ? { completion_tokens_details: { reasoning_tokens: thoughts } } : {}),
        prompt_tokens_details: { cached_tokens: Math.floor(Number(usage.prompt_tokens) * 0.9) },
      },
    };
  };

const kinds = {
  plain: {},
  'no-seed': {
    refuses: (request) =>
      'seed' in request ? refused('Got a payload with the unknown name "seed": there is no such field.') : undefined,
  },
  'completion-tokens': {
    refuses: (request) => {
      if ('max_tokens' in request)
        return refused("Parameter 'max_tokens' is unsupported here; 'max_completion_tokens' takes its place.", {
          param: 'max_tokens',
        });
      if ('temperature' in request && request.temperature !== 1)
        return refused("'temperature' has one value for this model: 1.", { param: 'temperature' });
      return 'top_p' in request ? refused('Parameter unsupported.', { param: 'top_p' }) : undefined;
    },
    thinks: thinking(shown.hidden, true),
  },
  thinking: { thinks: thinking(shown.apart, false) },
  'think-marks': { thinks: thinking(shown.marks, false) },
  hidden: { thinks: thinking(shown.hidden, true) },
  'plain-fields': {
    refuses: (request) => {
      const unknown = ['response_format', 'seed'].filter((field) => field in request);
      return unknown.length === 0
        ? undefined
        : { status: 422, body: { detail: `Unknown fields: ${unknown.join(', ')}` } };
    },
  },
  'json-object': {
    refuses: ({ response_format }) =>
      JSON.stringify(response_format ?? '').includes('json_schema')
        ? refused('This type of response_format is not there yet.')
        : undefined,
  },
  'no-system': {
    refuses: ({ messages }) =>
      messages.some(({ role }) => role === 'system' || role === 'developer')
        ? refused('The template has an error: system role not supported', {}, 500)
        : undefined,
  },
  'streams-only': {
    refuses: ({ stream }) => (stream === true ? undefined : refused('This model only supports streaming mode.')),
  },
  /** Says that something is wrong, and not what: it takes no seed and no schema. */
  mute: {
    refuses: (request) => ('seed' in request || 'response_format' in request ? refused('Bad request.') : undefined),
  },
} satisfies Record<string, Kind>;

export type EndpointKind = keyof typeof kinds;

export const kindOf = (kind: EndpointKind): Kind => kinds[kind];
