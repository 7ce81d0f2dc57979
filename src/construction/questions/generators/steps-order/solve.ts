/** @file Finds each step in the document by its words, behind a number that grows. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { flat } from '../../solving/quoted.ts';

const numbered = /^\s*(?:[-*]\s+)?(?:\(?(\d{1,2})[.)、]|[Ss]tep (\d{1,2})[.:]?|第([一二三四五六七八九十]+)步[:：]?)\s*/;

/** The letters in the order in which the steps stand. */
export function solve({ documents, slots: { work, options } }: ShownPrompt): string[] | undefined {
  const text = documentCalled(documents, work)?.text;
  if (text === undefined) return undefined;
  // Lines that go on belong to the step above.
  const items: string[] = [];
  for (const line of text.split('\n')) {
    if (numbered.test(line)) items.push(line.replace(numbered, ''));
    else if (items.length > 0) items.push(`${items.pop()} ${line}`);
  }
  const steps = items.map(flat);
  const placed = shownOptions(options).map(({ letter, text: words }) => {
    const at = steps.flatMap((step, i) => (step.startsWith(words) ? [i] : []));
    return { letter, at: at.length === 1 ? (at[0] ?? -1) : -1 };
  });
  if (placed.some(({ at }) => at < 0)) return undefined;
  return placed.sort((a, b) => a.at - b.at).map(({ letter }) => letter);
}
