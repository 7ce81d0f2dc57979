/**
 * @file Reasons for which a gate cannot apply to a generator, stated once.
 */
export const wholeText = 'the evidence is the whole text';
export const listsCandidates = 'the question lists its candidates';
export const freeText = 'a summary is free text: one reference, no one answer';
