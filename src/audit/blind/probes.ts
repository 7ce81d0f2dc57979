/**
 * @file Cheap answers to one sample that need no other sample: the generic probes of the rewards, and what stands in the question. The
 * gates of construction try them on every sample; audit and lint measure them beside what they learn.
 */
import { exploitProbes, type Probe } from '../../rewards/exploits.ts';
import type { RewardSpec } from '../../rewards/reward.ts';

/** An answer in the form that prompts ask for. */
export const respond = (answer: string): string => `<think>\n</think>\n[Answer]\n${answer}`;

/** Names as a question writes them: words with a capital, and what it lists after its colon. */
function namesOf(question: string): string[] {
  const names = question.match(/\p{Lu}[\p{L}\p{N}'-]*(?: \p{Lu}[\p{L}\p{N}'-]*)*/gu) ?? [];
  const listed = /: (.+)[.?]$/m.exec(question)?.[1]?.split(', ') ?? [];
  return [...new Set([...listed, ...names])];
}

/**
 * What a policy may answer that has not read the context, each as a response.
 *
 * @param text The prompt, or the part of it that dumps are cut from.
 */
export function blindProbes(spec: RewardSpec, text: string, question = spec.question ?? ''): Probe[] {
  return [
    ...exploitProbes(spec, text),
    { name: 'no-response', response: '' },
    { name: 'question', response: respond(question) },
    { name: 'names-of-question', response: respond(namesOf(question).join('\n')) },
  ];
}
