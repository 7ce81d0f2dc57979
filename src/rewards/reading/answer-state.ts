/** @file What the reader of answers may find, and how strictly the form was kept: names alone, for those who only count. */

/** `cut`: the thinking never closed. `contradictory`: several final answers. `unreadable`: an answer stands there in no known form. */
export const answerStates = ['answered', 'none', 'cut', 'contradictory', 'unreadable'] as const;
/** Whether a response has an answer that can be compared. */
export type AnswerState = (typeof answerStates)[number];

/** `exact`: a bracketed mark, then the bare answer. `loose`: another mark, box or sentence. `none`: nothing marks the answer. */
export const answerFormats = ['exact', 'loose', 'none'] as const;
/** How well an answer is marked; it changes a score only where the sample says so. */
export type AnswerFormat = (typeof answerFormats)[number];
