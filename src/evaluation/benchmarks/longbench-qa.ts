/**
 * @file LongBench v1 (Bai et al. 2023), its five English question sets. The reference's script takes the best verdict of a judge over
 * the references and prints it as F1 (`lbv1qa_eval.py`); the paper says the larger of cover exact match and judge. Without a judge,
 * `upstream` falls back to the token F1 of the reference's other script (`score_jsonl.py`).
 */

import { readRecords } from '../../records/read-rows.ts';
import type { Benchmark } from '../benchmark.ts';
import { fieldsOf, findFiles } from '../benchmark-files.ts';
import { fillPrompt, wordingOf } from '../prompts.ts';
import { coverMatch } from '../scorers/cover-match.ts';
import { afterLastThinking, longbenchAnswer } from '../scorers/extract.ts';
import { tokenF1 } from '../scorers/token-f1.ts';
import { truncateCharacters } from '../truncate.ts';
import { digest, equivalence, findEvidence, published, publishedInput, statedAnswer } from './shared.ts';

const files = /^(narrativeqa|qasper|hotpotqa|2wikimqa|musique)\.(jsonl?|parquet)$/;
const mostCharacters = 500_000;
const oneDocument = ['narrativeqa', 'qasper'];

/** Token F1 in [0, 1] under `upstream`, else 0 or 1 by cover exact match with any of the golds. */
export const longbenchQa: Benchmark = {
  name: 'longbench-qa',
  title: 'LongBench v1 QA',
  source: 'THUDM/LongBench',
  files: '{narrativeqa,qasper,hotpotqa,2wikimqa,musique}.jsonl',
  items: 1000,
  sampling: published,
  truncation: { type: 'none' },
  capability: 'T2',
  headline: 'subsets',
  longContext: true,
  inputTokens: publishedInput,
  prompts: ['document', 'judge-system', 'judge-user'],
  async *load({ path, prompts, onFile }) {
    for (const file of await findFiles(path, files, this.files)) {
      onFile(file);
      const subset = /(\w+)\.\w+$/.exec(file)?.[1] ?? 'all';
      let index = 0;
      for await (const record of readRecords(file)) {
        const fields = fieldsOf(record, `${file}[${index}]`);
        const whole = fields.text('context');
        const context = truncateCharacters(whole, mostCharacters);
        const question = fields.text('input');
        const gold = fields.texts('answers');
        const content = fillPrompt(wordingOf(prompts, 'document'), { context, question });
        yield {
          facts: {
            id: fields.maybe('_id') || `${subset}_${index}`,
            subset,
            cluster: digest(whole),
            question,
            gold,
            groups: { documents: oneDocument.includes(subset) ? 'one' : 'several' },
            characters: content.length,
            ...findEvidence(whole, gold),
            meta: {},
          },
          messages: [{ role: 'user', content }],
          ...(context === whole
            ? {}
            : { truncation: { original: whole.length, kept: mostCharacters, unit: 'characters of the context' } }),
        };
        index++;
      }
    }
  },
  score(facts, response, profile) {
    const visible = afterLastThinking(response);
    const extracted = profile === 'strict' ? statedAnswer(visible) : longbenchAnswer(visible);
    const parsed = /therefore,?\s*the answer is/i.test(visible);
    if (profile === 'upstream')
      return { score: tokenF1(extracted, facts.gold, { profile, language: 'en' }), extracted, parsed };
    const covered = profile === 'strict' ? extracted : visible;
    return { score: Number(facts.gold.some((gold) => coverMatch(covered, gold))), extracted, parsed };
  },
  judge: (facts, response, profile) =>
    equivalence(facts, longbenchAnswer(afterLastThinking(response)), profile, {
      goldFirst: false,
      form: 'first-bracket',
    }),
  combine: (profile) => (profile === 'upstream' ? 'judge' : 'larger'),
};
