/**
 * @file Renders a problem over its dossier as the text of a prompt.
 * Short: one line a record (256 to 1K tokens, for the micro policy). Long: the documents' full texts (for real models).
 */
import { type TaskId, tasks } from '../tasks/task.ts';
import type { Dossier, Draft, Rendering } from './generator.ts';
import { recordLine } from './synthetic/dossier.ts';

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The short context: a heading and one line for each record. */
export function shortContext(dossier: Dossier): string {
  return `${capitalize(dossier.family)}:\n${dossier.records.map(recordLine).join('\n')}`;
}

/** The long context: every document in full, under its title. */
export function longContext(dossier: Dossier): string {
  return dossier.records.map((record) => `# ${record.document.title}\n\n${record.document.text}`).join('\n\n');
}

/** The whole prompt: context, question, answer format. */
export function renderPrompt(dossier: Dossier, draft: Draft, rendering: Rendering): string {
  const context = rendering === 'short' ? shortContext(dossier) : longContext(dossier);
  return `${context}\n\n${draft.question}\n${tasks[draft.task].answerFormat}`;
}

/** The response that a careful reader gives: rationale in the thinking, then the answer area. Scores 1 under every profile. */
export function renderResponse(draft: Pick<Draft, 'rationale' | 'gold'>, _task?: TaskId): string {
  return `${draft.rationale}\n</think>\n[Answer]\n${draft.gold.join('\n')}`;
}
