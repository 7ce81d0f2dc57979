/**
 * @file What the scripted server says to the LLM track: drafts over the document it is shown, verdicts that refuse a wrong key,
 * answers that are right as often as the request's hash says. One draft in eight is broken JSON first, one in eight lacks a field, one invents evidence.
 */
import { createHash } from 'node:crypto';
import type { WireRequest } from '../evaluation/scripted-server.ts';

const hash = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

function draft(text: string, draw: number): string {
  const sentences = text.split(/(?<=[.!?])\s+/).filter((sentence) => /^[A-Z].{40,300}$/.test(sentence));
  const sentence = sentences[draw % Math.max(1, sentences.length)] ?? text.slice(0, 60);
  const answer = sentence.split(' ').slice(-3).join(' ');
  const lead = sentence.split(' ').slice(0, 4).join(' ');
  return JSON.stringify({
    question: `Which three words end the sentence that begins with "${lead}"?`,
    answer: [answer],
    distractors: [],
    expression: '',
    evidence: [draw % 8 === 3 ? 'This sentence was never written by anybody here.' : sentence],
    rationale: `It ends so. The key is ${answer}.`,
  });
}

/** Says what a model of each role would. */
export function llmScript({ messages }: WireRequest, draw: number): string {
  const [system, user] = [messages[0]?.content ?? '', messages[1]?.content ?? ''];
  const document = /<<<(DOC-\w+)\n([\s\S]*)\n\1>>>/.exec(user);
  const fresh = messages.length === 2;
  if (system.startsWith('You write exercises')) {
    if (fresh && draw % 8 === 0) return '{"question": "What is';
    if (fresh && draw % 8 === 1) return '{"question": "What is missing here?"}';
    return draft(document?.[2] ?? '', draw);
  }
  if (system.startsWith('You check exercises')) {
    const exercise = JSON.parse(user.slice(user.lastIndexOf('\n'))) as { key: string[]; rationale: string };
    const right = exercise.rationale.includes(`The key is ${exercise.key[0]}.`) ? 'pass' : 'fail';
    const verdicts = [
      'answerUniqueness',
      'distractorQuality',
      'hallucination',
      'taskCompliance',
      'languageConsistency',
    ];
    const fields = Object.fromEntries(verdicts.map((name) => [name, right]));
    return JSON.stringify({ mark: document?.[1], ...fields, reason: 'checked' });
  }
  const prompt = messages[0]?.content ?? '';
  const lead = /begins with "([^"]+)"\?/.exec(prompt)?.[1] ?? '';
  const at = prompt.indexOf(lead);
  const sentence = prompt.slice(at).split(/(?<=[.!?])\s+/)[0] ?? '';
  const known = !prompt.startsWith('Which') && draw % 100 < hash(lead) % 130;
  return `[Answer]\n${known ? sentence.split(' ').slice(-3).join(' ') : 'no idea'}`;
}
