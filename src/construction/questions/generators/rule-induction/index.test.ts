import { expect, test } from 'vitest';
import { makeDocument } from '../../../../corpus/make-document.ts';
import { random } from '../../../../random.ts';
import { factsOf } from '../../facts-within.ts';
import type { Context } from '../../question.ts';
import { readDocuments } from '../../read-prompt.ts';
import { renderPrompt } from '../../render-prompt.ts';
import { ruleInduction } from './index.ts';

const towns = [
  ['Ashby', 12, 340],
  ['Berrow', 45, 120],
  ['Corley', 33, 210],
  ['Denham', 8, 95],
  ['Elsing', 61, 410],
  ['Farway', 27, 55],
  ['Gorsey', 52, 180],
  ['Hatton', 19, 260],
  ['Ickford', 70, 305],
  ['Jurby', 38, 75],
  ['Kelham', 5, 150],
  ['Luston', 57, 230],
];

function townContext(): Context {
  const rows = towns.map((row) => `| ${row.join(' | ')} |`).join('\n');
  const text = `# Towns\n\n## Size\n\nTable 1. Towns of the valley\n\n| Town | Shops | Rainfall, mm |\n|---|---|---|\n${rows}\n\nThe figures are of 2021.`;
  const document = makeDocument({
    id: 'towns',
    title: 'Towns',
    source: 'test',
    licence: 'CC0-1.0',
    language: 'en',
    kind: 'reference',
    text,
  });
  const span = { start: 0, end: document.text.length };
  return { language: 'en', chosen: [0], documents: [{ document, title: 'Towns', span, facts: factsOf(document) }] };
}

function asked(seed: string) {
  const context = townContext();
  const draft = ruleInduction.draw(context, random(seed));
  if (typeof draft === 'string') return { refused: draft };
  const question = ruleInduction.wordings.say('en', 0, draft.slots);
  const { context: shown } = renderPrompt(context, draft, { question, contract: '' });
  const slots = ruleInduction.wordings.read(question) ?? {};
  const solve = (text: string) => ruleInduction.solve({ language: 'en', documents: readDocuments(text), slots });
  return { question, gold: draft.gold, solved: solve(shown), without: solve(shown.replace('| Jurby |', '| Jurbyx |')) };
}

test('asks which row a screen with two unknown bounds must have kept, and the solver finds it in the prompt', () => {
  const found = asked('a');
  // Kept were towns with 38 shops and more and 230 mm and less; Ickford fell out for 305 mm, Corley and Ashby for 33 and 12 shops.
  expect(found.question).toBe(
    'A selection from the rows of the table “Towns of the valley” in “Towns” sets a maximum for “Rainfall, mm” and a minimum for “Shops”, but the two bounds are not known. It kept “Jurby”, “Luston” and “Berrow”, and it dropped “Corley”, “Ickford”, “Ashby”, “Denham” and “Hatton”. Which of these must it have kept as well?\n(A) Elsing\n(B) Kelham\n(C) Gorsey\n(D) Farway',
  );
  expect(found.gold).toEqual(['C']);
  expect(found.solved).toEqual(found.gold);
  expect(found.without).toBeUndefined();
});

test('every wording reads back', () => {
  const slots = {
    subject: 'the towns',
    one: 'a minimum for “A”',
    other: 'a maximum for “B”',
    kept: '“x” and “y”',
    dropped: '“z”',
    options: '(A) p\n(B) q',
  };
  for (const language of ['en', 'zh'] as const)
    for (let i = 0; i < ruleInduction.wordings.count(language); i++)
      expect(ruleInduction.wordings.read(ruleInduction.wordings.say(language, i, slots))).toEqual(slots);
});
