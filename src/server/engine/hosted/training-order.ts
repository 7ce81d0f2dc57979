/** @file Training requests of one model in the order of their sequence numbers, each once. */
import { createHash } from 'node:crypto';
import { UsageError } from '../../../errors.ts';

/** Numbers start at 1; a request without one, or with 0, does not wait. */
export class TrainingOrder {
  private next = 1;
  /** Digests of what was asked under each number. */
  private readonly known = new Map<number, string>();
  /** What waits for smaller numbers. */
  private readonly held = new Map<number, () => void>();

  /** Whether a request was accepted under this number. */
  isKnown(seqId: number): boolean {
    return this.known.has(seqId);
  }

  /**
   * Accepts a request once: `run` is called when all with smaller numbers were.
   *
   * @returns whether it is new; a repetition of an accepted request is not.
   * @throws UsageError (`sequence-reused`) for another request under the same number.
   */
  accept(seqId: number | undefined, body: Uint8Array, run: () => void): boolean {
    if (seqId === undefined || seqId === 0) {
      run();
      return true;
    }
    const digest = createHash('sha256').update(body).digest('hex');
    const before = this.known.get(seqId);
    if (before === digest) return false;
    if (before !== undefined) throw new UsageError('sequence-reused', 'Training request sequence number was reused.');
    this.known.set(seqId, digest);
    this.held.set(seqId, run);
    for (let next = this.held.get(this.next); next !== undefined; next = this.held.get(this.next)) {
      this.held.delete(this.next++);
      next();
    }
    return true;
  }
}
