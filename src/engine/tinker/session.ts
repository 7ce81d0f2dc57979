/**
 * @file A session on a server: its counters, its heartbeat. A server forgets models whose session has been silent for some
 * minutes.
 */
import { TinkerFailure } from './failure.ts';
import type { Transport } from './transport.ts';

const heartbeatEvery = 10_000;

/** Counts models and sampling sessions, because a server knows each by its number. */
export class Session {
  readonly id: string;
  readonly transport: Transport;
  private models = 0;
  private samplingSessions = 0;
  private readonly stopped = new AbortController();

  private constructor(id: string, transport: Transport) {
    this.id = id;
    this.transport = transport;
  }

  static async open(transport: Transport, version: string): Promise<Session> {
    const reply = await transport.json('/api/v1/create_session', {
      tags: ['golongrl'],
      user_metadata: {},
      sdk_version: version,
      type: 'create_session',
    });
    for (const key of ['info_message', 'warning_message', 'error_message']) {
      if (typeof reply[key] === 'string') transport.notice(`Server: ${reply[key]}`);
    }
    if (typeof reply.session_id !== 'string')
      throw new TinkerFailure('tinker-bad-reply', 'create_session: the reply has no session_id.');
    const session = new Session(reply.session_id, transport);
    void session.beat();
    return session;
  }

  nextModel(): number {
    return this.models++;
  }

  nextSamplingSession(): number {
    return this.samplingSessions++;
  }

  close(): void {
    this.stopped.abort();
  }

  private async beat(): Promise<void> {
    const { transport } = this;
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await transport.clock.sleep(heartbeatEvery, signal).catch(() => undefined);
      if (signal.aborted) return;
      const body = { session_id: this.id, type: 'session_heartbeat' };
      // A lost beat is made up by the next; a session that is gone shows in the next request.
      await transport
        .send({ path: '/api/v1/session_heartbeat', body, timeout: heartbeatEvery, signal })
        .catch(() => undefined);
    }
  }
}
