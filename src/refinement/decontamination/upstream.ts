/**
 * @file Decontamination as the paper's released script (`n_gram.py`) does it, its defects included. Grams are tokens of a subword
 * tokenizer, joined; nothing is folded. A benchmark's row counts with the first 4,000 characters of its `text`; of a sample the
 * question alone is read. The first gram found removes it. A question of fewer than n tokens is found inside any gram, an empty one
 * too. The later of two rows with one gram is the one that is named. Its tokenizer was not released: give one.
 */
import type { Sample } from '../../samples/sample.ts';
import type { Excerpt } from './excerpt.ts';
import type { ReferenceTool } from './reference-tool.ts';
import type { Match } from './report/findings.ts';

/** The texts of the tokens of a text; joined they need not give it back. */
export type TokenTexts = (text: string) => Promise<readonly string[]>;

/** Settings of the released script, and the tokenizer that it lacks. */
export interface UpstreamOptions {
  readonly tokens: TokenTexts;
  /** Gram lengths in tokens. Default 13 alone. */
  readonly ns?: readonly number[];
  /** A gram that holds one of these, or stands in one, is passed over; case does not count. Default none. */
  readonly patterns?: readonly string[];
}

/** A row of a benchmark by file and number, for the report. */
export interface UpstreamRow {
  readonly file: string;
  readonly number: number;
  readonly text: string;
}

/** Characters of a row that count. */
const readCharacters = 4000;

/** Benchmarks indexed by the rules of the paper's released script. */
export class UpstreamIndex implements ReferenceTool {
  private readonly tokens: TokenTexts;
  private readonly patterns: readonly string[];
  private readonly tables: { readonly n: number; readonly grams: Map<string, UpstreamRow> }[];
  items = 0;

  constructor({ tokens, ns = [13], patterns = [] }: UpstreamOptions) {
    this.tokens = tokens;
    this.patterns = patterns.map((pattern) => pattern.toLowerCase());
    this.tables = ns.map((n) => ({ n, grams: new Map() }));
  }

  async add(row: UpstreamRow): Promise<void> {
    this.items++;
    const tokens = await this.tokens(
      Array.from(row.text.slice(0, 2 * readCharacters))
        .slice(0, readCharacters)
        .join(''),
    );
    for (const { n, grams } of this.tables)
      for (let i = 0; i + n <= tokens.length; i++) grams.set(tokens.slice(i, i + n).join(''), row);
  }

  private isPattern(gram: string): boolean {
    const lower = gram.toLowerCase();
    return this.patterns.some((pattern) => pattern.includes(lower) || lower.includes(pattern));
  }

  async check({ question }: Sample): Promise<Match[]> {
    const tokens = question === '' ? [] : await this.tokens(question);
    const matches: Match[] = [];
    for (const { n, grams } of this.tables) {
      const found = tokens.length < n ? this.containing(grams, tokens) : this.firstGram(grams, tokens, n);
      if (found !== undefined) matches.push(matchOf(n, tokens, found));
    }
    return matches;
  }

  private containing(grams: ReadonlyMap<string, UpstreamRow>, tokens: readonly string[]): Found | undefined {
    const whole = tokens.join('');
    for (const [gram, row] of grams) if (gram.includes(whole)) return { start: 0, length: tokens.length, gram, row };
    return undefined;
  }

  private firstGram(grams: ReadonlyMap<string, UpstreamRow>, tokens: readonly string[], n: number): Found | undefined {
    for (let start = 0; start + n <= tokens.length; start++) {
      const gram = tokens.slice(start, start + n).join('');
      const row = grams.get(gram);
      if (row !== undefined && !this.isPattern(gram)) return { start, length: n, gram, row };
    }
    return undefined;
  }
}

interface Found {
  readonly start: number;
  readonly length: number;
  readonly gram: string;
  readonly row: UpstreamRow;
}

function matchOf(n: number, tokens: readonly string[], { start, length, gram, row }: Found): Match {
  const join = (from: number, to: number): string => tokens.slice(from, to).join('');
  const end = start + length;
  const sample = { before: join(0, start), shared: join(start, end), after: join(end, tokens.length) };
  const side = { benchmark: row.file, item: String(row.number), benchmarkField: 'text' } as const;
  return {
    n,
    field: 'question',
    ...side,
    words: length,
    unit: 'token',
    bits: 0,
    sides: { sample, benchmark: around(row.text, gram) },
  };
}

/** A gram with what stands around it; tokens that are parts of a character are not found in the text. */
function around(text: string, gram: string): Excerpt {
  const at = text.indexOf(gram);
  if (at < 0) return { before: '', shared: gram, after: '' };
  const end = at + gram.length;
  const [from, to] = [Math.max(0, at - 150), end + 150];
  return {
    before: `${from > 0 ? '… ' : ''}${text.slice(from, at)}`,
    shared: gram,
    after: `${text.slice(end, to)}${to < text.length ? ' …' : ''}`,
  };
}

/** A line of a pattern file: its bytes read as Latin-1, with Python's escapes. */
export const readPattern = (line: string): string =>
  Buffer.from(line, 'utf8')
    .toString('latin1')
    .replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))/gi, (whole, byte?: string, unit?: string, letter?: string) => {
      const code = byte ?? unit;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return escapes[letter ?? ''] ?? whole;
    });

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };
