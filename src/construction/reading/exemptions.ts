/**
 * @file Reasons for which a gate cannot apply to a generator, stated once.
 */

/** Exempts from g6, the spread of evidence over the depth of the context. */
export const wholeText = 'the evidence is the whole text';

/** Exempts from g4: the answer is one of the candidates that the question names. */
export const listsCandidates = 'the question lists its candidates';

/** Exempts from g3, the uniqueness of the answer. */
export const freeText = 'a summary is free text: one reference, no one answer';

/** Why a generator poses few or no problems over Chinese documents. */
export const englishRecords = 'needs records (country, year, ...), which are read from English documents';
