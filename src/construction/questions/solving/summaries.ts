/**
 * @file Checks a reference summary against the prompt that lacks it, by a reading of its own: it is not there, its names and figures are, and
 * it is far shorter than what it sums up.
 */
import { documentCalled, type ShownPrompt } from '../read-prompt.ts';

const tokensOf = (text: string): string[] => text.toLowerCase().match(/\p{Script=Han}|[a-z\d\u00c0-\u024f]+/gu) ?? [];

/** Shares that a reference must keep. */
const limits = { repeated: 0.6, known: 0.4, figures: 0.7, ratio: 5 };

/** Share of the runs of eight words that stand in the text. */
function repeated(reference: readonly string[], text: string): number {
  const runs = reference.flatMap((_, i) =>
    i + 8 <= reference.length ? [` ${reference.slice(i, i + 8).join(' ')} `] : [],
  );
  return runs.filter((run) => text.includes(run)).length / Math.max(1, runs.length);
}

/**
 * What is wrong with the references, given the text that they sum up.
 *
 * @param shown The document, or the part of it that the question asks about.
 */
export function referenceFault(
  shown: string | undefined,
  references: readonly string[],
  prompt: ShownPrompt,
): string | undefined {
  if (shown === undefined) return 'the prompt does not show what is to be summed up';
  const words = tokensOf(shown);
  const text = ` ${words.join(' ')} `;
  const all = ` ${prompt.documents.flatMap((document) => tokensOf(document.text)).join(' ')} `;
  const vocabulary = new Set(words);
  for (const reference of references) {
    const own = tokensOf(reference);
    if (words.length < limits.ratio * own.length) return 'the text is too short for its summary';
    if (repeated(own, text) > limits.repeated) return 'the summary is a copy';
    if (all.includes(` ${own.slice(0, 25).join(' ')} `)) return 'the summary is still in the prompt';
    const content = [...new Set(own.filter((word) => word.length > 4 || /\p{Script=Han}/u.test(word)))];
    if (content.filter((word) => vocabulary.has(word)).length < limits.known * content.length)
      return 'the summary is in other words than the text';
    const figures = [...new Set(own.filter((word) => /^\d/.test(word)))];
    if (figures.filter((word) => vocabulary.has(word)).length < limits.figures * figures.length)
      return 'the summary has figures that the text lacks';
  }
  return undefined;
}

/** The document of a title, without what its heading says. */
export const documentTitled = ({ documents }: ShownPrompt, title: string | undefined): string | undefined =>
  documentCalled(documents, title)?.text;
