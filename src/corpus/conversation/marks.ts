/** @file What the lines of a text are to a conversation: heads, which name a speaker, and cuts, behind which nobody speaks. */

/** The ways in which a line names who speaks. */
export type Form =
  | 'label' // Anna: words
  | 'loose-label' // La Montagne libre : words
  | 'hearing' // Mr. SMITH. words
  | 'examination' // Q. words
  | 'bold-label' // **Anna:** words
  | 'list-label' // - Anna: words
  | 'lower-label' // anna: words
  | 'stamp-label' // [12:03] Anna: words
  | 'nick' // <anna> words
  | 'stamped' // Anna 12:03, above the words
  | 'voice' // <v Anna>words
  | 'own-dot' // ANNA. above the words
  | 'own' // ANNA above the words
  | 'own-mixed' // Anna. above the words
  | 'own-bold' // **Anna** above the words
  | 'lead' // ANNA. words
  | 'lead-mixed' // Ann. words
  | 'lead-bold' // **Anna.** words
  | 'bracket' // 【甲】 words
  | 'quote' // 甲「words」
  | 'space'; // 甲 words

/** Words that name a speaker, at the beginning of a line. Offsets are characters of the text. */
export interface Head {
  readonly kind: 'head';
  readonly form: Form;
  /** Undefined: whoever spoke before speaks on, at another time. */
  readonly speaker: string | undefined;
  /** As the text states it, e.g. `12:03`. */
  readonly time: string | undefined;
  readonly start: number;
  /** Behind the name. */
  readonly bodyStart: number;
  /** Where the speech before it ends at the latest: the line of a subtitle's time is nobody's. */
  readonly edge: number;
  readonly afterBlank: boolean;
  readonly beforeBlank: boolean;
  /** Whether the words begin on another line. */
  readonly alone: boolean;
}

/** A head within its line; offsets are counted from the start of the line. */
export interface FoundHead {
  readonly form: Form;
  readonly speaker: string;
  readonly time?: string | undefined;
  readonly bodyStart: number;
}

/** What ends a speech without naming a speaker. */
export interface Cut {
  /**
   * `notice`: of a chat's system; `scene`: of a play; `heading`, `rule`: of any text; `by`: says who asks from here on; `page`: a number in
   * the midst of a speech, which goes on behind it; `cast`: the persons of a play come next; `sworn`: who answers from here on.
   */
  readonly kind: 'notice' | 'scene' | 'heading' | 'rule' | 'by' | 'page' | 'cast' | 'sworn';
  readonly start: number;
  readonly end: number;
  /** Of a scene: where it plays. Of `by`: who asks. Of `sworn`: the witness. */
  readonly words?: string;
}

/** A line that means something to a conversation. */
export type Mark = Head | Cut;
