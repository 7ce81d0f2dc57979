/**
 * @file DocMath-Eval (Zhao et al. 2024), four test-mini subsets: a number or a yes/no from a financial document. The score is the
 * larger of rule and judge (reference `docmath_adapter.py`, `max_acc`).
 */

import { readRecords } from '../../records/read-rows.ts';
import type { Benchmark, ItemFacts } from '../benchmark.ts';
import { fieldsOf, findFiles } from '../benchmark-files.ts';
import { fillPrompt, wordingOf } from '../prompts.ts';
import { type DocmathGold, docmathAnswer, docmathEquals } from '../scorers/docmath-number.ts';
import { digest, equivalence, findEvidence, published } from './shared.ts';

const files = /^(complong|compshort|simplong|simpshort)_testmini[^/]*\.(jsonl?|parquet)$/;

const goldOf = ({ gold, meta }: ItemFacts): DocmathGold => ({
  type: meta.boolean === true ? 'bool' : 'float',
  text: gold[0] ?? '',
});

/** The gold as Python prints it, because that text goes to the judge. */
const pythonText = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value ?? '');

/** 0 or 1 by tolerant numeric equality (`docmath-number.ts`), or by the judge: one of the paper's six. */
export const docmath: Benchmark = {
  name: 'docmath',
  title: 'DocMath-Eval',
  source: 'yale-nlp/DocMath-Eval',
  files: '{complong,compshort,simplong,simpshort}_testmini.{json,jsonl,parquet}',
  items: 800,
  sampling: published,
  truncation: { type: 'prompt-tokens', limit: 131_000 },
  capability: 'T4',
  headline: 'items',
  longContext: true,
  inputTokens: 131_000,
  prompts: ['document', 'judge-system', 'judge-user'],
  async *load({ path, prompts, onFile }) {
    for (const file of await findFiles(path, files, this.files)) {
      onFile(file);
      const subset = /(comp|simp)(long|short)/.exec(file)?.[0] ?? 'all';
      let index = 0;
      for await (const record of readRecords(file)) {
        const place = `${file}[${index}]`;
        const fields = fieldsOf(record, place);
        const context = fields.texts('paragraphs').join('\n');
        const question = fields.text('question');
        const gold = pythonText(record.ground_truth);
        const content = fillPrompt(wordingOf(prompts, 'document'), { context, question });
        yield {
          facts: {
            id: fields.maybe('question_id') || `${subset}-${index}`,
            subset,
            cluster: digest(context),
            question,
            gold: [gold],
            groups: { answer: typeof record.ground_truth === 'boolean' ? 'yes or no' : 'number' },
            characters: content.length,
            ...findEvidence(context, [gold, Number(gold).toLocaleString('en-US')]),
            meta: { boolean: typeof record.ground_truth === 'boolean' },
          },
          messages: [{ role: 'user', content }],
        };
        index++;
      }
    }
  },
  score(facts, response, profile) {
    const extracted = docmathAnswer(response, profile);
    const parsed = docmathAnswer(response, 'strict') !== '';
    return { score: Number(docmathEquals(extracted, goldOf(facts), profile)), extracted, parsed };
  },
  judge: (facts, response, profile) =>
    equivalence(facts, docmathAnswer(response, profile), profile, { goldFirst: true, form: 'contains-yes' }),
};
