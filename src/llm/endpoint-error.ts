/**
 * @file An endpoint that cannot be used as it is configured: nobody is there, the key or the model is wrong, the address is that of something
 * else. No retry helps, so it is said at once, cause and cure in one line.
 */
import { ResourceError } from '../errors.ts';
import { ChatFailure } from './chat-model.ts';
import { networkCode, StatusFailure, said } from './server-failure.ts';

/** Ends a run: every request to the endpoint would fail in the same way. */
export class EndpointError extends ResourceError {}

/** A web page where a reply was expected. */
export class WebPage extends ChatFailure {}

/** How an endpoint is named to a user. */
export interface EndpointNames {
  /** As the user wrote it: `endpoints.long`, `--url`. */
  readonly title: string;
  readonly url: string;
  readonly model: string;
  /** Environment variable of the key. */
  readonly apiKeyEnv?: string | undefined;
  readonly hasKey: boolean;
}

const dead: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection is refused, no server listens there',
  ENOTFOUND: 'the host name is not known (DNS)',
  EAI_AGAIN: 'the host name cannot be looked up (DNS)',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the host does not answer a connection',
  EPROTO: 'TLS fails, as where https:// stands before a server without TLS',
};

/** OpenSSL's names of certificates that are not believed. */
const distrust = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL/;

function networkWords(error: ChatFailure): string | undefined {
  const code = networkCode(error.cause);
  if (code in dead) return `${dead[code]} (${code})`;
  if (distrust.test(code)) return `TLS fails, its certificate is not believed (${code})`;
  return undefined;
}

const addressCure = 'most addresses end in /v1';

function keyWords({ hasKey, apiKeyEnv }: EndpointNames): string {
  if (apiKeyEnv === undefined) return hasKey ? '' : '; no key was sent';
  return hasKey ? `; the key was that of ${apiKeyEnv}` : `; ${apiKeyEnv} is not set, so no key was sent`;
}

function statusWords({ status, body, place }: StatusFailure, names: EndpointNames, offered: readonly string[]) {
  const page = /^\s*</.test(body);
  const words = page ? 'a web page' : said(body);
  if (status === 401) return `401, the key is refused: ${words}${keyWords(names)}`;
  if (status === 403) return `403, the key may not use model ${names.model}: ${words}${keyWords(names)}`;
  if (status === 402 || body.includes('insufficient_quota')) return `${status}, the account is empty: ${words}`;
  const aboutModel = status < 500 && /model/i.test(words) && !page;
  const list = offered.length === 0 ? '' : `; it offers ${offered.slice(0, 8).join(', ')}`;
  if (aboutModel && (status === 404 || /not (?:found|exist)|unknown|invalid model|no such/i.test(words)))
    return `${status}, model ${names.model} is not there: ${words}${list}`;
  if (status === 404 || status === 405) return `${status}, no chat completions there: ${words}; ${addressCure}`;
  if (status >= 300 && status < 400) return `${status}, it ${place ?? 'points elsewhere'}; name that address`;
  if (status === 400 || status === 422) return `${status}, it refuses the plainest request: ${words}`;
  return undefined;
}

/** What a person can do about it. */
function cureOf(error: ChatFailure, { apiKeyEnv }: EndpointNames, offered: readonly string[]): string {
  if (error instanceof WebPage) return 'Correct the address.';
  if (!(error instanceof StatusFailure)) return 'Start the server there, or correct the address.';
  if (error.status === 401 || error.status === 403)
    return apiKeyEnv === undefined ? 'Give the right key.' : `Put the right key into ${apiKeyEnv}.`;
  if (error.status === 402) return 'Fill the account, or use another key.';
  return offered.length === 0 ? 'Correct the model or the address.' : 'Name a model that it offers.';
}

/** The error of a failure that no retry cures; undefined where one may. `offered` are the server's models, where it lists them. */
export function endpointError(
  error: unknown,
  names: EndpointNames,
  offered: readonly string[] = [],
): EndpointError | undefined {
  if (!(error instanceof ChatFailure)) return undefined;
  const words =
    error instanceof StatusFailure
      ? statusWords(error, names, offered)
      : error instanceof WebPage
        ? `it answers with a web page (HTML) where JSON is expected; ${addressCure}`
        : error.code === 'no-connection'
          ? networkWords(error)
          : undefined;
  if (words === undefined) return undefined;
  return new EndpointError(
    'endpoint-unusable',
    `${names.title}: ${names.url}: ${words}`,
    cureOf(error, names, offered),
    {
      cause: error,
    },
  );
}
