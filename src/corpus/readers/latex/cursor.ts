/** @file A place in a source that is read from its beginning to its end. */

/** Where reading stands. */
export class Cursor {
  readonly source: string;
  at = 0;
  /** Marks that the rest of the source does not have. */
  private readonly missing = new Set<string>();

  constructor(source: string) {
    this.source = source;
  }

  /** Takes what matches here. @param pattern Sticky. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match;
  }

  /** Where a mark stands next; a mark that is missing once is not looked for again. */
  find(mark: string): number {
    if (this.missing.has(mark)) return -1;
    const found = this.source.indexOf(mark, this.at);
    if (found < 0) this.missing.add(mark);
    return found;
  }
}
