/**
 * @file P1 of one text: a pure function of it, so that any thread may run it. What its file states beside the text (title, licence,
 * columns) is put to it by who holds the document.
 */
import { normaliseWhitespace, sha256 } from '../make-document.ts';
import { type Measures, measure } from '../measures.ts';
import { stripBoilerplate } from '../structure/boilerplate.ts';
import type { DocumentForm } from '../structure/form/form.ts';
import { titleIn } from '../structure/sections.ts';
import { parseStructure } from '../structure/structure.ts';

/** What P1 finds in a text. */
export interface Finding {
  /** Cleaned. */
  readonly text: string;
  /** Hex SHA-256 of `text` (UTF-8). */
  readonly sha256: string;
  /** By its headings. */
  readonly title: string | undefined;
  readonly language: string;
  readonly form: DocumentForm;
  readonly measures: Measures;
}

/** Lines of a document that are parsed. The longest filings have some 100,000; each costs a few hundred bytes of spans. */
const mostLines = 1_000_000;

function checkLines(text: string): void {
  let lines = 0;
  // Blank lines do not count: they become one.
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
    if (at > 0 && text.charCodeAt(at - 1) > 32) lines++;
  if (lines > mostLines) throw new RangeError(`${lines} lines, at most ${mostLines} are parsed`);
}

/**
 * What P1 finds in a text as it was read. Undefined when nothing but boilerplate is in it.
 *
 * @throws RangeError for a text that is beyond what is parsed.
 */
export function findingOf(raw: string): Finding | undefined {
  checkLines(raw);
  const text = stripBoilerplate(normaliseWhitespace(raw));
  if (text === '') return undefined;
  const structure = parseStructure(text);
  return {
    text,
    sha256: sha256(text),
    title: titleIn(structure.sections),
    language: structure.language,
    form: structure.form,
    measures: measure(text, structure),
  };
}

/** What became of a text: something was found, there is nothing in it, or it cannot be parsed. */
export type Found =
  | {
      readonly type: 'found';
      readonly finding: Finding;
      /** Of MinHash, where it is at hand; see `signature-index.ts`. */
      readonly signature?: Uint16Array;
    }
  | { readonly type: 'empty' }
  | { readonly type: 'intricate'; readonly reason: string };

/** `findingOf` with the refusal as a value. */
export function find(raw: string): Found {
  try {
    const finding = findingOf(raw);
    return finding === undefined ? { type: 'empty' } : { type: 'found', finding };
  } catch (error) {
    // A regular expression whose stack overflows on a text made to that end: the text is to blame, and the rest goes on.
    if (!(error instanceof RangeError)) throw error;
    return { type: 'intricate', reason: error.message };
  }
}
