/**
 * @file A chat model behind an OpenAI-compatible endpoint (vLLM, SGLang, llama.cpp, hosted services). Servers take different fields and show
 * thoughts in different places: a probe finds out which, once for an address and model, and what a later refusal names is left out from
 * then on. Retries and their pace belong to the caller's pool.
 */
import type { ChatModel, ChatReply, ChatRequest, ProbeUsage } from './chat-model.ts';
import { type EndpointNames, endpointError } from './endpoint-error.ts';
import type { EndpointRecords } from './endpoint-records.ts';
import { type EndpointTraits, plainTraits, traitWords } from './endpoint-traits.ts';
import { learnt, wantsFewerTokens } from './negotiate.ts';
import { patientFetch } from './patient-fetch.ts';
import { probeEndpoint, probeRequest } from './probe-endpoint.ts';
import { requestKey } from './request-cache.ts';
import { openSender, plainUrl, type SendRequest } from './send-request.ts';
import { list, parsed, StatusFailure, text } from './server-failure.ts';
import type { WireReply } from './wire-reply.ts';
import { type FieldSettings, type WireBody, wireRequest } from './wire-request.ts';

/** One endpoint with one model; times are in milliseconds. */
export interface EndpointOptions extends FieldSettings {
  /** Ends in `/v1` for most servers. */
  readonly url: string;
  readonly model: string;
  /** What tells it from another server with a model of the same name. Default: the url. */
  readonly place?: string;
  readonly apiKey?: string | undefined;
  /** Environment variable of the key, for messages. */
  readonly apiKeyEnv?: string | undefined;
  /** How messages name it. Default: the place. */
  readonly title?: string;
  /** Milliseconds for one request (default one hour: a long answer takes its time). */
  readonly timeout?: number;
  /** Ask for the reply piece by piece: a server that writes for minutes is heard of meanwhile. */
  readonly stream?: boolean;
  /** Milliseconds between two pieces of a streamed reply (default two minutes). */
  readonly idle?: number;
  /** Tokens for thoughts beside those of the answer. Default: 16,384 where the model is seen to think, else 0. */
  readonly thinkingTokens?: number | undefined;
  /** Where probes are kept. Absent: there is no probe, and refusals alone teach. */
  readonly records?: EndpointRecords | undefined;
  /** Told in one line what is asked differently here than by the plain protocol. */
  readonly onNotice?: (text: string) => void;
  /** Default: one without time limits of its own. */
  readonly fetch?: typeof fetch;
}

/** Room for thoughts where a model thinks and the user says nothing of it. */
export const defaultThinkingTokens = 16_384;

/** Less room than this is none. */
const leastRoom = 1024;

/** Refusals of one request that are answered by another form of it. */
const mostForms = 12;

class Endpoint implements ChatModel {
  readonly name: string;
  readonly place: string;
  readonly server?: string;
  readonly fields?: FieldSettings;
  private readonly options: EndpointOptions;
  private readonly send: SendRequest;
  private traits: EndpointTraits;
  private told = '';
  private prepared: Promise<ProbeUsage | undefined> | undefined;
  /** How a schema is sent that the server refused in a stricter form. */
  private readonly forms = new Map<string, EndpointTraits['form']>();

  constructor(options: EndpointOptions) {
    const { url, model, place, extraBody, omit, stream = false, timeout = 3_600_000, idle = 120_000 } = options;
    this.options = options;
    this.name = model;
    this.place = place ?? plainUrl(url);
    if (URL.canParse(url)) this.server = new URL(url).origin;
    const fields = { ...(hasFields(extraBody) && { extraBody }), ...(hasFields(omit) && { omit }) };
    if (hasFields(fields)) this.fields = fields;
    this.send = openSender({ url, apiKey: options.apiKey, timeout, idle, fetch: options.fetch });
    this.traits = { ...plainTraits, stream };
  }

  mostTokens({ maxTokens }: ChatRequest): number | undefined {
    const { max_tokens: own, max_completion_tokens: other } = this.options.extraBody ?? {};
    const stated = [own, other].find((value) => typeof value === 'number');
    return stated ?? (maxTokens === undefined ? undefined : maxTokens + this.room);
  }

