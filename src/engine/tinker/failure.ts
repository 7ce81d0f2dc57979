/** @file What went wrong between the client and a Tinker server, with what a caller can do about it. */
import { EngineError } from '../../errors.ts';

/** What is known of a failure beside its message; absent where the server did not say. */
export interface FailureFacts {
  /** HTTP status; 0 when there was no reply. */
  readonly status?: number;
  /** Hosted servers say whose fault a failed request is. */
  readonly category?: string;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A request that failed; `lost` says whether connecting anew may help. */
export class TinkerFailure extends EngineError {
  readonly status: number;
  readonly category: string | undefined;

  constructor(code: string, message: string, facts: FailureFacts = {}) {
    super(code, message, facts.hint, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.status = facts.status ?? 0;
    this.category = facts.category;
  }

  /** No reply in all the patience, a session or model that the server does not know any more, or a fault of its own. */
  override get lost(): boolean {
    if (this.code === 'tinker-failed') return this.category === 'server' || /\bnot loaded\b/.test(this.message);
    return this.code === 'tinker-no-reply' || this.status === 404 || this.status === 410 || this.status >= 500;
  }
}

const longestText = 300;

/** What a server said, short: a validation error echoes the whole request. */
export function saidBy(body: unknown): string {
  const { detail, error, message } =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : { detail: body };
  const said = detail ?? error ?? message ?? body;
  const text = typeof said === 'string' ? said : (JSON.stringify(said) ?? '');
  return text.length > longestText ? `${text.slice(0, longestText)}...` : text;
}

const hints: Readonly<Record<number, string>> = {
  401: 'Set TINKER_API_KEY to a key that this server accepts.',
  402: 'The account has no credit left; the run can be resumed when it has.',
  403: 'The key in TINKER_API_KEY may not do this.',
  404: 'The server does not know it any more: it may have restarted, or ended the session. Resume from the last checkpoint.',
};

/** A reply that ends a request. */
export const refused = (what: string, status: number, body: unknown): TinkerFailure =>
  new TinkerFailure(`tinker-${status}`, `${what}: the server answered ${status}: ${saidBy(body) || '(nothing)'}`, {
    status,
    hint: hints[status],
  });
