/**
 * @file CorpusQA (Tongyi-Zhiwen): aggregate questions over a repository of documents, four domains. The reference's script asks a
 * judge alone (`corpusqa_eval.py`); the paper says the larger of cover exact match and judge.
 */
import type { ChatMessage } from '../../llm/chat-model.ts';
import { readRecords } from '../../records/read-rows.ts';
import type { Benchmark } from '../benchmark.ts';
import { fieldsOf, findFiles } from '../benchmark-files.ts';
import { coverMatch } from '../scorers/cover-match.ts';
import { afterLastThinking, corpusqaAnswer } from '../scorers/extract.ts';
import { digest, equivalence, findEvidence, published, statedAnswer } from './shared.ts';

const domains = ['financial_zh', 'financial_en', 'education_en', 'real_estate_en'];

const corpusqaOf = (size: '128k' | '1m', longContext: boolean): Benchmark => ({
  name: size === '128k' ? 'corpusqa' : 'corpusqa-1m',
  title: size === '128k' ? 'CorpusQA ≤128K' : 'CorpusQA 1M',
  source: 'Tongyi-Zhiwen/CorpusQA',
  files: `${size}_4domains.jsonl`,
  items: 320,
  sampling: published,
  truncation: { type: 'none' },
  capability: 'T3',
  headline: 'items',
  longContext,
  inputTokens: size === '128k' ? 131_072 : 1_048_576,
  prompts: ['judge-system', 'judge-user'],
  async *load({ path, onFile }) {
    for (const file of await findFiles(path, new RegExp(`^${size}[^/]*\\.(jsonl?|parquet)$`, 'i'), this.files)) {
      onFile(file);
      let index = 0;
      for await (const record of readRecords(file)) {
        const fields = fieldsOf(record, `${file}[${index++}]`);
        const messages = (fields.list('prompt') as readonly ChatMessage[]).map(({ role, content }) => ({
          role,
          content,
        }));
        const all = messages.map(({ content }) => content).join('\n');
        const [id, answer] = [fields.text('id'), fields.maybe('answer')];
        yield {
          facts: {
            id,
            subset: domains.find((domain) => id.startsWith(domain)) ?? 'other',
            // Questions on the same documents begin alike.
            cluster: digest(all.slice(0, 4000)),
            question: fields.text('question'),
            gold: [answer],
            groups: {},
            characters: all.length,
            ...findEvidence(all, [answer]),
            meta: {},
          },
          messages,
        };
      }
    }
  },
  score(facts, response, profile) {
    const visible = afterLastThinking(response);
    const extracted = profile === 'strict' ? statedAnswer(visible) : corpusqaAnswer(visible);
    const covered = profile === 'strict' ? extracted : visible;
    const parsed = /the answer is/i.test(visible);
    return { score: Number(coverMatch(covered, facts.gold[0] ?? '')), extracted, parsed };
  },
  judge: (facts, response, profile) =>
    equivalence(facts, corpusqaAnswer(afterLastThinking(response)), profile, { goldFirst: false, form: 'yes-not-no' }),
  combine: (profile) => (profile === 'upstream' ? 'judge' : 'larger'),
});

/** Repositories of up to 128K tokens: one of the paper's six. */
export const corpusqa = corpusqaOf('128k', true);
/** Repositories of about a million tokens, outside of the mean of six. */
export const corpusqa1m = corpusqaOf('1m', false);
