/** @file A text out of many small pieces: a string that grows by each takes 32 bytes of memory a piece. */

const mostPieces = 4096;

export class TextBuilder {
  private whole = '';
  private pieces: string[] = [];
  /** Characters so far. */
  length = 0;

  add(piece: string): void {
    if (piece === '') return;
    this.length += piece.length;
    if (this.pieces.push(piece) < mostPieces) return;
    this.whole += this.pieces.join('');
    this.pieces = [];
  }

  toString(): string {
    return this.whole + this.pieces.join('');
  }

  /** The text; the next one begins empty. */
  take(): string {
    const text = this.toString();
    [this.whole, this.pieces, this.length] = ['', [], 0];
    return text;
  }
}
