/**
 * @file One question of a generator over given texts, without the drawing of contexts and gates: what a test of a generator looks at.
 */
import { isDeepStrictEqual } from 'node:util';
import { factsOf } from '../../src/construction/questions/facts-within.ts';
import type { QuestionLanguage } from '../../src/construction/questions/language.ts';
import type { QuestionGenerator } from '../../src/construction/questions/question.ts';
import { readDocuments } from '../../src/construction/questions/read-prompt.ts';
import { contractOf, renderPrompt } from '../../src/construction/questions/render-prompt.ts';
import { makeDocument } from '../../src/corpus/make-document.ts';
import { random } from '../../src/random.ts';

/** A text with its title. */
export interface TitledText {
  readonly title: string;
  readonly text: string;
}

/** What came of it; `solve` answers the same question over texts that were changed. */
export interface Asked {
  readonly question: string;
  readonly gold: readonly string[];
  /** Places of the proof that the prompt shows. */
  readonly places: number;
  /** Whether every wording of the language gives its slots back. */
  readonly readsBack: boolean;
  solve(change?: (context: string) => string): readonly string[] | undefined;
}

/** @returns the reason where the generator refuses the texts. All of them are chosen and wholly shown. */
export function ask(
  generator: QuestionGenerator,
  texts: readonly TitledText[],
  { language = 'en', seed = 1 }: { language?: QuestionLanguage; seed?: number } = {},
): Asked | string {
  const documents = texts.map(({ title, text }, i) =>
    makeDocument({ id: `text-${i}`, title, source: title, licence: 'CC0-1.0', language, kind: 'chapter', text }),
  );
  const found = documents.map((document) => generator.places(document, factsOf(document)));
  const refused = found.find((places) => typeof places === 'string');
  if (typeof refused === 'string') return refused;
  const context = {
    language,
    documents: documents.map((document) => ({
      document,
      title: document.title,
      span: { start: 0, end: document.text.length },
      facts: factsOf(document),
    })),
    chosen: documents.map((_, i) => i),
  };
  const draft = generator.draw(context, random('ask', seed));
  if (typeof draft === 'string') return draft;
  const question = generator.wordings.say(language, 0, draft.slots);
  const prompt = renderPrompt(context, draft, { question, contract: contractOf(generator, language) });
  const said = Array.from({ length: generator.wordings.count(language) }, (_, i) =>
    generator.wordings.say(language, i, draft.slots),
  );
  return {
    question,
    readsBack: said.every((one) => isDeepStrictEqual(generator.wordings.read(one), draft.slots)),
    gold: draft.gold,
    places: draft.proof.filter((proof) => prompt.place(proof) !== undefined).length,
    solve: (change = (text) => text) =>
      generator.solve({
        language,
        documents: readDocuments(change(prompt.context)),
        slots: generator.wordings.read(question) ?? {},
      }),
  };
}
