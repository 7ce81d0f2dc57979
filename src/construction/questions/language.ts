/** @file The languages that questions are asked in. */
export const questionLanguages = ['en', 'zh'] as const;

/** One of `questionLanguages`. */
export type QuestionLanguage = (typeof questionLanguages)[number];
