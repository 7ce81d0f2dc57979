import { expect, test } from 'vitest';
import { wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { contextOf } from '../../../../../test/questions/small-documents.ts';
import { random } from '../../../../random.ts';
import { readDocuments } from '../../read-prompt.ts';
import { renderPrompt } from '../../render-prompt.ts';
import { tableCommentary } from './index.ts';

const paragraph =
  'In all 300 tonnes were landed, 20.0 per cent more than the year before. Cod rose from 120 to 150 tonnes and haddock from 80 to 100 tonnes. Ling stayed at 50 tonnes. Cod fell in May because of the storm.';
const bulletin = (words: string): string => `# Landings at Skerry in 2023

## Fish

${words}

Table 1. Landings by kind (tonnes)

| Kind | 2022 | 2023 |
| --- | --- | --- |
| Cod | 120 | 150 |
| Haddock | 80 | 100 |
| Ling | 50 | 50 |
| Total | 250 | 300 |

## Boats

Eleven boats are registered. Two were sold, and the harbour has room for six more.
`;

test('asks for the paragraph on a table, without its sentences that the table does not back', () => {
  const context = contextOf('Landings at Skerry in 2023', bulletin(paragraph));
  const draft = tableCommentary.draw(context, random('a'));
  if (typeof draft === 'string') throw new Error(draft);
  expect(draft.gold).toEqual([
    'In all 300 tonnes were landed, 20.0 per cent more than the year before. Cod rose from 120 to 150 tonnes and haddock from 80 to 100 tonnes. Ling stayed at 50 tonnes.',
  ]);
  const question = tableCommentary.wordings.say('en', 0, draft.slots);
  expect(question).toBe(
    'Describe in one paragraph of about 30 words what the table “Landings by kind” in “Landings at Skerry in 2023” shows.',
  );
  const { context: shown } = renderPrompt(context, draft, { question, contract: '' });
  expect(shown).not.toContain('Cod rose');
  const prompt = { language: 'en', documents: readDocuments(shown), slots: draft.slots } as const;
  expect(tableCommentary.verify?.(prompt, draft.gold)).toBeUndefined();
  expect(tableCommentary.verify?.(prompt, ['Cod rose to 777 tonnes.'])).toBe('a figure is not of the table');
});

test('a paragraph with other figures than the table says nothing of it', () => {
  const context = contextOf(
    'Landings',
    bulletin('The harbour took 12,345 pounds in dues from 871 visits and 66 yachts.'),
  );
  expect(tableCommentary.draw(context, random('a'))).toBe('no paragraph that says what a table shows');
});

test('every wording of table-commentary reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(tableCommentary.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(tableCommentary, language, { title: 'A', table: 'B', words: '40' })).toBe(true);
  }
});
