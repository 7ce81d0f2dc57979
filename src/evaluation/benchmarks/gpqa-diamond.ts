/**
 * @file GPQA Diamond (Rein et al. 2023): 198 questions, asked four times each. The choices are shuffled; the reference does so with an
 * unseeded generator, here the order derives from the run's seed and the question, so that two models see the same one.
 */
import { random } from '../../random.ts';
import { readRecords } from '../../records/read-rows.ts';
import { strip } from '../../rewards/text.ts';
import type { Benchmark } from '../benchmark.ts';
import { fieldsOf, findFiles } from '../benchmark-files.ts';
import { fillPrompt, wordingOf } from '../prompts.ts';
import { choiceLetter } from '../scorers/choice-letter.ts';
import { digest, published } from './shared.ts';

const letters = 'ABCD';

/** Choices carry wiki marks, which the reference takes out. */
const plainChoice = (text: string): string =>
  text === ''
    ? ' '
    : strip(text)
        .replaceAll(' [title]', '. ')
        .replace(/\[.*?\]/g, '')
        .replaceAll('  ', ' ');

/** 0 or 1 by the letter of the choice; no judge. */
export const gpqaDiamond: Benchmark = {
  name: 'gpqa-diamond',
  title: 'GPQA-Diamond',
  source: 'Idavidrein/gpqa',
  files: 'gpqa_diamond.csv',
  items: 198,
  sampling: { ...published, repeats: 4 },
  truncation: { type: 'none' },
  headline: 'items',
  longContext: false,
  inputTokens: 8_192,
  prompts: ['choice'],
  async *load({ path, prompts, seed, onFile }) {
    for (const file of await findFiles(path, /^gpqa_diamond[^/]*\.(csv|jsonl?|parquet)$/, this.files)) {
      onFile(file);
      let index = 0;
      for await (const record of readRecords(file)) {
        const fields = fieldsOf(record, `${file}[${index++}]`);
        const question = fields.text('Question');
        const right = plainChoice(fields.text('Correct Answer'));
        const wrong = [1, 2, 3].map((n) => plainChoice(fields.text(`Incorrect Answer ${n}`)));
        const id = fields.maybe('Record ID') || digest(question);
        const order = random(seed, 'gpqa-choices', id).shuffle([...wrong, right]);
        const choices = order.map((choice, k) => `${letters[k]}) ${choice}`).join('\n');
        const content = fillPrompt(wordingOf(prompts, 'choice'), {
          question,
          choices,
          letters: [...letters].join(','),
        });
        yield {
          facts: {
            id,
            subset: 'diamond',
            cluster: id,
            question: `${question}\n${choices}`,
            gold: [letters.charAt(order.indexOf(right))],
            groups: { domain: fields.maybe('High-level domain') },
            characters: content.length,
            meta: {},
          },
          messages: [{ role: 'user', content }],
        };
      }
    }
  },
  score(facts, response, profile) {
    const extracted = choiceLetter(response, letters, profile);
    const parsed = choiceLetter(response, letters, 'strict') !== '';
    return { score: extracted === facts.gold[0] ? 1 : 0, extracted, parsed };
  },
};
