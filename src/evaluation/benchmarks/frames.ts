/**
 * @file FRAMES (Krishna et al. 2024): questions over several Wikipedia articles. The larger of cover exact match on the visible
 * response and judge (reference `score_frame.py`); the reference truncates nothing, because evalscope ignores the options it is given.
 */

import { readRecords } from '../../records/read-rows.ts';
import type { Benchmark } from '../benchmark.ts';
import { fieldsOf, findFiles } from '../benchmark-files.ts';
import { fillPrompt, wordingOf } from '../prompts.ts';
import { coverMatch } from '../scorers/cover-match.ts';
import { framesAnswer, withoutThinkingToLast } from '../scorers/extract.ts';
import { digest, equivalence, findEvidence, published, publishedInput, statedAnswer } from './shared.ts';

const articleText = (value: unknown): string => {
  const { title, text } = value as { readonly title?: unknown; readonly text?: unknown };
  return `${String(title)}\n${String(text)}`;
};

/**
 * 0 or 1 by cover exact match; `strict` holds the stated answer against the gold, the others the whole visible
 * response.
 */
export const frames: Benchmark = {
  name: 'frames',
  title: 'FRAMES',
  source: 'iic/frames',
  files: 'test.jsonl',
  items: 824,
  sampling: published,
  truncation: { type: 'none' },
  capability: 'T2',
  headline: 'items',
  longContext: true,
  inputTokens: publishedInput,
  prompts: ['document', 'judge-system', 'judge-user'],
  async *load({ path, prompts, onFile }) {
    for (const file of await findFiles(path, /^(test|frames)[^/]*\.(jsonl?|parquet)$/, this.files)) {
      onFile(file);
      let index = 0;
      for await (const record of readRecords(file)) {
        const fields = fieldsOf(record, `${file}[${index}]`);
        const context = fields.list('wiki_items').map(articleText).join('\n');
        const [question, answer] = [fields.text('Prompt'), fields.text('Answer')];
        const content = fillPrompt(wordingOf(prompts, 'document'), { context, question });
        const articles = fields.list('wiki_items').length;
        yield {
          facts: {
            id: fields.maybe('id') || String(index),
            subset: 'test',
            cluster: digest(context),
            question,
            gold: [answer],
            groups: { articles: articles > 5 ? '6 and more' : String(articles) },
            characters: content.length,
            ...findEvidence(context, [answer]),
            meta: {},
          },
          messages: [{ role: 'user', content }],
        };
        index++;
      }
    }
  },
  score(facts, response, profile) {
    const visible = withoutThinkingToLast(response);
    const extracted = profile === 'strict' ? statedAnswer(visible) : framesAnswer(visible);
    const covered = profile === 'strict' ? extracted : visible;
    const parsed = framesAnswer(visible) !== '';
    return { score: Number(coverMatch(covered, facts.gold[0] ?? '')), extracted, parsed };
  },
  judge(facts, response, profile) {
    // The script of the reference takes the judge's question to the last statement of the whole response, thinking included.
    const answer = profile === 'upstream' ? framesAnswer(response) : framesAnswer(withoutThinkingToLast(response));
    return equivalence(facts, answer, profile, { goldFirst: true, form: 'contains-yes' });
  },
};
