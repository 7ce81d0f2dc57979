/**
 * @file Every scorer under `upstream` against the Python originals, 1,000 rows each. Other rows: `GOLDEN_SEED=7` and the scores that
 * `test/evaluation/golden_scores.py` made of them in `GOLDEN_SCORES=FILE`.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type GoldenRow, goldenRows } from '../../../test/evaluation/golden-rows.ts';
import { mathReward } from '../../rewards/math/equal.ts';
import { truncateCharacters } from '../truncate.ts';
import { choiceLetter } from './choice-letter.ts';
import { coverMatch } from './cover-match.ts';
import { type DocmathGold, docmathAnswer, docmathEquals } from './docmath-number.ts';
import {
  afterLastThinking,
  corpusqaAnswer,
  framesAnswer,
  longbenchAnswer,
  withoutThinking,
  withoutThinkingToLast,
} from './extract.ts';
import { memoryAnswerMatches } from './memory-answer.ts';
import { mrcrGrade } from './mrcr-grade.ts';
import { sequenceRatio } from './sequence-matcher.ts';
import { tokenF1 } from './token-f1.ts';
import { parseVerdict } from './verdict.ts';

const scores = process.env.GOLDEN_SCORES ?? new URL('../../../test/golden/evaluation.json', import.meta.url);
const golden = JSON.parse(readFileSync(scores, 'utf8')) as Record<string, readonly (string | number)[]>;

const isChinese = (text: string): boolean => /[\u4e00-\u9fff]/.test(text);
/** Rows in which the original takes the texts for two languages; here a data set has one. */
const ofTwoLanguages = ({ scorer, args }: GoldenRow): boolean =>
  scorer === 'token-f1' && new Set(args.map((text) => isChinese(String(text)))).size > 1;

const scorers: Readonly<Record<string, (args: readonly string[]) => string | number>> = {
  'sequence-ratio': ([a = '', b = '']) => sequenceRatio(a, b),
  'mrcr-grade': ([text = '', answer = '', key = '']) => mrcrGrade(withoutThinking(text), answer, key),
  'cover-match': ([text = '', gold = '']) => Number(coverMatch(withoutThinkingToLast(text), gold)),
  'docmath-answer': ([text = '']) => docmathAnswer(text, 'upstream'),
  'docmath-equals': ([answer = '', type, text = '']) =>
    Number(docmathEquals(answer, { type: type as DocmathGold['type'], text }, 'upstream')),
  'token-f1': ([text = '', ...golds]) =>
    tokenF1(text, golds, { profile: 'upstream', language: isChinese(text) ? 'zh' : 'en' }),
  'choice-letter': ([text = '']) => choiceLetter(text, 'ABCD', 'upstream'),
  'verdict-contains-yes': ([text = '']) => Number(parseVerdict(text, 'contains-yes')),
  'verdict-yes-not-no': ([text = '']) => Number(parseVerdict(text, 'yes-not-no')),
  // The original says 0.5 where it finds no verdict, asks again and gives 0 in the end.
  'verdict-first-bracket': ([text = '']) => Number(parseVerdict(text, 'first-bracket') ?? 0.5),
  'verdict-correct-not-incorrect': ([text = '']) => Number(parseVerdict(text, 'correct-not-incorrect')),
  'corpusqa-answer': ([text = '']) => corpusqaAnswer(afterLastThinking(text)),
  'longbench-answer': ([text = '']) => longbenchAnswer(afterLastThinking(text)),
  'frames-answer': ([text = '']) => framesAnswer(text),
  'memory-answer': ([text = '', ...golds]) => Number(memoryAnswerMatches(text, golds)),
  'middle-truncate': ([text = '', limit]) => truncateCharacters(text, Number(limit)),
  aime: ([text = '', gold = '']) => (mathReward(gold, text).equal ? 1 : -1),
};

const rows = new Map<string, GoldenRow[]>();
for (const row of goldenRows(Number(process.env.GOLDEN_SEED ?? 0)))
  rows.set(row.scorer, [...(rows.get(row.scorer) ?? []), row]);

test.each(Object.entries(scorers))('%s equals the original on 1,000 rows', (name, scorer) => {
  const own = rows.get(name) ?? [];
  const expected = golden[name] ?? [];
  expect([own.length, expected.length]).toEqual([1000, 1000]);
  const wrong = own.flatMap((row, index) => {
    if (ofTwoLanguages(row)) return [];
    const { args } = row;
    const [got, want] = [scorer(args), expected[index]];
    const same = typeof got === 'number' && typeof want === 'number' ? Math.abs(got - want) <= 1e-9 : got === want;
    return same ? [] : [{ args, got, want }];
  });
  expect({ wrong: wrong.length, first: wrong.slice(0, 6) }).toEqual({ wrong: 0, first: [] });
  expect(new Set(expected).size).toBeGreaterThan(1);
});
