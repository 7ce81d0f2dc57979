/**
 * @file Reasons for which a gate cannot apply to a generator, stated once.
 */
export const wholeText = 'the evidence is the whole text';
export const listsCandidates = 'the question lists its candidates';
export const freeText = 'a summary is free text: one reference, no one answer';
/** Why a generator poses few or no problems over Chinese documents. */
export const englishRecords = 'needs records (country, year, ...), which are read from English documents';
