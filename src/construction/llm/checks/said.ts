/** @file What is wrong with a draft, in both languages: its writer is told in the language of its documents, reports are English. */
import type { QuestionLanguage } from '../../questions/language.ts';

/** One sentence in both languages. */
export type Said = Readonly<Record<QuestionLanguage, string>>;

/** English first. */
export const say = (en: string, zh: string): Said => ({ en, zh });
