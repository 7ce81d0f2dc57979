/**
 * @file LongMemEval-S (Wu et al. 2024): a question about a user's past conversations, about 115K tokens of them, read in full. A lenient
 * judge decides alone (reference `longmemeval_eval.py`), which is not the official repository's judge: figures do not compare with
 * the official ones.
 */

import { readRecords } from '../../records/read-rows.ts';
import type { RowValue } from '../../records/reader.ts';
import type { Benchmark, Evidence } from '../benchmark.ts';
import { fieldsOf, findFiles } from '../benchmark-files.ts';
import { fillPrompt, wordingOf } from '../prompts.ts';
import { coverMatch } from '../scorers/cover-match.ts';
import { afterLastThinking } from '../scorers/extract.ts';
import { evidenceAt, published, publishedInput } from './shared.ts';

const abilities: Readonly<Record<string, string>> = {
  'single-session-user': 'information extraction',
  'single-session-assistant': 'information extraction',
  'single-session-preference': 'information extraction',
  'multi-session': 'multi-session reasoning',
  'knowledge-update': 'knowledge update',
  'temporal-reasoning': 'temporal reasoning',
};

interface Turn {
  readonly role: string;
  readonly content: string;
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

const sessionText = (session: readonly Turn[], date: string, index: number): string =>
  [
    `=== Session ${index + 1} (Date: ${date}) ===`,
    ...session.map(({ role, content }) => `${capitalized(role)}: ${content}`),
  ]
    .join('\n')
    .trim();

/** The first session that holds the answer. */
function evidenceOf(record: RowValue, sessions: readonly string[], history: string): { evidence?: Evidence } {
  const { answer_session_ids: answers, haystack_session_ids: ids } = record;
  if (!Array.isArray(answers) || !Array.isArray(ids)) return {};
  const first = ids.findIndex((id) => answers.includes(id));
  const text = sessions[first];
  if (text === undefined) return {};
  const start = sessions.slice(0, first).reduce((sum, session) => sum + session.length + 2, 0);
  return { evidence: evidenceAt(history, start, text.length) };
}

/** Needs a judge for its figure: the rule's score counts only where there is none. */
export const longmemeval: Benchmark = {
  name: 'longmemeval',
  title: 'LongMemEval-S',
  source: 'xiaowu0162/longmemeval-cleaned',
  files: 'longmemeval_s_cleaned.json',
  items: 500,
  sampling: published,
  truncation: { type: 'none' },
  capability: 'T1',
  headline: 'items',
  longContext: false,
  inputTokens: publishedInput,
  prompts: ['memory-system', 'memory-user', 'memory-judge-system', 'memory-judge-user'],
  async *load({ path, prompts, onFile }) {
    for (const file of await findFiles(path, /^longmemeval_s[^/]*\.(jsonl?|parquet)$/, this.files)) {
      onFile(file);
      let index = 0;
      for await (const record of readRecords(file)) {
        const fields = fieldsOf(record, `${file}[${index++}]`);
        const dates = fields.texts('haystack_dates');
        const turns = fields.list('haystack_sessions') as readonly (readonly Turn[])[];
        const sessions = turns.slice(0, dates.length).map((session, k) => sessionText(session, dates[k] ?? '', k));
        const history = sessions.join('\n\n');
        const [id, question] = [fields.text('question_id'), fields.text('question')];
        const type = fields.text('question_type');
        const content = fillPrompt(wordingOf(prompts, 'memory-user'), { history_text: history, question });
        yield {
          facts: {
            id,
            subset: id.endsWith('_abs') ? 'abstention' : (abilities[type] ?? 'other'),
            cluster: id.replace(/_abs$/, ''),
            question,
            gold: [fields.maybe('answer')],
            groups: { type },
            characters: content.length,
            ...evidenceOf(record, sessions, history),
            meta: {},
          },
          messages: [
            { role: 'system', content: wordingOf(prompts, 'memory-system') },
            { role: 'user', content },
          ],
        };
      }
    }
  },
  score(facts, response) {
    const extracted = afterLastThinking(response);
    return { score: Number(coverMatch(extracted, facts.gold[0] ?? '')), extracted, parsed: extracted !== '' };
  },
  judge: (facts, response, profile) => [
    {
      prompt: 'memory',
      question: facts.question,
      gold: facts.gold[0] ?? '',
      answer: afterLastThinking(response),
      goldFirst: true,
      form: profile === 'upstream' ? 'correct-not-incorrect' : 'last-bracket',
    },
  ],
  combine: () => 'judge',
};
