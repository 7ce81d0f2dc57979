/** @file Sessions of clients: their models and samplers by id, and when they gave the last sign of life. */
import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.ts';
import type { CreateSession } from './requests.ts';

interface Session {
  readonly id: string;
  readonly name: string | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly runs: Set<string>;
  readonly samplers: Set<string>;
  /** Moment of the last sign of life. */
  seen: number;
  over: boolean;
}

/** Sessions that are over and still listed, at most. */
const mostOver = 1000;

/** Sessions by id, the oldest first. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();

  create({ display_name, user_metadata }: CreateSession): string {
    const id = randomUUID().replaceAll('-', '').slice(0, 16);
    const own = { id, name: display_name ?? null, metadata: user_metadata ?? null };
    this.sessions.set(id, { ...own, runs: new Set(), samplers: new Set(), seen: performance.now(), over: false });
    return id;
  }

  /** A session that is used. @throws Refusal (404) for one that is not known, or over. */
  use(id: string): Session {
    const session = this.sessions.get(id);
    if (session === undefined || session.over) throw new Refusal(404, `Session ${id} not found`);
    session.seen = performance.now();
    return session;
  }

  /** What a session has, also of one that is over. @throws Refusal (404) for one that is not known. */
  describe(id: string): object {
    const session = this.sessions.get(id);
    if (session === undefined) throw new Refusal(404, `Session ${id} not found`);
    return {
      training_run_ids: [...session.runs],
      sampler_ids: [...session.samplers],
      user_metadata: session.metadata,
      display_name: session.name,
    };
  }

  /** Ids, the newest first. */
  ids(): string[] {
    return [...this.sessions.keys()].reverse();
  }

  /** Ends those that were silent for `ms`; answers with their ids. */
  endSilent(ms: number): string[] {
    const silent = [...this.sessions.values()].filter(({ over, seen }) => !over && performance.now() - seen >= ms);
    for (const session of silent) session.over = true;
    const over = [...this.sessions.values()].filter((session) => session.over);
    for (const { id } of over.slice(0, Math.max(0, over.length - mostOver))) this.sessions.delete(id);
    return silent.map(({ id }) => id);
  }
}
