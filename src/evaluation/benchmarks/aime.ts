/**
 * @file AIME 2024 and 2025: 30 problems each, 32 responses to each; the figure is the mean over all responses (avg@32, which the
 * reference's page calls pass@32). The reference samples with a repetition penalty of 1.05 that no paper mentions; it is sent along.
 */
import type { ChatMessage } from '../../llm/chat-model.ts';
import { readRecords } from '../../records/read-rows.ts';
import type { RowValue } from '../../records/reader.ts';
import { afterThinking } from '../../rewards/answer-area.ts';
import { mathReward } from '../../rewards/math/equal.ts';
import type { Benchmark } from '../benchmark.ts';
import { fieldsOf, findFiles } from '../benchmark-files.ts';
import { digest, published } from './shared.ts';

/** The gold stands in `meta.solution`, or in one of the usual fields. */
function goldOf(record: RowValue): string {
  const meta = record.meta as RowValue | undefined;
  return String(meta?.solution ?? record.answer ?? record.solution ?? '').trim();
}

const aimeOf = (year: '2024' | '2025'): Benchmark => ({
  name: `aime-${year}`,
  title: `AIME ${year}`,
  source: `30 problems of AIME ${year}, as JSON lines with \`problem\` or \`messages\`, and the solution`,
  files: `aime${year}*.jsonl or aime${year.slice(2)}*.jsonl`,
  items: 30,
  sampling: { ...published, repeats: 32, repetitionPenalty: 1.05 },
  truncation: { type: 'none' },
  headline: 'items',
  longContext: false,
  inputTokens: 4_096,
  prompts: [],
  async *load({ path, onFile }) {
    const names = new RegExp(`^aime[-_]?(${year}|${year.slice(2)})[^/]*\\.(jsonl?|parquet)$`, 'i');
    for (const file of await findFiles(path, names, this.files)) {
      onFile(file);
      let index = 0;
      for await (const record of readRecords(file)) {
        const fields = fieldsOf(record, `${file}[${index}]`);
        const messages: readonly ChatMessage[] = Array.isArray(record.messages)
          ? (record.messages as readonly ChatMessage[]).map(({ role, content }) => ({ role, content }))
          : [{ role: 'user', content: fields.text('problem') }];
        const question = messages.at(-1)?.content ?? '';
        const id = fields.maybe('id') || digest(question);
        yield {
          facts: {
            id,
            subset: year,
            cluster: id,
            question,
            gold: [goldOf(record)],
            groups: {},
            characters: question.length,
            meta: {},
          },
          messages,
        };
        index++;
      }
    }
  },
  score(facts, response, profile) {
    const text = profile === 'strict' ? afterThinking(response) : response;
    const { equal, extracted } = mathReward(facts.gold[0] ?? '', text);
    return { score: equal ? 1 : 0, extracted, parsed: extracted !== '' };
  },
});

/** Exact mathematical equality, 0 or 1; `strict` reads what stands after the thinking alone. */
export const aime2024 = aimeOf('2024');
/** As 2024, on the other year's problems. */
export const aime2025 = aimeOf('2025');
