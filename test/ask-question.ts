/** @file Poses the questions of a generator over texts written in a test, and lets its solver answer from the prompt. */

import type { QuestionDraft, QuestionGenerator } from '../src/construction/questions/question.ts';
import { readDocuments } from '../src/construction/questions/read-prompt.ts';
import { contractOf, renderPrompt } from '../src/construction/questions/render-prompt.ts';
import type { Document } from '../src/corpus/document.ts';
import { sha256 } from '../src/corpus/make-document.ts';
import { parseStructure } from '../src/corpus/structure/structure.ts';
import { random } from '../src/random.ts';

/** A text with its title. */
export type Titled = readonly [title: string, text: string];

const documentOf = ([title, text]: Titled): Document => ({
  id: title,
  sha256: sha256(text),
  title,
  source: 'test',
  licence: 'CC0-1.0',
  language: 'en',
  kind: 'reference',
  text,
});

/** A question with what its solver makes of the prompt, as it is and after a change. */
export interface Asked {
  readonly draft: QuestionDraft;
  readonly question: string;
  readonly prompt: string;
  /** The solver's answer, or for T9 what is wrong with the reference. */
  readonly solve: (change?: (prompt: string) => string) => readonly string[] | string | undefined;
}

/** The first problem over the texts, or the last reason why there is none. */
export function ask(
  generator: QuestionGenerator,
  texts: readonly Titled[],
  { language = 'en', seed = 1 }: { language?: 'en' | 'zh'; seed?: number } = {},
): Asked | string {
  const documents = texts.map(documentOf).map((document) => ({
    document,
    title: document.title,
    span: { start: 0, end: document.text.length },
    facts: parseStructure(document.text),
  }));
  const context = { language, documents, chosen: documents.map((_, i) => i) };
  const rng = random('test', seed);
  let draft: QuestionDraft | string = '';
  for (let i = 0; i < 8; i++) {
    draft = generator.draw(context, rng);
    if (typeof draft !== 'string') break;
  }
  if (typeof draft === 'string') return draft;
  const made = draft;
  const question = generator.wordings.say(language, seed, made.slots);
  const prompt = renderPrompt(context, made, { question, contract: contractOf(generator, language) });
  const slots = generator.wordings.read(question);
  return {
    draft: made,
    question,
    prompt: prompt.text,
    solve: (change = (text) => text) => {
      const shown = { language, documents: readDocuments(change(prompt.context)), slots: slots ?? {} };
      return generator.verify === undefined ? generator.solve(shown) : generator.verify(shown, made.gold);
    },
  };
}
