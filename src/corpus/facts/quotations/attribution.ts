/** @file Whose words a quotation is, as the words beside it say: by a name, by what somebody is (`my father`), or by a pronoun. */

/** Who is named beside a quotation. */
export interface Attribution {
  /** As the text has it; undefined where it only says that somebody speaks. */
  readonly speaker: string | undefined;
  readonly how: 'name' | 'description' | 'pronoun' | 'nobody';
  /** Where the speaker stands in the text; of a pronoun, the pronoun. */
  readonly at: number;
  /** Where its words end, if they stand behind the quotation. */
  readonly end?: number;
}

/** What attribution is read from. */
export interface Beside {
  readonly text: string;
  /** Of the quotation, marks included. */
  readonly outer: { readonly start: number; readonly end: number };
  /** The words of the quotation. */
  readonly words: string;
  /** How far to both sides may be looked. */
  readonly from: number;
  readonly to: number;
}
