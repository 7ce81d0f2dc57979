/**
 * @file Whose trouble a failed request is. What a server refuses is the draft's own. A request that never gets a reply, while others do,
 * is its draft's too. A server that is gone, that answers nobody, or that wants another key is everybody's, and ends the work.
 */
import { ResourceError } from '../../errors.ts';
import { ChatFailure } from '../../llm/chat-model.ts';

/** Refusals of one request for what it asks; another try is refused too. */
const refusals = ['http-400', 'http-413', 'http-422', 'overlong'];
/** Failures that no single request can be blamed for. */
const everybodys = ['no-connection', 'http-429'];

/** What a user can do about a failure before running again. */
const cures: Readonly<Record<string, string>> = {
  'http-401': 'Put the key in the environment variable that is named for it. ',
  'http-403': 'Look whether the key may use this model. ',
  'http-404': 'Compare address (most end in /v1) and model name with what the server offers. ',
  'http-429': 'Lower the number of requests at once, or wait until the server takes more. ',
  'no-connection': 'Look whether the server runs and the address is right. ',
  'cut-short': 'Give the endpoint more `thinkingTokens`, the stage more `maxTokens`, or the server more context. ',
  timeout: 'Allow more time for a request, or fewer at once. ',
};

/** What is asked of the servers, and how to tell whether they answer at all. */
export interface FailureOptions {
  /** What is asked for, in the plural, for messages. */
  readonly things: string;
  readonly parallel: number;
  /** How many there are, where that is known. */
  readonly total?: number;
  /** Replies that servers have sent so far. */
  readonly replies: () => number;
}

/** Collects the failures of one run, and decides for each whether it ends its draft or the work. */
export class Failures {
  private readonly options: FailureOptions;
  private unanswered: ChatFailure[] = [];
  /** Different subjects in a row without a reply, and the replies when the last of them failed. */
  private row = new Set<string>();
  private replies = 0;
  private fatal: unknown;
  private failed = 0;

  constructor(options: FailureOptions) {
    this.options = options;
    this.replies = options.replies();
  }

  /**
   * The stage at which one draft ends by this error; undefined when everything does.
   *
   * @param subject What it is about: one document that a server chokes on is one subject, however often it is asked about.
   */
  stageOf(error: unknown, subject: string): 'refused' | 'no-reply' | undefined {
    if (error instanceof ChatFailure) {
      if (refusals.includes(error.code)) return 'refused';
      this.failed++;
      if (error.retryable && !everybodys.includes(error.code)) {
        this.unanswered.push(error);
        if (!this.isServer(subject)) return 'no-reply';
      }
    }
    // Of several the one that is no failed request: a spent budget, a full disk, a bug.
    if (this.fatal === undefined || !(error instanceof ChatFailure)) this.fatal = error;
    return undefined;
  }

  private isServer(subject: string): boolean {
    const { parallel, total = Number.POSITIVE_INFINITY, replies } = this.options;
    if (replies() > this.replies) this.row = new Set();
    this.replies = replies();
    this.row.add(subject);
    // Those under way together fail together; so many in a row say nothing of a single one.
    return this.row.size >= Math.max(parallel, 8) || this.unanswered.length > total / 2;
  }

  /** @throws the error that ended the work, or ResourceError when most of what was tried got no reply. */
  check(tried: number): void {
    const [first] = this.unanswered;
    const { fatal } = this;
    if (fatal === undefined && this.unanswered.length <= tried / 2) return;
    if (fatal !== undefined && !(fatal instanceof ChatFailure)) throw fatal;
    const shown = fatal ?? first;
    const { things } = this.options;
    throw new ResourceError(
      'requests-failed',
      `${this.failed} of ${tried} ${things} got no reply; the first: ${shown?.message}`,
      `${cures[shown?.code ?? ''] ?? ''}Run the same command with --resume: replies are kept.`,
      { cause: shown },
    );
  }
}
