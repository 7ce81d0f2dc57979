/**
 * @file LongBench v2 (Bai et al. 2024): 503 multiple-choice questions on contexts of 8K to 2M words. The paper cites no script of its
 * own; evalscope's prompt and reading are the protocol.
 */

import { readRecords } from '../../records/read-rows.ts';
import type { Benchmark } from '../benchmark.ts';
import { fieldsOf, findFiles } from '../benchmark-files.ts';
import { fillPrompt, wordingOf } from '../prompts.ts';
import { choiceLetter } from '../scorers/choice-letter.ts';
import { digest, findEvidence, published, publishedInput } from './shared.ts';

const letters = 'ABCD';

/** 0 or 1 by the letter of the choice; no judge. Subsets are the set's own lengths. */
export const longbenchV2: Benchmark = {
  name: 'longbench-v2',
  title: 'LongBench v2',
  source: 'THUDM/LongBench-v2',
  files: 'data.json',
  items: 503,
  sampling: published,
  truncation: { type: 'prompt-tokens', limit: publishedInput },
  capability: 'T2',
  headline: 'items',
  longContext: true,
  inputTokens: publishedInput,
  prompts: ['document-choice'],
  async *load({ path, prompts, onFile }) {
    for (const file of await findFiles(path, /^(data|longbench[-_]?v2|train[^/]*)\.(jsonl?|parquet)$/i, this.files)) {
      onFile(file);
      let index = 0;
      for await (const record of readRecords(file)) {
        const fields = fieldsOf(record, `${file}[${index++}]`);
        const context = fields.text('context');
        const options = [...letters].map((letter) => fields.text(`choice_${letter}`));
        const answer = fields.text('answer');
        const content = fillPrompt(wordingOf(prompts, 'document-choice'), {
          document: context,
          question: fields.text('question'),
          letters: [...letters].join(','),
          choices: options.map((option, k) => `${letters[k]}) ${option}`).join('\n'),
        });
        yield {
          facts: {
            id: fields.maybe('_id') || String(index - 1),
            subset: fields.maybe('length') || 'all',
            cluster: digest(context),
            question: `${fields.text('question')}\n${options.map((option, k) => `${letters[k]}) ${option}`).join('\n')}`,
            gold: [answer],
            groups: { difficulty: fields.maybe('difficulty'), domain: fields.maybe('domain') },
            characters: content.length,
            ...findEvidence(context, [options[letters.indexOf(answer)] ?? '']),
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
