/** @file Derives the parts anew: splits the work by its headings and looks for both names in each part, or for both among those who speak there. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { names, shownParts } from '../../solving/narrative/headings.ts';
import { isCalled } from '../../solving/talk.ts';
import { clauses } from './wordings.ts';

/** `Name:`, `**Name** (Office):`, `NAME.` at the head of a line. */
const label =
  /^\s*\**(\p{L}[^:：\n*（(]{0,40}?)\**\s*(?:[（(][^()（）]{1,40}[)）]\s*)?\**[:：]|^(\p{Lu}[\p{Lu}’' -]{1,28})\. \S/gmu;

const speaks = (text: string, name: string): boolean =>
  [...text.matchAll(label)].some(([, spoken, capitals]) => isCalled((spoken ?? capitals ?? '').trim(), name));

/** The headings of the parts with both. */
export function solve({ documents, slots: { work, clause = '' } }: ShownPrompt): string[] | undefined {
  const text = documentCalled(documents, work)?.text;
  const spoken = clauses.speak.read(clause);
  const { one = '', other = '' } = clauses.mention.read(clause) ?? spoken ?? {};
  if (text === undefined || one === '' || other === '') return undefined;
  const has = spoken === undefined || clauses.mention.read(clause) !== undefined ? names : speaks;
  const found = shownParts(text).filter((part) => has(part.text, one) && has(part.text, other));
  return found.length === 0 ? undefined : found.map(({ title }) => title);
}
