/**
 * @file Cuts text into the records of CSV, as RFC 4180 writes them and Python's `csv` reads them (its default dialect): quotes count at the
 * beginning of a field only, a quote inside of quotes is doubled, text after a closing quote belongs to the field, and a record ends with
 * LF, CR or both. By hand: csv-parse 7.0.3 is two to five times slower and keeps the quotes of a field with text after its closing quote;
 * Papa Parse 5.7.1, faster on short fields, reads over the line end after such a field (docs/records.md has the figures).
 */

/** One record. */
export interface CsvRecord {
  /** From 1; the first is the header. Blank lines are none. */
  readonly number: number;
  /** In which it begins, from 1. */
  readonly line: number;
  /** Undefined for a record above the limit. */
  readonly fields: readonly string[] | undefined;
}

const [lf, cr, quote] = [10, 13, 34];

/** Line ends inside of quotes. */
function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  if (text.includes('\r')) lines += text.split(/\r(?!\n)/).length - 1;
  return lines;
}

/** Takes text piece by piece and gives the records that end in it. */
export class CsvRecords {
  private number = 0;
  /** Of the record that is open. */
  private line = 1;
  private lines = 0;
  private fields: string[] = [];
  private field = '';
  private size = 0;
  private blank = true;
  // `start`: nothing of the field is read. `quote`: a quote was seen inside of quotes, doubled or their end.
  private state: 'start' | 'plain' | 'quoted' | 'quote' = 'start';
  private afterCr = false;
  private readonly delimiter: number;
  private readonly most: number;

  /**
   * @param delimiter code of the character between fields
   * @param most characters of one record; a longer one is read over
   */
  constructor(delimiter: number, most: number) {
    this.delimiter = delimiter;
    this.most = most;
  }

  /** The line in which a quote was opened that is not closed yet. */
  get openLine(): number | undefined {
    return this.state === 'quoted' ? this.line : undefined;
  }

  /** How many records have ended. */
  get count(): number {
    return this.number;
  }

  private add(piece: string): void {
    this.size += piece.length;
    if (this.size <= this.most) this.field += piece;
    else this.field = '';
  }

  private endField(): void {
    this.fields.push(this.field);
    this.field = '';
    this.state = 'start';
  }

  private endRecord(records: CsvRecord[]): void {
    const blank = this.blank && this.state === 'start';
    this.endField();
    if (!blank) {
      const fields = this.size <= this.most ? this.fields : undefined;
      records.push({ number: ++this.number, line: this.line, fields });
    }
    this.fields = [];
    this.size = 0;
    this.blank = true;
    this.line += this.lines + 1;
    this.lines = 0;
  }

  /** Where text that is outside of quotes ends: at a delimiter, a line end, or with the piece. */
  private plainEnd(text: string, from: number): number {
    const { delimiter } = this;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === delimiter || code === lf || code === cr) return at;
    }
    return text.length;
  }

  /** The records that end in a piece of the text, in order. */
  push(text: string): CsvRecord[] {
    const records: CsvRecord[] = [];
    const { delimiter } = this;
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      if (this.state === 'quoted') {
        const end = text.indexOf('"', at);
        const piece = text.slice(at, end < 0 ? text.length : end);
        this.lines += countLines(piece);
        this.add(piece);
        from = end < 0 ? text.length : end + 1;
        at = from - 1;
        if (end >= 0) this.state = 'quote';
        continue;
      }
      const code = text.charCodeAt(at);
      if (code === quote && (this.state === 'start' || this.state === 'quote')) {
        if (this.state === 'quote') this.add('"');
        this.state = 'quoted';
        this.afterCr = false;
        from = at + 1;
      } else if (code === delimiter) {
        this.add(text.slice(from, at));
        from = at + 1;
        this.endField();
        this.blank = false;
      } else if (code === lf || code === cr) {
        if (code === lf && this.afterCr && at === from) from = at + 1;
        else {
          this.add(text.slice(from, at));
          from = at + 1;
          this.endRecord(records);
        }
        this.afterCr = code === cr;
        continue;
      } else {
        this.state = 'plain';
        at = this.plainEnd(text, at) - 1;
      }
      this.afterCr = false;
    }
    this.add(text.slice(from));
    return records;
  }

  /** The last record, where no line end follows it. A quote that is still open is the caller's matter: see `openLine`. */
  end(): CsvRecord[] {
    const records: CsvRecord[] = [];
    if (!this.blank || this.state !== 'start') this.endRecord(records);
    return records;
  }
}
