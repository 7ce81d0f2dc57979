/**
 * @file What a refusal teaches: which field of the request the server does not take, and what is sent in its place. A refusal that names
 * a field is believed at any time; one that names none is guessed at, by leaving out one thing after another, only in a probe.
 */
import type { EndpointTraits } from './endpoint-traits.ts';
import { list, parsed, record, type StatusFailure, text } from './server-failure.ts';
import type { WireBody } from './wire-request.ts';

/** Statuses of a server that has read a request and does not take it; templates that know no system role end in 500. */
const refusals: readonly number[] = [400, 422, 500, 501];

/** Fields without which a request still means the same to a model. */
const spare = ['seed', 'temperature', 'top_p', 'repetition_penalty', 'stream_options'] as const;

/** The field that the body of a refusal names outside of its words: OpenAI's `param`, FastAPI's `loc`. */
function namedField(body: string): string {
  const { error, detail, param } = parsed(body);
  const [first] = list(detail);
  const place = Array.isArray(first?.loc) ? text(first.loc.at(1)) : '';
  return text(record(error).param) || text(param) || place;
}

/** Said of a number that the server finds too large, not of a field that it does not know. */
const tooLarge =
  /too (?:large|long|many|high)|exceed|at most|maximum|less than|smaller|greater than|range|context (?:length|size|window)/i;

/** Whether a refusal is about the number of tokens asked for. */
export const wantsFewerTokens = ({ status, body }: StatusFailure): boolean =>
  [400, 413, 422].includes(status) && tooLarge.test(body) && /token|context/i.test(body);

const aboutForm = /response_format|json_schema|json_object|schema|grammar|guided|structured output/i;
const aboutRole =
  /(?:system|developer)['"`]?\s+(?:role|message|prompt|instruction)|role[^.]*(?:system|developer)|['"`](?:system|developer)['"`][^.]*(?:not|un)\s?support|roles must alternate|only user/i;
const aboutStream = /non-stream|only supports? stream|stream(?:ing)? mode|must be stream|enable the stream/i;

/** The next that is tried in place of what was refused; undefined at the end of the list. */
function nextOf<T>(order: readonly T[], now: T): T | undefined {
  return order[order.indexOf(now) + 1];
}

/** How an answer is constrained, strictest first. */
export const formOrder: readonly EndpointTraits['form'][] = ['json_schema', 'json_object', 'none'];
const roleOrder: readonly EndpointTraits['system'][] = ['system', 'developer', 'user'];
const limitOrder: readonly EndpointTraits['limit'][] = ['max_tokens', 'max_completion_tokens', 'none'];

const hasSystem = ({ messages }: WireBody): boolean =>
  list(messages).some(({ role }) => role === 'system' || role === 'developer');

function withoutField(traits: EndpointTraits, field: string): EndpointTraits {
  return { ...traits, without: [...traits.without, field] };
}

/** What is known after a refusal that names its reason; undefined where it names none that can be avoided. */
export function learnt(traits: EndpointTraits, failure: StatusFailure, sent: WireBody): EndpointTraits | undefined {
  const { status, body } = failure;
  if (!refusals.includes(status)) return undefined;
  const named = namedField(body);
  const about = (field: string): boolean =>
    field in sent && (named === field || (named === '' && new RegExp(`\\b${field}\\b`).test(body)));
  if (hasSystem(sent) && (aboutRole.test(body) || /^messages\W.*role/.test(named))) {
    const system = nextOf(roleOrder, traits.system);
    if (system !== undefined) return { ...traits, system };
  }
  if (sent.stream !== true && aboutStream.test(body)) return { ...traits, stream: true };
  const isLimit = (named.startsWith('max_') || /max_(?:completion_)?tokens/.test(body)) && !tooLarge.test(body);
  if (isLimit && traits.limit in sent) {
    const limit = nextOf(limitOrder, traits.limit);
    // Without a limit a model may write for ever; so much is not taken from a word.
    if (limit !== undefined && limit !== 'none') return { ...traits, limit };
  }
  const field = spare.find(about);
  if (field !== undefined) return withoutField(traits, field);
  if ('response_format' in sent && (named.startsWith('response_format') || (named === '' && aboutForm.test(body)))) {
    const form = nextOf(formOrder, traits.form);
    if (form !== undefined) return { ...traits, form };
  }
  return undefined;
}

/** What may be refused where a server does not say what it refuses: one thing at a time, then ever more together. */
export function* guesses(traits: EndpointTraits, sent: WireBody): Generator<EndpointTraits> {
  const steps: ((now: EndpointTraits) => EndpointTraits)[] = [
    (now) => ({ ...now, form: 'json_object' }),
    (now) => ({ ...now, form: 'none' }),
    ...spare.filter((field) => field in sent).map((field) => (now: EndpointTraits) => withoutField(now, field)),
    (now) => ({ ...now, limit: 'max_completion_tokens' }),
    (now) => ({ ...now, system: 'user' }),
    (now) => ({ ...now, limit: 'none' }),
  ];
  for (const step of steps) yield step(traits);
  let now = traits;
  for (const step of steps) {
    now = step(now);
    yield now;
  }
}
