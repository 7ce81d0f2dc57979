/**
 * @file MMLU-Pro (Wang et al. 2024), test split, five worked examples of the subject from the validation split, up to ten choices. The
 * paper uses it to show that general ability is kept.
 */
import { InputError } from '../../errors.ts';
import { readRecords } from '../../records/read-rows.ts';
import type { RowValue } from '../../records/reader.ts';
import type { Benchmark } from '../benchmark.ts';
import { fieldsOf, findFiles } from '../benchmark-files.ts';
import { fillPrompt, wordingOf } from '../prompts.ts';
import { choiceLetter } from '../scorers/choice-letter.ts';
import { published } from './shared.ts';

const letters = 'ABCDEFGHIJ';
const shots = 5;

/** A worked example; its last sentence is put into the form that is asked for. */
function exampleText(record: RowValue, place: string): string {
  const fields = fieldsOf(record, place);
  const options = fields.texts('options').map((option, k) => `${letters[k]} ${option}`);
  const worked = fields
    .text('cot_content')
    .replaceAll('The answer is', 'ANSWER:')
    .replace(/ANSWER: \((\w)\)/g, 'ANSWER: $1');
  return ['Question:', fields.text('question'), 'Options:', ...options, worked].join('\n');
}

/** 0 or 1 by the letter of the choice; no judge. Without a validation file `load` throws InputError. */
export const mmluPro: Benchmark = {
  name: 'mmlu-pro',
  title: 'MMLU-Pro',
  source: 'TIGER-Lab/MMLU-Pro',
  files: 'test*.parquet and validation*.parquet',
  items: 12_032,
  sampling: { ...published, maxTokens: 32_768 },
  truncation: { type: 'none' },
  headline: 'items',
  longContext: false,
  inputTokens: 8_192,
  prompts: ['choice-shots', 'choice'],
  async *load({ path, prompts, onFile }) {
    const files = await findFiles(path, /^(test|validation)[^/]*\.(jsonl?|parquet)$/, this.files);
    const validation = files.find((file) => /validation[^/]*$/.test(file));
    if (validation === undefined) {
      throw new InputError(
        'data-missing',
        `${path}: got no validation file, expected ${this.files}: its records are the worked examples.`,
      );
    }
    onFile(validation);
    const examples = new Map<string, string[]>();
    for await (const record of readRecords(validation)) {
      const subject = fieldsOf(record, validation).text('category').toLowerCase();
      examples.set(subject, [...(examples.get(subject) ?? []), exampleText(record, validation)]);
    }
    for (const file of files.filter((name) => name !== validation)) {
      onFile(file);
      for await (const record of readRecords(file)) {
        const fields = fieldsOf(record, file);
        const subject = fields.text('category').toLowerCase();
        const options = fields.texts('options');
        const question = fields.text('question');
        const choices = options.map((option, k) => `${letters[k]}) ${option}`).join('\n');
        const own = (examples.get(subject) ?? []).slice(0, shots);
        const content = [
          fillPrompt(wordingOf(prompts, 'choice-shots'), { subject, examples: own.join('\n\n') }),
          fillPrompt(wordingOf(prompts, 'choice'), {
            question,
            choices,
            letters: [...letters.slice(0, options.length)].join(','),
          }),
        ].join('\n');
        yield {
          facts: {
            id: fields.maybe('question_id'),
            subset: subject,
            cluster: fields.maybe('question_id'),
            question: `${question}\n${choices}`,
            gold: [fields.text('answer')],
            groups: { source: fields.maybe('src') },
            characters: content.length,
            meta: { letters: letters.slice(0, options.length) },
          },
          messages: [{ role: 'user', content }],
        };
      }
    }
  },
  score(facts, response, profile) {
    const options = String(facts.meta.letters);
    const extracted = choiceLetter(response, options, profile);
    const parsed = choiceLetter(response, options, 'strict') !== '';
    return { score: extracted === facts.gold[0] ? 1 : 0, extracted, parsed };
  },
};
