/**
 * @file Bodies of requests as they arrive. What counts is the bytes that have come, not those that a client announces: sockets
 * that promise megabytes and send none cost nothing. When more would lie here than may, the largest body that is not whole yet
 * gives way, so that nobody can hold the place.
 */
import { IncomingMessage } from 'node:http';
import type { Context } from 'hono';

/** Two bounds on the memory that bodies of requests take. */
export interface IntakeOptions {
  /** Largest body in bytes. */
  readonly maxBody: number;
  /** Most bytes of bodies that may lie here at once, answered ones not counted. */
  readonly maxBytes: number;
}

/** A body that is not taken. 400: cut off, 413: too large, 503: no room. */
export class BodyRefused extends Error {
  readonly status: 400 | 413 | 503;
  constructor(status: BodyRefused['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/** A body under way. */
interface Arrival {
  bytes: number;
  readonly refuse: (error: BodyRefused) => void;
}

/** Bodies up to this many bytes are taken even where there is no room: connections are what bounds them. */
const always = 64 * 1024;

/** Reads the bodies of all requests of a server, so that one bound holds for all of them together. */
export class Intake {
  private readonly options: IntakeOptions;
  private readonly arriving = new Set<Arrival>();
  private held = 0;

  constructor(options: IntakeOptions) {
    this.options = options;
  }

  /** Bytes that lie here. */
  get bytes(): number {
    return this.held;
  }

  /** Reads a body and hands it to `run`, until whose end it counts. @throws BodyRefused */
  async use<T>(context: Context, run: (body: Buffer) => Promise<T>): Promise<T> {
    if (Number(context.req.header('Content-Length') ?? 0) > this.options.maxBody) throw this.tooLarge();
    const { incoming } = (context.env ?? {}) as { incoming?: unknown };
    let bytes = 0;
    const count = (more: number): void => {
      bytes += more;
      this.held += more;
    };
    try {
      const body =
        incoming instanceof IncomingMessage
          ? await this.collect(incoming, count)
          : await this.whole(await context.req.arrayBuffer(), count);
      return await run(body);
    } finally {
      this.held -= bytes;
    }
  }

  private tooLarge(): BodyRefused {
    return new BodyRefused(413, `the body exceeds ${this.options.maxBody} bytes`);
  }

  /** A request that came over no socket. */
  private async whole(buffer: ArrayBuffer, count: (more: number) => void): Promise<Buffer> {
    count(buffer.byteLength);
    if (buffer.byteLength > this.options.maxBody) throw this.tooLarge();
    this.makeRoom({ bytes: buffer.byteLength, refuse: fail });
    return Buffer.from(buffer);
  }

  private collect(incoming: IncomingMessage, count: (more: number) => void): Promise<Buffer> {
    return new Promise<Buffer>((resolve, reject) => {
      const chunks: Buffer[] = [];
      const end = (): void => {
        this.arriving.delete(arrival);
        incoming.off('data', take).off('end', whole).off('close', cut).off('error', cut);
        // Whoever answers a body that was refused lets the rest of it drain.
        incoming.on('error', () => undefined);
      };
      const refuse = (error: BodyRefused): void => {
        end();
        reject(error);
      };
      const arrival: Arrival = { bytes: 0, refuse };
      const take = (chunk: Buffer): void => {
        chunks.push(chunk);
        count(chunk.length);
        arrival.bytes += chunk.length;
        if (arrival.bytes > this.options.maxBody) refuse(this.tooLarge());
        else this.makeRoom(arrival);
      };
      const whole = (): void => {
        end();
        resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
      };
      const cut = (): void => refuse(new BodyRefused(400, 'the body ended early'));
      this.arriving.add(arrival);
      incoming.on('data', take).on('end', whole).on('close', cut).on('error', cut);
    });
  }

  /** Refuses bodies under way until the rest has room; the last to be asked is the one that grew. */
  private makeRoom(grown: Arrival): void {
    if (this.held <= this.options.maxBytes || grown.bytes <= always) return;
    let largest = grown;
    for (const other of this.arriving) if (other.bytes > largest.bytes) largest = other;
    largest.refuse(new BodyRefused(503, `${this.held} bytes of requests are under way`));
  }
}

function fail(error: Error): never {
  throw error;
}
