/**
 * @file The wording of every prompt, by name. These are our own words for the published protocol: the same order of parts, the
 * same required last line, the same judge's task. The reference's own wording is not ours to ship; `extract-prompts.py` beside the
 * benches takes it from a checkout, `--prompts FILE` uses it, and the hashes below tell a run which of the two it had.
 */
import { createHash } from 'node:crypto';

/** By name; `{braces}` mark what `fillPrompt` puts in. `--prompts FILE` replaces some or all. */
export const defaultPrompts = {
  document: `Read the text below, then answer the question that follows it.

<text>
{context}
</text>

{question}

End your response in this form: "Therefore, the answer is (insert answer here)".`,
  'document-choice': `Read the text below, then answer the question that follows it.

<text>
{document}
</text>

The question is multiple choice. Think step by step; the last line of your response must read 'ANSWER: [LETTER]' (without quotes), with one of {letters} for [LETTER].

{question}

{choices}`,
  choice: `Answer this multiple-choice question. Think step by step; the last line of your response must read 'ANSWER: [LETTER]' (without quotes), with one of {letters} for [LETTER].

{question}

{choices}`,
  'choice-shots': `These are multiple-choice questions about {subject}, with their answers. Think step by step, then end your response with 'ANSWER: [LETTER]' (without quotes), where [LETTER] is the letter of the right choice.

{examples}
`,
  'memory-system': `You are an assistant who remembers past conversations with the user. They are given below; answer the user's question from them.

Proceed so:
1. Go through the conversations and find everything that bears on the question.
2. List this evidence.
3. Reason from the evidence, step by step, to your answer.
4. Where the conversations never mention what is asked, say that the information is not available.
5. Keep the answer short and exact.`,
  'memory-user': `These are the user's conversations with the assistant, oldest first, each with its date.

{history_text}

Answer this question from the conversations above:
{question}`,
  'judge-system': `You compare two answers to a problem and decide whether they are the same.
You are given the problem, Answer 1 and Answer 2. Do not solve the problem yourself.
Two answers are the same when they give the same value or mean the same, however they are written.

Respond in this form:
1) A short explanation of why the answers are or are not the same.
2) Your verdict, as [[YES]] or [[NO]]`,
  'judge-user': `
Problem: {problem}
Answer 1: {answer_1}
Answer 2: {answer_2}
`,
  'memory-judge-system': `You decide whether a response answers a question correctly, given the reference answer.

Rules:
1. The response need not use the reference's words; it must carry its key information.
2. Where the reference has several key points, the response must cover all of them.
3. Other wording, other formatting and further correct details do no harm.
4. Where the question cannot be answered, the response must say that the information is not available or unknown.
5. A partial match counts where its core is right.

Respond in this form:
1) A short explanation.
2) Your verdict, as [[CORRECT]] or [[INCORRECT]]`,
  'memory-judge-user': `Question: {question}
Reference Answer: {answer}
Model's Response: {hypothesis}`,
} as const;

/** A key of `defaultPrompts`; a file of wordings may hold no other. */
export type PromptName = keyof typeof defaultPrompts;

/** SHA-256 (first 16 digits) of the reference's wording. */
export const referencePromptHashes: Readonly<Record<PromptName, string>> = {
  document: '638c0b5b1ce23335',
  'document-choice': '14a4d32767470931',
  choice: 'f759b2cf67b53500',
  'choice-shots': 'a0d27bd82c4bf05f',
  'memory-system': '3a05495936a7a56c',
  'memory-user': '6f71a9865a452ff6',
  'judge-system': 'b5868ca03e3ba8c8',
  'judge-user': '360e06f6ccd0ae5d',
  'memory-judge-system': '31e67595d1afb5d1',
  'memory-judge-user': '7181461c8db02ee7',
};

/** The first 16 hex digits of SHA-256: tells two wordings apart in run.json. */
export const promptHash = (wording: string): string => createHash('sha256').update(wording).digest('hex').slice(0, 16);

/** Which wording a run used. */
export const promptOrigin = (name: string, wording: string): 'own' | 'reference' | 'changed' => {
  if (defaultPrompts[name as PromptName] === wording) return 'own';
  return referencePromptHashes[name as PromptName] === promptHash(wording) ? 'reference' : 'changed';
};

/** Puts values into the `{places}` of a wording; the values themselves are not looked into. */
export function fillPrompt(wording: string, values: Readonly<Record<string, string>>): string {
  return wording.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}

/** A wording by name, from the ones in use. */
export const wordingOf = (prompts: Readonly<Record<string, string>>, name: PromptName): string =>
  prompts[name] ?? defaultPrompts[name];
