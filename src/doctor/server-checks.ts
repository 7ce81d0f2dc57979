/**
 * @file Whether a Tinker server (hosted, SkyRL, `golongrl engine serve`) answers, and which models it has. The key comes from the
 * environment, is sent only over https or to this machine, and never shown.
 */
import { z } from 'zod';
import { type Check, fail, ok, warn } from './check.ts';

const hosted = 'https://tinker.thinkingmachines.dev/services/tinker-prod';
const patience = 15_000;

/** Without a URL, TINKER_BASE_URL counts, else the hosted server. */
export interface ServerOptions {
  readonly url: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof globalThis.fetch;
}

const capabilitiesSchema = z.object({
  supported_models: z.array(z.object({ model_name: z.string().nullish(), max_context_length: z.number().nullish() })),
});

function isPrivate(url: URL): boolean {
  return url.protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

const reason = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
};

async function capabilitiesCheck(base: URL, key: string | undefined, get: typeof globalThis.fetch): Promise<Check> {
  const address = `${base.href.replace(/\/$/, '')}/api/v1/get_server_capabilities`;
  const headers: Record<string, string> = key === undefined ? {} : { 'X-API-Key': key };
  const hint = 'Is the server running, and does this machine reach it?';
  try {
    const response = await get(address, { headers, signal: AbortSignal.timeout(patience) });
    if (response.status === 401 || response.status === 403)
      return fail(
        'server',
        `${base.host} refuses the key (HTTP ${response.status})`,
        'Set TINKER_API_KEY to a key of that server.',
      );
    if (!response.ok) return fail('server', `${address}: HTTP ${response.status}`, hint);
    const models = capabilitiesSchema
      .parse(await response.json())
      .supported_models.map(({ model_name, max_context_length }) => {
        const context = max_context_length ? `up to ${max_context_length} tokens` : 'context not stated';
        return `${model_name ?? 'unnamed'} (${context})`;
      });
    const shown = models.length > 6 ? [...models.slice(0, 6), `${models.length - 6} more`] : models;
    return ok('server', `${base.host}: ${shown.join(', ')}`);
  } catch (error) {
    return fail('server', `${address}: ${reason(error)}`, hint);
  }
}

/** At most one request. Never throws: a server that does not answer is a check that failed. */
export async function serverChecks({ url, environment, fetch: get }: ServerOptions): Promise<Check[]> {
  const address = url ?? environment.TINKER_BASE_URL ?? hosted;
  if (!URL.canParse(address) || !/^https?:/.test(address)) {
    return [
      fail('server', `got "${address}"`, 'Expected http://HOST:PORT or https://HOST: --url, or TINKER_BASE_URL.'),
    ];
  }
  const base = new URL(address);
  const key = environment.TINKER_API_KEY;
  if (key === undefined && base.href.startsWith(hosted)) {
    return [
      fail('API key', 'TINKER_API_KEY is not set', 'Hosted Tinker needs one; a server of your own takes none: --url.'),
    ];
  }
  const open = key !== undefined && !isPrivate(base);
  return [
    key === undefined
      ? ok('API key', 'none, which a server of your own does not need')
      : open
        ? warn('API key', `not sent to ${base.host} in the clear`, 'Use https.')
        : ok('API key', 'set'),
    await capabilitiesCheck(base, open ? undefined : key, get),
  ];
}
