/**
 * @file What generated questions are asked about: documents whose units (entries, rows, releases, clauses) have a name, a heading as it
 * stands in the text, and lines that state their fields.
 */

/** One field of one unit: the line that states it, as it stands in the document, and its value. */
export interface Stated {
  readonly line: string;
  readonly value: string;
  /** What a careful reader writes below the line, where the line states more than this field. */
  readonly told?: string;
  /** What the value is ordered by: a figure, or the day of a date. */
  readonly number?: number;
}

/** An entry of the documents. */
export interface Unit {
  readonly name: string;
  /** The heading as a rationale quotes it. */
  readonly heading: string;
  /** The heading with its number, as a sweep through all units quotes it. */
  readonly numbered: string;
  readonly fields: ReadonlyMap<string, Stated>;
}

export type FieldKind = 'figure' | 'date' | 'name' | 'category' | 'words';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** Follows a bound of the field's figures: ` sq km`, `%`. */
  readonly unit: string;
}

/** Documents with all that can be asked of them. */
export interface World {
  /** Documents as a prompt shows them, each under its head. */
  readonly text: string;
  readonly noun: { readonly one: string; readonly many: string };
  readonly fields: readonly Field[];
  readonly units: readonly Unit[];
}

/** Document number `i`, from 0, that is about one unit: the unit, and the text. */
export function documentOf(
  i: number,
  name: string,
  { lines, fields }: { readonly lines: readonly string[]; readonly fields: Unit['fields'] },
): { readonly unit: Unit; readonly text: string } {
  const numbered = `=== Document ${i + 1}: ${name} ===`;
  return {
    unit: { name, heading: `=== Document: ${name} ===`, numbered, fields },
    text: `${numbered}\n\n${lines.join('\n')}`,
  };
}