  prepare(signal?: AbortSignal): Promise<ProbeUsage | undefined> {
    this.prepared ??= this.probe(signal).catch((error: unknown) => {
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  async complete(request: ChatRequest, signal?: AbortSignal): Promise<ChatReply> {
    await this.prepare(signal);
    const schema = request.jsonSchema === undefined ? '' : requestKey(request.jsonSchema);
    let room = this.room;
    for (let form = 1; ; form++) {
      const known = this.traits;
      const asked = { ...known, form: this.forms.get(schema) ?? known.form };
      const body = this.bodyOf(request, asked, room);
      try {
        const found = await this.send(body, signal);
        await this.noteThoughts(found);
        return found.reply;
      } catch (error) {
        if (!(error instanceof StatusFailure) || form === mostForms) throw error;
        const fewer = this.options.thinkingTokens === undefined && room > 0 && wantsFewerTokens(error);
        const next = fewer ? undefined : learnt(asked, error, body);
        if (fewer) room = room / 2 < leastRoom ? 0 : Math.floor(room / 2);
        else if (next === undefined) throw error;
        // One schema may be too much for a server that takes others.
        else if (next.form !== asked.form) this.forms.set(schema, next.form);
        // Of requests that are refused together the first teaches.
        else if (this.traits === known) await this.learn({ ...next, form: known.form });
      }
    }
  }

  private get room(): number {
    const thinks = this.traits.reasoning !== 'none';
    return this.options.thinkingTokens ?? (thinks ? defaultThinkingTokens : 0);
  }

  private bodyOf(request: ChatRequest, traits: EndpointTraits, room: number): WireBody {
    const { model, extraBody, omit } = this.options;
    return wireRequest(request, { model, traits, room, stream: traits.stream, extraBody, omit });
  }

  /** A model may think about some questions alone, and not about the probe. */
  private async noteThoughts({ reasoning }: WireReply): Promise<void> {
    if (reasoning === 'none' || this.traits.reasoning !== 'none') return;
    await this.learn({ ...this.traits, reasoning });
  }

  private async learn(traits: EndpointTraits): Promise<void> {
    this.traits = traits;
    this.tell();
    const { records } = this.options;
    const known = await records?.get(this.recordKey);
    if (records !== undefined && known !== undefined) await records.set(this.recordKey, { ...known, traits });
  }

  private tell(): void {
    const differs = traitWords({ ...this.traits, stream: this.traits.stream && this.options.stream !== true });
    const room = this.room > 0 ? `${differs === '' ? '' : '; '}${this.room} tokens of room for thoughts` : '';
    const words = `${differs}${room}`;
    if (words !== '' && words !== this.told)
      this.options.onNotice?.(`${this.names.title}: asked in its own way: ${words}.`);
    this.told = words;
  }

  private get recordKey(): string {
    const { url, model, extraBody, omit } = this.options;
    return requestKey({ url: plainUrl(url), model, extraBody, omit });
  }

  private get names(): EndpointNames {
    const { url, model, apiKey, apiKeyEnv, title = this.place } = this.options;
    return { title, url: plainUrl(url), model, apiKeyEnv, hasKey: apiKey !== undefined };
  }

  private async probe(signal?: AbortSignal): Promise<ProbeUsage | undefined> {
    const { records, url, model } = this.options;
    if (records === undefined) return undefined;
    const known = await records.get(this.recordKey);
    const { traits, usage } = known ?? (await this.ask(signal));
    if (known === undefined) await records.set(this.recordKey, { url: plainUrl(url), model, traits, usage });
    this.traits = { ...traits, stream: traits.stream || this.options.stream === true };
    this.tell();
    return { id: this.recordKey, ...usage };
  }

  private async ask(signal?: AbortSignal) {
    try {
      const bodyOf = (traits: EndpointTraits): WireBody => this.bodyOf(probeRequest, traits, 0);
      const { traits, found } = await probeEndpoint(this.traits, bodyOf, this.send, signal);
      const { promptTokens, completionTokens } = found.reply;
      return {
        traits: { ...traits, stream: traits.stream && this.options.stream !== true },
        usage: { requests: 1, promptTokens, completionTokens },
      };
    } catch (error) {
      throw endpointError(error, this.names, await this.offered(error)) ?? error;
    }
  }

  /** The models that the server lists, where a wrong name may be the trouble. */
  private async offered(error: unknown): Promise<string[]> {
    if (!(error instanceof StatusFailure) || ![400, 404].includes(error.status)) return [];
    const { url, apiKey, fetch: send = patientFetch } = this.options;
    const headers = new Headers(apiKey === undefined ? [] : [['authorization', `Bearer ${apiKey}`]]);
    try {
      const reply = await send(`${plainUrl(url)}/models`, { headers, signal: AbortSignal.timeout(5000) });
      return list(parsed(await reply.text()).data).map(({ id }) => text(id));
    } catch {
      // Only words of an error that is told anyway.
      return [];
    }
  }
}

const hasFields = (value: object | undefined): boolean => value !== undefined && Object.keys(value).length > 0;

/**
 * A model at an endpoint. One call is one request, or one more for each field that the server refuses.
 *
 * @example const model = openEndpoint({ url: 'http://127.0.0.1:8000/v1', model: 'my-model' });
 */
export const openEndpoint = (options: EndpointOptions): ChatModel => new Endpoint(options);
