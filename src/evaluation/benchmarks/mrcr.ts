/**
 * @file OpenAI MRCR: a long conversation asks for the n-th of several like texts, with a random prefix. Three benchmarks by length,
 * as the paper reports them (reference `mrcr_eval.py`). `strict` forgives white space before the prefix, which models add and no reader
 * would mark down; the published grade does not.
 */
import { InputError } from '../../errors.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import { readRecords } from '../../records/read-rows.ts';
import type { Benchmark } from '../benchmark.ts';
import { fieldsOf, findFiles } from '../benchmark-files.ts';
import { withoutThinking } from '../scorers/extract.ts';
import { mrcrGrade } from '../scorers/mrcr-grade.ts';
import { digest, evidenceAt, published } from './shared.ts';

function conversation(value: unknown, place: string): ChatMessage[] {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  if (!Array.isArray(list)) {
    throw new InputError('record-corrupt', `${place}: field "prompt" is no conversation, expected a list of messages`);
  }
  return (list as readonly ChatMessage[]).map(({ role, content }) => ({ role, content: String(content) }));
}

/** Bins of the original distribution, in tokens. */
const bins = [4, 8, 16, 32, 64, 128, 256, 512, 1024];

function binOf(tokens: number): string {
  const upper = bins.find((edge) => tokens < edge * 1024) ?? 1024;
  return `${upper / 2}K-${upper}K`;
}

interface Range {
  readonly name: string;
  readonly title: string;
  /** Tokens of the prompt. */
  readonly from: number;
  readonly to: number;
  readonly longContext: boolean;
  readonly items: number;
}

const mrcrOf = ({ name, title, from, to, longContext, items }: Range): Benchmark => ({
  name,
  title,
  source: 'openai/mrcr',
  files: '{2,4,8}needle*.parquet, or mrcr_*.jsonl as the paper re-exports it',
  items,
  sampling: published,
  truncation: { type: 'history-tokens', limit: to },
  capability: 'T1',
  headline: 'items',
  longContext,
  inputTokens: to,
  prompts: [],
  async *load({ path, onFile }) {
    for (const file of await findFiles(path, /^(\d+needle|mrcr)[^/]*\.(jsonl?|parquet)$/i, this.files)) {
      onFile(file);
      let index = 0;
      for await (const record of readRecords(file)) {
        const place = `${file}[${index++}]`;
        const fields = fieldsOf(record, place);
        const messages = conversation(record.prompt, place);
        const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
        const counted = Number(record.n_tokens_qwen ?? record.n_tokens);
        // The original files count no tokens; four characters a token is what their own bins come to.
        const tokens = Number.isFinite(counted) ? counted : Math.round(characters / 4);
        if (tokens <= from || tokens > to) continue;
        const answer = fields.text('answer');
        const prefix = fields.text('random_string_to_prepend');
        const wanted = Number(record.desired_msg_index ?? Number.NaN);
        const before = messages.slice(0, wanted).reduce((sum, { content }) => sum + content.length + 1, 0);
        const all = messages.map(({ content }) => content).join('\n');
        yield {
          facts: {
            id: fields.maybe('id') || digest(place.slice(place.lastIndexOf('/')) + answer),
            subset: `${fields.maybe('n_needles') || fields.maybe('needle_count') || '?'} needles`,
            cluster: digest(all),
            question: messages.at(-1)?.content ?? '',
            gold: [answer],
            groups: { bin: fields.maybe('bin') || binOf(tokens) },
            characters,
            ...(Number.isInteger(wanted) && wanted >= 0
              ? { evidence: evidenceAt(all, before, answer.length - prefix.length) }
              : {}),
            meta: { prefix, ...(fields.maybe('date_added') === '' ? {} : { dateAdded: fields.maybe('date_added') }) },
          },
          messages,
        };
      }
    }
  },
  score(facts, response, profile) {
    const visible = withoutThinking(response);
    const prefix = String(facts.meta.prefix);
    const text = profile === 'strict' ? visible.replace(/^[\s"'`*]+/, '') : visible;
    return {
      score: mrcrGrade(text, facts.gold[0] ?? '', prefix),
      extracted: text.slice(0, 2000),
      parsed: text.startsWith(prefix),
    };
  },
});

const k = 1024;
/**
 * Prompts of up to 128K tokens: one of the paper's six. The file's own count of tokens decides, else four characters a
 * token.
 */
export const mrcr = mrcrOf({ name: 'mrcr', title: 'MRCR ≤128K', from: 0, to: 128 * k, longContext: true, items: 1500 });
/** Prompts above 128K tokens, up to 512K. */
export const mrcr512k = mrcrOf({
  name: 'mrcr-512k',
  title: 'MRCR 128K-512K',
  from: 128 * k,
  to: 512 * k,
  longContext: false,
  items: 600,
});
/** Prompts above 512K tokens, up to 1M. */
export const mrcr1m = mrcrOf({
  name: 'mrcr-1m',
  title: 'MRCR 512K-1M',
  from: 512 * k,
  to: 1024 * k,
  longContext: false,
  items: 300,
});
